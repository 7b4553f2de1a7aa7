"""Calendars of due work: boards whose columns are days."""

from typing import Annotated

import strawberry

from models.unit_of_work import Row
from resolvers import boards
from schema.boards import READ, CalendarFilter, ColumnKey, JobBoard, TaskBoard
from schema.fields import argument, query
from schema.inputs import given
from schema.scalars import Date
from subscriptions import cursors

_FirstDay = Annotated[Date, argument("The first day that is shown.")]
_Weeks = Annotated[int, argument("How many weeks from there, 1 to 6; 5 unless said.")]
_Filter = Annotated[CalendarFilter | None, argument("Which cards; the team's unless said.")]


async def _calendar(
    kind: boards.Kind, first: Date, weeks: int, filter: CalendarFilter | None, column: str | None
) -> Row:
    asked = {} if filter is None else given(filter)
    shown = await boards.calendar(kind, asked, first, weeks, column)
    return {"cursor": str(await cursors.head()), **shown}


@strawberry.type
class CalendarQuery:
    @query(allow=READ, cost=20)
    async def job_calendar(
        info, first_day: _FirstDay, weeks: _Weeks = 5, filter: _Filter = None,
        column: ColumnKey = None,
    ) -> JobBoard:  # fmt: skip
        """A board of jobs whose columns are days: what is due on each, and to be done."""
        return await _calendar(boards.JOBS, first_day, weeks, filter, column)

    @query(allow=READ, cost=20)
    async def task_calendar(
        info, first_day: _FirstDay, weeks: _Weeks = 5, filter: _Filter = None,
        column: ColumnKey = None,
    ) -> TaskBoard:  # fmt: skip
        """The same of tasks."""
        return await _calendar(boards.TASKS, first_day, weeks, filter, column)
