"""What can be followed: each stream resumes from a cursor, beats, and says when it cannot go on."""

from collections.abc import AsyncGenerator, Callable, Sequence
from typing import Annotated, Any
from uuid import UUID

import strawberry

from models.contacts import Contact as ContactRow
from models.jobs import Job as JobRow
from models.members import Member as MemberRow
from models.permissions import Permission
from models.tasks import Task as TaskRow
from models.timers import Timer as TimerRow
from resolvers import boards
from schema import ids
from schema.boards import Filter
from schema.changes import Change, row_of
from schema.clients import Contact
from schema.fields import argument, computed, field, live, relation, viewer_of
from schema.inputs import given
from schema.jobs import Job
from schema.members import Member
from schema.scalars import DateTime, StreamCursor
from schema.streams import AFTER, Since, item, items, position
from schema.tasks import Task
from schema.time_entries import Timer
from subscriptions.boards import follow_jobs
from subscriptions.tasks import follow_tasks
from subscriptions.timers import follow_timers
from subscriptions.touched import Matches, Touched

READ = Permission.READ_WORK


def _own_id(model: type[Any]) -> Any:
    prefix = ids.PREFIX_OF[model]
    return computed("The id of what changed.", lambda row: ids.written(prefix, row["id"]))


@strawberry.interface(description="One thing that changed, as it is now.")
class Followed:
    kind: str = field("What happened last, as `entity.verb`.")
    removed: bool = field("Whether it is gone, hidden, over, or not what was asked for any more.")
    actor: Member | None = relation(
        MemberRow, by="actor_id", allow=Permission.READ_FIRM,
        description="The member who did it; null for the system and for a client's contact.",
    )  # fmt: skip
    contact: Contact | None = relation(
        ContactRow, by="actor_id", allow=Permission.READ_CLIENTS,
        description="The client's contact who did it; null for everybody else.",
    )  # fmt: skip
    at: DateTime = field("When.")


@strawberry.type(description="A card that changed, or whose steps, waiting, review … did.")
class BoardChange(Followed):
    id: strawberry.ID = _own_id(JobRow)
    job: Job | None = relation(JobRow, by="job_id", allow=Permission.READ_WORK,
        description="The job as it is now; null when removed.",
    )  # fmt: skip


@strawberry.type(description="A task that changed, or whose dependencies, comments or timers did.")
class TaskChange(Followed):
    id: strawberry.ID = _own_id(TaskRow)
    task: Task | None = relation(TaskRow, by="task_id", allow=Permission.READ_WORK,
        description="The task as it is now; null when removed.",
    )  # fmt: skip


@strawberry.type(description="A timer that was started, changed or stopped.")
class TimerChange(Followed):
    id: strawberry.ID = _own_id(TimerRow)
    timer: Timer | None = relation(TimerRow, by="timer_id", allow=Permission.READ_TIME,
        description="The timer as it is now; null when hidden.",
    )  # fmt: skip


@strawberry.type(description="Changes of cards, in order, the last state of each.")
class BoardChanges:
    cursor: StreamCursor = field(AFTER)
    changes: list[BoardChange] = field("The cards.")


@strawberry.type(description="Changes of tasks, in order, the last state of each.")
class TaskChanges:
    cursor: StreamCursor = field(AFTER)
    changes: list[TaskChange] = field("The tasks.")


@strawberry.type(description="Changes of timers, in order, the last state of each.")
class TimerChanges:
    cursor: StreamCursor = field(AFTER)
    changes: list[TimerChange] = field("The timers.")


@strawberry.type(description="Changes of the firm, in order, each of them.")
class Changes:
    cursor: StreamCursor = field(AFTER)
    changes: list[Change] = field("The changes.")


BoardChangesItem = item("BoardChangesItem", BoardChanges)
TaskChangesItem = item("TaskChangesItem", TaskChanges)
TimerChangesItem = item("TimerChangesItem", TimerChanges)
ChangesItem = item("ChangesItem", Changes)


def _card(label: str) -> Callable[[Touched], dict[str, Any]]:
    """A touched card as a row; what is removed is not looked up any more."""

    def row(touched: Touched) -> dict[str, Any]:
        return {
            "id": touched.entity_id, "kind": touched.kind, "removed": touched.removed,
            "actor_id": touched.actor_id, "at": touched.at,
            f"{label}_id": None if touched.removed else touched.entity_id,
        }  # fmt: skip

    return row


def _matching(kind: boards.Kind, filter: Any) -> Matches:
    """Which cards are on the board that was asked for."""
    asked = {} if filter is None else given(filter)

    async def matches(wanted: Sequence[UUID]) -> set[UUID]:
        return {row["id"] for row in await boards.matching(kind, asked, list(wanted))}

    return matches


@strawberry.type(description="What can be followed, live. Every stream can be resumed.")
class Subscription:
    @live(allow=READ)
    async def board_changes(
        info, since: Since = None, filter: Filter = None
    ) -> AsyncGenerator[BoardChangesItem, None]:
        """The cards of a job board. A card that leaves the board comes once more, as removed."""
        matches = _matching(boards.JOBS, filter)
        stream = follow_jobs(info.context.feeds, viewer_of(info), position(since), matches)
        async for one in items("BoardChanges", _card("job"), stream):
            yield one

    @live(allow=READ)
    async def task_changes(
        info, since: Since = None, filter: Filter = None
    ) -> AsyncGenerator[TaskChangesItem, None]:
        """The cards of a task board. A card that leaves the board comes once more, as removed."""
        matches = _matching(boards.TASKS, filter)
        stream = follow_tasks(info.context.feeds, viewer_of(info), position(since), matches)
        async for one in items("TaskChanges", _card("task"), stream):
            yield one

    @live(allow=READ)
    async def job_changes(
        info, job_id: Annotated[strawberry.ID, argument("Which job.")], since: Since = None
    ) -> AsyncGenerator[BoardChangesItem, None]:
        """One job and all that belongs to it."""
        wanted = ids.wanted(job_id, JobRow)
        viewer = viewer_of(info)
        stream = follow_jobs(info.context.feeds, viewer, position(since), only=wanted)
        async for one in items("BoardChanges", _card("job"), stream):
            yield one

    @live(allow=Permission.READ_TIME)
    async def timer_changes(info, since: Since = None) -> AsyncGenerator[TimerChangesItem, None]:
        """Everybody's timers, as far as the viewer may see what they are for."""
        stream = follow_timers(info.context.feeds, viewer_of(info), position(since))
        async for one in items("TimerChanges", _card("timer"), stream):
            yield one

    @live(allow=Permission.READ_FIRM)
    async def changes(info, since: Since = None) -> AsyncGenerator[ChangesItem, None]:
        """Every change that the viewer may see, one by one."""
        stream = info.context.feeds.follow(viewer_of(info), position(since))
        async for one in items("Changes", row_of, stream):
            yield one
