"""Boards: which cards, in which columns, against whose hours.

What a filter shows is SQL in `scope.py`, what a column shows in `columns.py`, for jobs and tasks by
`kinds.py`. From there two ways lead to the same cards:

- counted, by whole predicates: `figures.py`, over the sums or the cards that `tallies.py` finds;
- read a page at a time, in the order of indexes: `cards.py`, from where `sources.py` says, in the
  order of `stretches.py`.

`tests/resolvers/test_columns.py` holds that they agree. Whose hours stand beside the work is
`capacities.py`; which boards a change concerns, `lenses.py`.
"""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from models import clients, clock
from models.unit_of_work import current
from resolvers.boards import capacities, columns, scope, sources, tallies
from resolvers.boards.cards import Cards
from resolvers.boards.figures import Figures
from resolvers.boards.kinds import JOBS, TASKS, Kind
from resolvers.boards.lenses import Lens, jobs_on, tasks_on
from resolvers.filters import Where
from resolvers.reading import is_read

__all__ = ["JOBS", "TASKS", "Kind", "Lens", "board", "jobs_on", "tasks_on"]


async def board(
    kind: Kind, asked: Mapping[str, Any], grouping: str, only: str | None
) -> dict[str, Any]:
    """The board's columns with the figures that are asked for; cards are read when they are.

    `asked` is the filter as it was given, `only` the key of the one column that is shown, if any.
    Raises ValidationError for a filter that no board can have.
    """
    today = await clients.firm_today()
    in_teams = await scope.in_teams(asked)
    where = Where()
    scope.narrow(where, kind, asked, today, in_teams=in_teams)
    people = scope.people(asked, today, in_teams=in_teams)
    shown = await columns.of(kind, grouping, people, today)
    if only is not None:
        shown = [column for column in shown if column.key == only]
    summed = tallies.summed(kind, asked, grouping, in_teams=in_teams)
    figures = Figures(kind, where, shown, summed, today)
    source = sources.of(kind, asked, today, current().viewer, in_teams=in_teams)
    told: list[Mapping[str, Any]] = [{} for _ in shown]
    if is_read(kind.column, "count", "remaining_seconds"):
        told = await figures.all()
    if is_read(kind.column, "capacity_seconds"):
        told = [{**counted, "capacity_seconds": seconds} for counted, seconds in
                zip(told, await capacities.of(people, shown, today), strict=True)]  # fmt: skip
    return {
        "server_time": await clock.now(),
        "columns": [
            _column(column) | {**counted, "_cards": Cards(source, column, figures)}
            for column, counted in zip(shown, told, strict=True)
        ],
    }


def _column(column: columns.Column) -> dict[str, Any]:
    return {
        "id": uuid4(), "key": column.key, "title": column.title, "category": column.category,
        "member_id": column.member_id, "week_start": column.week_start,
    }  # fmt: skip
