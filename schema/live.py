"""What can be followed: each stream resumes from a cursor, beats, and says when it cannot go on."""

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
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
from schema.enums import ResyncReason
from schema.fields import argument, computed, field, live, relation, viewer_of
from schema.inputs import given
from schema.jobs import Job
from schema.members import Member
from schema.scalars import DateTime, StreamCursor
from schema.tasks import Task
from schema.time_entries import Timer
from subscriptions.boards import follow_jobs
from subscriptions.cursors import StreamCursor as Position
from subscriptions.items import Batch
from subscriptions.items import Heartbeat as Beat
from subscriptions.items import Resync as Stop
from subscriptions.tasks import follow_tasks
from subscriptions.timers import follow_timers
from subscriptions.touched import Matches, Touched

READ = Permission.READ_WORK
Since = Annotated[StreamCursor | None, argument("Resume after this cursor; now unless said.")]


@strawberry.type(description="Nothing happened; the stream is alive.")
class Heartbeat:
    server_time: DateTime = field("The database's clock.")
    cursor: StreamCursor = field("Resume from here.")


@strawberry.type(description="The stream cannot go on from that cursor: fetch your snapshot anew.")
class Resync:
    reason: ResyncReason = field("Why.")
    cursor: StreamCursor = field("Where the stream stands now.")


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


_AFTER = "Resume from here: these changes are in."


@strawberry.type(description="Changes of cards, in order, the last state of each.")
class BoardChanges:
    cursor: StreamCursor = field(_AFTER)
    changes: list[BoardChange] = field("The cards.")


@strawberry.type(description="Changes of tasks, in order, the last state of each.")
class TaskChanges:
    cursor: StreamCursor = field(_AFTER)
    changes: list[TaskChange] = field("The tasks.")


@strawberry.type(description="Changes of timers, in order, the last state of each.")
class TimerChanges:
    cursor: StreamCursor = field(_AFTER)
    changes: list[TimerChange] = field("The timers.")


@strawberry.type(description="Changes of the firm, in order, each of them.")
class Changes:
    cursor: StreamCursor = field(_AFTER)
    changes: list[Change] = field("The changes.")


def _item(name: str, what: type) -> Any:
    return Annotated[
        what | Heartbeat | Resync,
        strawberry.union(name, description="Changes, a heartbeat, or the end of the stream."),
    ]


BoardChangesItem = _item("BoardChangesItem", BoardChanges)
TaskChangesItem = _item("TaskChangesItem", TaskChanges)
TimerChangesItem = _item("TimerChangesItem", TimerChanges)
ChangesItem = _item("ChangesItem", Changes)
Stream = AsyncGenerator[Batch[Any] | Beat | Stop, None]


async def _items(
    name: str, row: Callable[[Any], dict[str, Any]], stream: Stream
) -> AsyncGenerator[dict[str, Any], None]:
    """A stream's items as GraphQL rows, each change made one by `row`."""
    async with aclosing(stream) as items:
        async for item in items:
            told: dict[str, Any] = {"cursor": str(item.cursor)}
            match item:
                case Beat():
                    yield told | {"__typename": "Heartbeat", "server_time": item.server_time}
                case Stop():
                    yield told | {"__typename": "Resync", "reason": item.reason}
                case Batch():
                    rows = [row(change) for change in item.changes]
                    yield told | {"__typename": name, "changes": rows}


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


def _from(since: str | None) -> Position | None:
    return None if since is None else Position.parse(since)


@strawberry.type(description="What can be followed, live. Every stream can be resumed.")
class Subscription:
    @live(allow=READ)
    async def board_changes(
        info, since: Since = None, filter: Filter = None
    ) -> AsyncGenerator[BoardChangesItem, None]:
        """The cards of a job board. A card that leaves the board comes once more, as removed."""
        matches = _matching(boards.JOBS, filter)
        stream = follow_jobs(info.context.feeds, viewer_of(info), _from(since), matches)
        async for item in _items("BoardChanges", _card("job"), stream):
            yield item

    @live(allow=READ)
    async def task_changes(
        info, since: Since = None, filter: Filter = None
    ) -> AsyncGenerator[TaskChangesItem, None]:
        """The cards of a task board. A card that leaves the board comes once more, as removed."""
        matches = _matching(boards.TASKS, filter)
        stream = follow_tasks(info.context.feeds, viewer_of(info), _from(since), matches)
        async for item in _items("TaskChanges", _card("task"), stream):
            yield item

    @live(allow=READ)
    async def job_changes(
        info, job_id: Annotated[strawberry.ID, argument("Which job.")], since: Since = None
    ) -> AsyncGenerator[BoardChangesItem, None]:
        """One job and all that belongs to it."""
        wanted = ids.wanted(job_id, JobRow)
        viewer = viewer_of(info)
        stream = follow_jobs(info.context.feeds, viewer, _from(since), only=wanted)
        async for item in _items("BoardChanges", _card("job"), stream):
            yield item

    @live(allow=Permission.READ_TIME)
    async def timer_changes(info, since: Since = None) -> AsyncGenerator[TimerChangesItem, None]:
        """Everybody's timers, as far as the viewer may see what they are for."""
        stream = follow_timers(info.context.feeds, viewer_of(info), _from(since))
        async for item in _items("TimerChanges", _card("timer"), stream):
            yield item

    @live(allow=Permission.READ_FIRM)
    async def changes(info, since: Since = None) -> AsyncGenerator[ChangesItem, None]:
        """Every change that the viewer may see, one by one."""
        stream = info.context.feeds.follow(viewer_of(info), _from(since))
        async for item in _items("Changes", row_of, stream):
            yield item
