"""What the judge is told of a run: what there was to hear, for whom, and who heard what."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from tests.chaos.following import Changes, Following
from tests.chaos.judge import Counts, judge
from tests.chaos.screen import Screen
from tests.chaos.stage import KNOW_THE_SAFE, SEES_ALL, SIGHT_STAYS, Stage
from tests.chaos.writers import Writer

Event = Mapping[str, Any]

_OF_WORK = ("task", "job", "comment", "waiting", "dependency")


class Trial:
    """Compares what everybody heard with the table of events; `told` is which of them each person
    is told when they ask at the end."""

    def __init__(
        self, stage: Stage, events: Sequence[Event], told: Mapping[str, Collection[int]]
    ) -> None:
        self._events = events
        self._everything = {event["seq"] for event in events}
        self._told = {person: set(numbers) for person, numbers in told.items()}
        self._told[SEES_ALL] = self._everything
        self._steady = {
            event["seq"] for event in events
            if event["entity"] in _OF_WORK and event["client_id"] in (None, stage.house.bakery)
        }  # fmt: skip
        self._safe = {event["seq"] for event in events if event["client_id"] == stage.safe}
        self.sums = Counts()
        self.wrong: list[str] = []
        """A sentence for each thing that was."""

    def hear(self, screens: Iterable[Screen], level: Collection[Following]) -> None:
        """What came to these pages; `level` are those that have heard everything."""
        for screen in screens:
            for follow in screen.follows:
                counts = self._of(screen.name, follow, last=follow in level)
                self.sums += counts
                name = f"{screen.name}'s {type(follow).__name__}"
                if counts != Counts(deliveries=counts.deliveries):
                    self.wrong.append(f"{name}: {counts}")
                self.wrong += [
                    f"{name} had to begin anew after {stretch.upto} for {stretch.ended}"
                    for stretch in follow.stretches
                    if stretch.ended not in _reasons(screen.name)
                ]

    def read(self, writers: Iterable[Writer]) -> None:
        """What the server said it took is there, once."""
        added = Counter(event["body"] for event in self._events if event["kind"] == "comment.added")
        for writer in writers:
            self.sums.lost += sum(not added[text] for text in writer.said)
            self.sums.duplicated += sum(added[text] > 1 for text in writer.said)
            self.wrong += self._about(writer, added)

    def _about(self, writer: Writer, added: Mapping[str, int]) -> Iterator[str]:
        yield from writer.faults
        for text in writer.said:
            if added[text] != 1:
                yield f"the comment “{text}” was taken and is there {added[text]} times"

    def _of(self, person: str, follow: Following, *, last: bool) -> Counts:
        if not isinstance(follow, Changes):
            return follow.broken
        counts = Counts()
        for stretch in follow.stretches:
            lasts = last and stretch is follow.stretches[-1]
            counts += judge(stretch, *self._due(person, lasts=lasts))
        return counts

    def _due(self, person: str, *, lasts: bool) -> tuple[Collection[int], Collection[int]]:
        """What had to come to this person, and what must not.

        Of a stretch that still lasts exactly what they are told when they ask, for whose sight
        changes begins another one. Of an earlier one what they see whatever became of their sight.
        """
        told = self._told[person]
        if lasts or person == SEES_ALL:
            return told, self._everything - told
        return told & self._steady, () if person in KNOW_THE_SAFE else self._safe


def _reasons(person: str) -> Collection[str | None]:
    """Why this person may have to begin anew; whatever fails around them is none."""
    slow = (None, "SLOW_CONSUMER")
    return slow if person in SIGHT_STAYS else (*slow, "ACCESS_CHANGED")
