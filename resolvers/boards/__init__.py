"""Boards: which cards, in which columns, against whose hours.

What a filter shows is SQL in `scope.py`, what a column shows in `columns.py`, for jobs and tasks by
`kinds.py`. From there two ways lead to the same cards:

- counted, by whole predicates: `figures.py`, over the sums or the cards that `tallies.py` finds;
- read a page at a time, in the order of indexes: `cards.py`, from where `sources.py` says, in the
  order of `stretches.py`.

`tests/resolvers/test_columns.py` holds that they agree. Whose hours stand beside the work is
`capacities.py`; which boards a change concerns, `lenses.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from models import clients, clock
from models.errors import ValidationError
from models.unit_of_work import current
from resolvers.boards import capacities, columns, scope, sources, tallies
from resolvers.boards.cards import Cards
from resolvers.boards.columns import Column
from resolvers.boards.figures import Figures
from resolvers.boards.kinds import JOBS, TASKS, Kind
from resolvers.boards.lenses import Lens, jobs_on, tasks_on
from resolvers.boards.tallies import Days
from resolvers.filters import Where
from resolvers.reading import is_read

__all__ = ["JOBS", "TASKS", "Kind", "Lens", "board", "calendar", "jobs_on", "tasks_on"]


async def board(
    kind: Kind, asked: Mapping[str, Any], grouping: str, only: str | None
) -> dict[str, Any]:
    """The board's columns with the figures that are asked for; cards are read when they are.

    `asked` is the filter as it was given, `only` the key of the one column that is shown, if any.
    Raises ValidationError for a filter that no board can have.
    """
    today, in_teams = await clients.firm_today(), await scope.in_teams(asked)
    people = scope.people(asked, today, in_teams=in_teams)
    shown = await columns.of(kind, grouping, people, today)
    told = _Told(kind, asked, today, in_teams, people, grouping)
    return await told.by(_only(shown, only))


MOST_WEEKS = 6
_LAST_BEGINNING = date.max - timedelta(weeks=MOST_WEEKS)


async def calendar(
    kind: Kind, asked: Mapping[str, Any], first: date, weeks: int, only: str | None
) -> dict[str, Any]:
    """A board whose columns are the days of some weeks, one to six, with what is due then and to be
    done; `asked` is a filter without a word on due dates.

    Raises ValidationError for more weeks, or a filter that no board can have.
    """
    if not 1 <= weeks <= MOST_WEEKS:
        raise ValidationError(f"A calendar shows 1 to {MOST_WEEKS} weeks.", path=("weeks",))
    if first > _LAST_BEGINNING:
        raise ValidationError("No calendar goes that far.", path=("firstDay",))
    today, in_teams = await clients.firm_today(), await scope.in_teams(asked)
    people = scope.people(asked, today, in_teams=in_teams)
    days = columns.of_days(kind, first, 7 * weeks)
    asked = {**asked, "due": "any", "include_done": False}
    due = first, first + timedelta(days=7 * weeks - 1)
    told = _Told(kind, asked, today, in_teams, people, "due_day", due)
    return await told.by(_only(days, only))


def _only(shown: Sequence[Column], key: str | None) -> Sequence[Column]:
    return shown if key is None else [column for column in shown if column.key == key]


@dataclass(frozen=True)
class _Told:
    """What some columns tell of the cards that a filter shows, of those alone that are `due` within
    some days, if it says which."""

    kind: Kind
    asked: Mapping[str, Any]
    today: date
    in_teams: bool | None
    people: Where
    grouping: str
    due: Days | None = None

    async def by(self, shown: Sequence[Column]) -> dict[str, Any]:
        kind, asked, today, in_teams = self.kind, self.asked, self.today, self.in_teams
        where = Where()
        scope.narrow(where, kind, asked, today, in_teams=in_teams)
        if self.due is not None:
            where.add("t.due_date between {} and {}", *self.due)
        summed = tallies.summed(kind, asked, self.grouping, in_teams=in_teams)
        figures = Figures(kind, where, shown, summed, today, due=self.due)
        source = sources.of(kind, asked, today, current().viewer, in_teams=in_teams)
        told: list[Mapping[str, Any]] = [{} for _ in shown]
        if is_read(kind.column, "count", "remaining_seconds"):
            told = await figures.all()
        if is_read(kind.column, "capacity_seconds"):
            hours = await capacities.of(self.people, shown, today)
            told = [{**counted, "capacity_seconds": seconds}
                    for counted, seconds in zip(told, hours, strict=True)]  # fmt: skip
        return {
            "server_time": await clock.now(),
            "columns": [
                _column(column) | {**counted, "_cards": Cards(source, column, figures)}
                for column, counted in zip(shown, told, strict=True)
            ],
        }


def _column(column: Column) -> dict[str, Any]:
    first, last = column.days or (None, None)
    return {
        "id": uuid4(), "key": column.key, "title": column.title, "category": column.category,
        "member_id": column.member_id, "week_start": None if first == last else first,
        "day": first if first == last else None,
    }  # fmt: skip
