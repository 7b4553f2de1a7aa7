"""What can be followed: each stream resumes from a cursor, beats, and says when it cannot go on."""

from collections.abc import Callable
from typing import Annotated, Any

import strawberry

from models.contacts import Contact as ContactRow
from models.jobs import Job as JobRow
from models.members import Member as MemberRow
from models.permissions import Permission
from models.tasks import Task as TaskRow
from models.timers import Timer as TimerRow
from models.viewer import Viewer
from resolvers import boards
from schema import ids
from schema.boards import Filter
from schema.changes import Change, row_of
from schema.contacts import Contact
from schema.fields import argument, computed, field, followed, relation, viewer_of
from schema.following import Follow
from schema.inputs import given
from schema.jobs import Job
from schema.members import Member
from schema.scalars import DateTime, StreamCursor
from schema.streams import AFTER, Since, follow, item
from schema.tasks import Task
from schema.time_entries import Timer
from subscriptions.boards import JOB_PAGE, JOBS
from subscriptions.interest import EVERYTHING
from subscriptions.tasks import TASKS
from subscriptions.timers import RUNNING_TIMERS
from subscriptions.touched import Touched, interest_in

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


def _lens(kind: boards.Kind, viewer: Viewer, filter: Any) -> boards.Lens:
    return boards.Lens.on(kind, {} if filter is None else given(filter), viewer)


@strawberry.type(description="What can be followed, live. Every stream can be resumed.")
class Subscription:
    @followed(BoardChangesItem, allow=READ)
    async def board_changes(info, since: Since = None, filter: Filter = None) -> Follow:
        """The cards of a job board. A card that leaves the board comes once more, as removed."""
        lens = _lens(boards.JOBS, viewer_of(info), filter)
        cards = interest_in(JOBS, lens=lens, matching=boards.jobs_on, hangs_on=lens.hangs_on)
        return follow("BoardChanges", _card("job"), cards, since)

    @followed(TaskChangesItem, allow=READ)
    async def task_changes(info, since: Since = None, filter: Filter = None) -> Follow:
        """The cards of a task board. A card that leaves the board comes once more, as removed."""
        lens = _lens(boards.TASKS, viewer_of(info), filter)
        cards = interest_in(TASKS, lens=lens, matching=boards.tasks_on, hangs_on=lens.hangs_on)
        return follow("TaskChanges", _card("task"), cards, since)

    @followed(BoardChangesItem, allow=READ)
    async def job_changes(
        info, job_id: Annotated[strawberry.ID, argument("Which job.")], since: Since = None
    ) -> Follow:
        """One job and all that belongs to it."""
        job = interest_in(JOB_PAGE, only=ids.wanted(job_id, JobRow))
        return follow("BoardChanges", _card("job"), job, since)

    @followed(TimerChangesItem, allow=Permission.READ_TIME)
    async def timer_changes(info, since: Since = None) -> Follow:
        """Everybody's timers, as far as the viewer may see what they are for."""
        return follow("TimerChanges", _card("timer"), RUNNING_TIMERS, since)

    @followed(ChangesItem, allow=Permission.READ_FIRM)
    async def changes(info, since: Since = None) -> Follow:
        """Every change that the viewer may see, one by one."""
        return follow("Changes", row_of, EVERYTHING, since)
