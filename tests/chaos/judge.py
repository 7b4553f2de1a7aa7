"""What a follower heard against what there was to hear. Knows nothing of how either came about."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, field


@dataclass
class Stretch:
    """What one heard of a stream from a snapshot on, until the next one or the end.

    `after` is the snapshot's number, `upto` the last that one was told to resume from; `heard` are
    the events' numbers in the order in which they came.
    """

    after: int
    upto: int
    heard: list[int] = field(default_factory=list)
    ended: str | None = None
    """Why one had to begin anew; None while it goes on."""

    def hear(self, numbers: Iterable[int], upto: int) -> None:
        self.heard.extend(numbers)
        self.upto = upto


@dataclass
class Counts:
    """The sums of a run, in the order in which its last line says them."""

    events: int = 0
    deliveries: int = 0
    lost: int = 0
    duplicated: int = 0
    disordered: int = 0
    behind: int = 0
    leaked: int = 0

    def __iadd__(self, other: "Counts") -> "Counts":
        for name, count in asdict(other).items():
            setattr(self, name, getattr(self, name) + count)
        return self

    @property
    def clean(self) -> bool:
        """Whether nothing went wrong, and something happened at all."""
        wrong = self.lost, self.duplicated, self.disordered, self.behind, self.leaked
        return not any(wrong) and self.events > 0 and self.deliveries > 0


def judge(stretch: Stretch, due: Collection[int], hidden: Collection[int] = ()) -> Counts:
    """What is wrong with a stretch in which every number of `due` had to come, none of `hidden`.

    What lies outside of the stretch is not asked for.
    """
    counts = judge_order(stretch.heard, stretch.after)
    heard = set(stretch.heard)
    wanted = {number for number in due if stretch.after < number <= stretch.upto}
    counts.lost = len(wanted - heard)
    counts.leaked = len(heard.intersection(hidden))
    return counts


def judge_order(heard: Sequence[int], after: int) -> Counts:
    """What came twice (what the snapshot had already, too), and what came behind a later one."""
    counts, seen, last = Counts(deliveries=len(heard)), set[int](), after
    for number in heard:
        if number in seen or number <= after:
            counts.duplicated += 1
        elif number < last:
            counts.disordered += 1
        seen.add(number)
        last = max(last, number)
    return counts
