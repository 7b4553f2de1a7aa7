"""What was used last is kept, up to a weight: a bound by count would let a few large things fill
the memory."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class Shelf(Generic[T]):
    """Things by their keys, at most `most` in weight; what was not asked for longest goes first."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.held = 0
        """What all of them weigh."""
        self._kept: OrderedDict[Hashable, tuple[T, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Hashable) -> T | None:
        kept = self._kept.get(key)
        if kept is None:
            return None
        self._kept.move_to_end(key)
        return kept[0]

    def put(self, key: Hashable, thing: T, weight: int) -> None:
        """Keep it, in the place of what the key stands for. One heavier than `most` is not kept:
        all others would have to go for it."""
        _, before = self._kept.pop(key, (None, 0))
        self.held -= before
        if weight > self.most:
            return
        self._kept[key] = thing, weight
        self.held += weight
        while self.held > self.most:
            _, (_, dropped) = self._kept.popitem(last=False)
            self.held -= dropped
