"""The critical path: when work that waits for other work can be done, and what must not slip.

Pure: it knows pieces of work by their keys, in whole seconds of work from now on.  The method is
that of precedence diagrams (Fondahl 1961; PMBOK Guide, "critical path method"): a forward pass for
the earliest times, a backward pass for the latest, and what lies between them is slack.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from graphlib import TopologicalSorter
from typing import Generic, TypeVar

from models.dependency_kinds import DependencyKind

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Work:
    """A piece of work: how long it takes, and before when it is not begun."""

    length: int
    not_before: int = 0


@dataclass(frozen=True)
class Link(Generic[Key]):
    """`blocked` waits for `blocker`, and `lag` longer."""

    blocker: Key
    blocked: Key
    kind: DependencyKind
    lag: int = 0


@dataclass(frozen=True)
class Span:
    """From when till when."""

    start: int
    finish: int


class Schedule(Generic[Key]):
    """All pieces, each as early as what it waits for allows.

    A link of which one end is not there is none. Raises graphlib.CycleError on a cycle.
    """

    def __init__(self, pieces: Mapping[Key, Work], links: Iterable[Link[Key]]) -> None:
        self._pieces = pieces
        self._into: dict[Key, list[Link[Key]]] = {key: [] for key in pieces}
        self._out_of: dict[Key, list[Link[Key]]] = {key: [] for key in pieces}
        for link in links:
            if link.blocker in pieces and link.blocked in pieces:
                self._into[link.blocked].append(link)
                self._out_of[link.blocker].append(link)

    @cached_property
    def _in_order(self) -> Mapping[Key, int]:
        """All pieces, each after what it waits for, and their places."""
        before = {key: [link.blocker for link in links] for key, links in self._into.items()}
        order = TopologicalSorter(before).static_order()
        return {key: place for place, key in enumerate(order)}

    @cached_property
    def spans(self) -> Mapping[Key, Span]:
        """The forward pass: when each is begun and done at the earliest."""
        found: dict[Key, Span] = {}
        for key in self._in_order:
            piece = self._pieces[key]
            asked = (self._earliest(link, found) for link in self._into[key])
            start = max([piece.not_before, *asked])
            found[key] = Span(start, start + piece.length)
        return found

    def finish_of(self, goals: Collection[Key]) -> int:
        """When the last of some pieces is done; of none, now."""
        return max((self.spans[key].finish for key in goals), default=0)

    def slack(self, goals: Collection[Key]) -> dict[Key, int]:
        """The backward pass: how much later than at the earliest each piece that the goals hang on
        may begin without the last of them being done later."""
        finish = self.finish_of(goals)
        latest = {key: finish - self._pieces[key].length for key in goals}
        for key in reversed(self._before(goals)):
            asked = [self._latest(link, latest[link.blocked]) for link in self._out_of[key]
                     if link.blocked in latest]  # fmt: skip
            latest[key] = min([*asked, *([latest[key]] if key in latest else [])])
        return {key: start - self.spans[key].start for key, start in latest.items()}

    def driven_by(self, key: Key) -> set[Key]:
        """What is done later as soon as that piece is: it waits for it with nothing to spare."""
        found, ahead = set[Key](), [key]
        while ahead:
            for link in self._out_of[ahead.pop()]:
                other = link.blocked
                tight = self._earliest(link, self.spans) == self.spans[other].start
                if tight and other not in found:
                    found.add(other)
                    ahead.append(other)
        return found

    def _before(self, goals: Collection[Key]) -> Sequence[Key]:
        """The goals and all that they wait for, in order."""
        reached, ahead = set(goals), list(goals)
        while ahead:
            for link in self._into[ahead.pop()]:
                if link.blocker not in reached:
                    reached.add(link.blocker)
                    ahead.append(link.blocker)
        return sorted(reached, key=self._in_order.__getitem__)

    def _earliest(self, link: Link[Key], spans: Mapping[Key, Span]) -> int:
        """When what waits may begin at the earliest, as far as this link goes."""
        blocker = spans[link.blocker]
        match link.kind:
            case DependencyKind.FINISH_TO_START:
                return blocker.finish + link.lag
            case DependencyKind.START_TO_START:
                return blocker.start + link.lag
            case DependencyKind.FINISH_TO_FINISH:
                return blocker.finish + link.lag - self._pieces[link.blocked].length

    def _latest(self, link: Link[Key], blocked: int) -> int:
        """When what is waited for may begin at the latest, for what waits to begin at `blocked`."""
        length = self._pieces[link.blocker].length
        match link.kind:
            case DependencyKind.FINISH_TO_START:
                return blocked - link.lag - length
            case DependencyKind.START_TO_START:
                return blocked - link.lag
            case DependencyKind.FINISH_TO_FINISH:
                return blocked + self._pieces[link.blocked].length - link.lag - length
