"""Critical paths: over any graph what a plain look along all ways finds; and in business days."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from graphlib import CycleError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.critical_path import Link, Schedule, Span, Work
from models.dependency_kinds import DependencyKind
from models.work_days import FARTHEST, SECONDS_A_DAY, WorkDays, worked_since
from models.working_days import add_business_days

FINISH, START, TOGETHER = (
    DependencyKind.FINISH_TO_START, DependencyKind.START_TO_START, DependencyKind.FINISH_TO_FINISH,
)  # fmt: skip


@dataclass(frozen=True)
class Graph:
    """Pieces of work by number, each waiting for smaller ones alone, and some of them as goals."""

    pieces: dict[int, Work]
    links: tuple[Link[int], ...]
    goals: frozenset[int]

    def schedule(self) -> Schedule[int]:
        return Schedule(self.pieces, self.links)

    def ways(self, start: int, end: int) -> Iterator[tuple[Link[int], ...]]:
        """Every way along the links from one piece to another."""
        if start == end:
            yield ()
        for link in self.links:
            if link.blocker == start:
                for rest in self.ways(link.blocked, end):
                    yield (link, *rest)

    def length(self, way: Sequence[Link[int]]) -> int:
        """From the start of its first piece to the start of its last, with nothing to spare."""
        apart = 0
        for link in way:
            apart += link.lag
            if link.kind is not START:
                apart += self.pieces[link.blocker].length
            if link.kind is TOGETHER:
                apart -= self.pieces[link.blocked].length
        return apart

    def longest(self, start: int, end: int) -> int | None:
        """The longest way between two pieces; None where there is none."""
        return max(map(self.length, self.ways(start, end)), default=None)

    def delayed(self, key: int, by: int) -> "Graph":
        at = self.schedule().spans[key].start + by
        return replace(self, pieces={**self.pieces, key: replace(self.pieces[key], not_before=at)})


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    count = draw(st.integers(1, 7))
    pieces = {
        number: Work(draw(st.integers(0, 9)), draw(st.integers(0, 12))) for number in range(count)
    }
    pairs = [(first, then) for then in range(count) for first in range(then)]
    links = [
        Link(*pair, draw(st.sampled_from(DependencyKind)), draw(st.integers(0, 4)))
        for pair in pairs
        if draw(st.booleans())
    ]
    goals = draw(st.sets(st.sampled_from(range(count)), min_size=1))
    return Graph(pieces, tuple(draw(st.permutations(links))), frozenset(goals))


@given(graphs())
def test_each_piece_begins_at_the_end_of_the_longest_way_to_it(graph: Graph) -> None:
    spans = graph.schedule().spans
    for end, piece in graph.pieces.items():
        start = max(
            before.not_before + longest
            for first, before in graph.pieces.items()
            if (longest := graph.longest(first, end)) is not None
        )
        assert spans[end] == Span(start, start + piece.length)


@given(graphs())
def test_the_slack_of_a_piece_is_what_the_longest_way_from_it_leaves(graph: Graph) -> None:
    schedule = graph.schedule()
    finish = max(schedule.spans[goal].finish for goal in graph.goals)
    expected = {}
    for key, span in schedule.spans.items():
        ends = [
            span.start + longest + graph.pieces[goal].length
            for goal in graph.goals
            if (longest := graph.longest(key, goal)) is not None
        ]
        if ends:
            expected[key] = finish - max(ends)
    assert schedule.finish_of(graph.goals) == finish
    assert schedule.slack(graph.goals) == expected
    assert min(expected.values()) == 0


@given(graphs(), st.data())
def test_a_piece_slips_by_its_slack_for_nothing_and_by_more_for_just_as_much(
    graph: Graph, data: st.DataObject
) -> None:
    schedule = graph.schedule()
    slack = schedule.slack(graph.goals)
    key, more = data.draw(st.sampled_from(sorted(slack))), data.draw(st.integers(1, 5))
    finish = schedule.finish_of(graph.goals)
    assert graph.delayed(key, slack[key]).schedule().finish_of(graph.goals) == finish
    later = graph.delayed(key, slack[key] + more).schedule()
    assert later.finish_of(graph.goals) == finish + more


@given(graphs(), st.data())
def test_a_piece_drives_what_is_later_as_soon_as_it_is(graph: Graph, data: st.DataObject) -> None:
    key = data.draw(st.sampled_from(sorted(graph.pieces)))
    spans, later = graph.schedule().spans, graph.delayed(key, 1).schedule().spans
    moved = {other for other, span in spans.items() if later[other] != span}
    assert graph.schedule().driven_by(key) == moved - {key}


def test_what_lies_outside_is_not_waited_for() -> None:
    schedule = Schedule({"post": Work(3)}, [Link("gather", "post", FINISH)])
    assert schedule.spans == {"post": Span(0, 3)}
    assert schedule.finish_of([]) == 0
    assert schedule.slack([]) == {}


def test_a_circle_is_not_scheduled() -> None:
    with pytest.raises(CycleError):
        _ = Schedule({1: Work(1)}, [Link(1, 1, FINISH)]).spans


days = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@given(days, st.integers(0, 400), st.sets(st.dates(date(2020, 1, 1), date(2021, 1, 1))))
def test_work_is_begun_on_the_business_day_it_reaches(
    today: date, count: int, holidays: set[date]
) -> None:
    work = WorkDays(today, holidays)
    first = add_business_days(today, 0, holidays)
    day = add_business_days(first, count, holidays) if count else first
    assert work.begun_on(count * SECONDS_A_DAY) == day
    assert work.done_on((count + 1) * SECONDS_A_DAY) == day
    assert work.done_on(count * SECONDS_A_DAY + 1) == day
    assert work.before(day) == count * SECONDS_A_DAY


@given(days, st.integers(-30, 3000))
def test_what_was_begun_has_been_worked_at_since(first: date, later: int) -> None:
    then = first + timedelta(days=later)
    assert worked_since(first, then, ()) == WorkDays(first, ()).before(then)


def test_nothing_is_done_before_today_nor_foretold_beyond_ten_years() -> None:
    work = WorkDays(date(2026, 11, 28), ())
    assert work.done_on(0) == date(2026, 11, 30)
    assert work.before(date(2026, 11, 1)) == 0
    assert work.begun_on(FARTHEST * SECONDS_A_DAY) is None
    assert work.before(date.max) == FARTHEST * SECONDS_A_DAY
