"""Boards: jobs or tasks as cards in columns."""

from collections.abc import Sequence
from typing import Annotated, Any

import strawberry

from models.clients import Client as ClientRow
from models.members import Member as MemberRow
from models.permissions import Permission
from models.teams import Team as TeamRow
from models.unit_of_work import Row
from models.workflows import Service as ServiceRow
from models.workflows import WorkCategory
from resolvers import boards
from resolvers.boards import cards
from schema.enums import BoardDue, BoardGrouping, BoardScope
from schema.fields import argument, batch, field, query, relation
from schema.inputs import given, given_field, input_type, reference
from schema.jobs import Job
from schema.members import Member
from schema.paging import After, Connection, First, window
from schema.scalars import Date, DateTime, Long, StreamCursor
from schema.tasks import Task
from subscriptions import cursors

READ = Permission.READ_WORK


@input_type("Which cards a calendar shows.")
class CalendarFilter:
    scope: BoardScope = given_field("Whose work; the viewer's teams' unless said.")
    team_id: strawberry.ID | None = reference(TeamRow, "On this team's board.")
    member_id: strawberry.ID | None = reference(MemberRow, "Held by this member.")
    client_id: strawberry.ID | None = reference(ClientRow, "For this client.")
    service_id: strawberry.ID | None = reference(ServiceRow, "Of this service.")
    text: str | None = given_field("With all these words in the title or the client's name.")


@input_type("Which cards a board shows.")
class BoardFilter(CalendarFilter):
    due: BoardDue = given_field("Which due dates; soon unless said.")
    include_done: bool = given_field("Also what was done in the last 7 days; yes unless said.")


Filter = Annotated[BoardFilter | None, argument("Which cards; the team's, due soon, unless said.")]
Grouping = Annotated[BoardGrouping, argument("What the columns are.")]
_IN_ORDER = (
    "Its cards: what is open by its place on the board, of a week by day first; then what was done,"
    " the latest first."
)
ColumnKey = Annotated[str | None, argument("Only the column of this key: to load more of it.")]


async def _cards(parents: Sequence[Row], *, first: First = None, after: After = None) -> list[Any]:
    return await cards.of_columns(parents, window(first, after))


@strawberry.type
class _Column:
    key: str = field("Tells columns apart: a category, a member's id, a Monday, a day, `none` …")
    title: str = field("What stands above it.")
    category: WorkCategory | None = field("Grouped by category: which.")
    member: Member | None = relation(MemberRow, by="member_id", allow=READ,
                                     description="Grouped by person: who; null for nobody.",
    )  # fmt: skip
    week_start: Date | None = field("Grouped by due week: its first day.")
    day: Date | None = field("In a calendar: which.")
    count: int = field("How many cards it has.")
    remaining_seconds: Long = field("Estimates of what is open on its cards, in seconds.")
    capacity_seconds: Long = field(
        "Seconds that those whose board it is work in this column's week or on its day, or in the"
        " next 14 days."
    )


@strawberry.type(description="A column of a job board.")
class JobColumn(_Column):
    jobs: Connection[Job] = batch(_cards, allow=READ, cost=10, of=("id", "_cards"),
                                  description=_IN_ORDER)  # fmt: skip


@strawberry.type(description="A column of a task board.")
class TaskColumn(_Column):
    tasks: Connection[Task] = batch(_cards, allow=READ, cost=10, of=("id", "_cards"),
                                    description=_IN_ORDER)  # fmt: skip


@strawberry.type(description="Jobs as cards in columns.")
class JobBoard:
    cursor: StreamCursor = field("Where the stream stood: follow `boardChanges` from here.")
    server_time: DateTime = field("The database's clock.")
    columns: list[JobColumn] = field("Its columns, in order.")


@strawberry.type(description="Tasks as cards in columns.")
class TaskBoard:
    cursor: StreamCursor = field("Where the stream stood: follow `taskChanges` from here.")
    server_time: DateTime = field("The database's clock.")
    columns: list[TaskColumn] = field("Its columns, in order.")


async def _board(
    kind: boards.Kind, asked: dict[str, Any], grouping: BoardGrouping, column: str | None
) -> dict[str, Any]:
    shown = await boards.board(kind, asked, grouping.value, column)
    return {"cursor": str(await cursors.head()), **shown}


@strawberry.type
class BoardQuery:
    @query(allow=READ, cost=20)
    async def job_board(
        info, filter: Filter = None, group_by: Grouping = BoardGrouping.CATEGORY,
        column: ColumnKey = None,
    ) -> JobBoard:  # fmt: skip
        """The board of jobs: one card is one job."""
        asked = {} if filter is None else given(filter)
        return await _board(boards.JOBS, asked, group_by, column)

    @query(allow=READ, cost=20)
    async def task_board(
        info, filter: Filter = None, group_by: Grouping = BoardGrouping.CATEGORY,
        column: ColumnKey = None,
    ) -> TaskBoard:  # fmt: skip
        """The board of tasks, for those who live in tasks."""
        asked = {} if filter is None else given(filter)
        return await _board(boards.TASKS, asked, group_by, column)
