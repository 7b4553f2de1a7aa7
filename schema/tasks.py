"""Tasks, their dependencies and comments."""

from typing import Annotated

import strawberry

from models.clients import Client as ClientRow
from models.comments import Comment as CommentRow
from models.dependencies import Dependency as DependencyRow
from models.jobs import Job as JobRow
from models.members import Member as MemberRow
from models.permissions import Permission
from models.tasks import Task as TaskRow
from models.teams import Team as TeamRow
from models.timers import Timer as TimerRow
from models.workflows import WorkCategory
from resolvers import holding_up, schedules, tasks
from schema.clients import Client
from schema.fields import batch, children, field, node_id, relation
from schema.jobs import Job
from schema.members import Member, Team
from schema.nodes import Node, node_type
from schema.scalars import Date, DateTime, Long
from schema.step_dependencies import DependencyKind

READ = Permission.READ_WORK
_Task = Annotated["Task", strawberry.lazy("schema.tasks")]


@node_type(CommentRow, "What somebody of the firm said about a job or a task.")
class Comment(Node):
    id: strawberry.ID = node_id(CommentRow)
    version: int = field("How often it was changed, from 1.")
    body: str = field("What was said.")
    author: Member | None = relation(MemberRow, by="author_id", allow=READ,
                                     description="Who said it; null for the system.")  # fmt: skip
    job: Job | None = relation(JobRow, by="job_id", allow=READ, description="About which job.")
    task: _Task | None = relation(TaskRow, by="task_id", allow=READ,
                                  description="About which task.")  # fmt: skip
    created_at: DateTime = field("When.")


@node_type(DependencyRow, "One task waits for another, to begin or to be finished.")
class Dependency(Node):
    id: strawberry.ID = node_id(DependencyRow)
    version: int = field("How often it was changed, from 1.")
    blocked: _Task = relation(TaskRow, by="blocked_id", allow=READ, description="What waits.")
    blocker: _Task | None = relation(TaskRow, by="blocker_id", allow=READ,
                                     description="What it waits for; null if hidden.")  # fmt: skip
    kind: DependencyKind = field("In which way it waits.")
    lag_days: int = field("For how many business days longer.")
    free_on: Date | None = batch(
        holding_up.free_on, allow=READ, of=("id",),
        description="From which day on it holds nothing up; null while what it waits for has not"
        " come, and where nothing has to come.",
    )  # fmt: skip
    holds: bool = batch(holding_up.holds, allow=READ, of=("id",),
                        description="Whether it holds its task up today.")  # fmt: skip
    overridden_at: DateTime | None = field("When the task was last let not wait for it.")
    overridden_by: Member | None = relation(MemberRow, by="overridden_by_id", allow=READ,
                                            description="Who let it not wait.")  # fmt: skip
    override_reason: str | None = field("Why it was let not wait.")


@strawberry.type(description="A task or a job that is late by what it waits for.")
class MadeLate:
    task: _Task | None = relation(TaskRow, by="task_id", allow=READ,
                                  description="The task; null for a job.")  # fmt: skip
    job: Job | None = relation(JobRow, by="job_id", allow=READ,
                               description="The job; null for a task.")  # fmt: skip
    due_date: Date = field("When it is to be done.")
    expected_finish: Date = field("When it can be done.")


def _ahead(pick: str, description: str) -> object:
    return batch(schedules.of_tasks, pick=pick, allow=READ, of=("id", "job_id", "status"),
                 description=description)  # fmt: skip


@node_type(TaskRow, "Something to be done: a step of a job, or work on its own.")
class Task(Node):
    id: strawberry.ID = node_id(TaskRow)
    version: int = field("How often it was changed, from 1.")
    title: str = field("What is to be done.")
    notes: str = field("How.")
    status: WorkCategory = field("Where it stands.")
    job: Job | None = relation(JobRow, by="job_id", allow=READ, description="A step of which job.")
    client: Client | None = relation(ClientRow, by="client_id", allow=READ,
                                     description="For which client.")  # fmt: skip
    assignee: Member | None = relation(MemberRow, by="assignee_id", allow=READ,
                                       description="Who does it.")  # fmt: skip
    team: Team | None = relation(TeamRow, by="team_id", allow=READ, description="Whose board.")
    due_date: Date | None = field("When it is to be done.")
    overdue: bool = batch(
        tasks.overdue,
        allow=READ,
        of=("status", "due_date"),
        description="Whether it is open past its due date, where the firm is.",
    )
    estimate_seconds: Long | None = field("Seconds it should take.")
    position: str = field("Its place among cards, compared byte by byte, then by id.")
    step: int | None = field("Its number among the steps of its job, from 1.")
    created_at: DateTime = field("When it was made.")
    started_at: DateTime | None = field("Since when somebody is at it, as far as it was kept.")
    completed_at: DateTime | None = field("When it was done.")
    completed_by: Member | None = relation(MemberRow, by="completed_by_id", allow=READ,
                                           description="Who finished it.")  # fmt: skip
    blocked_by: list[_Task] = batch(tasks.blocked_by, allow=READ, of=("id",), cost=5, size=2,
                                    description="Tasks it waits for, done or not.")  # fmt: skip
    blocks: list[_Task] = batch(tasks.blocks, allow=READ, of=("id",), cost=5, size=2,
                                description="Tasks that wait for it.")  # fmt: skip
    dependencies: list[Dependency] = children(
        DependencyRow, by="blocked_id", order="id", allow=READ, cost=1, size=2,
        description="What it waits for, how and how long.",
    )  # fmt: skip
    dependents: list[Dependency] = children(
        DependencyRow, by="blocker_id", order="id", allow=READ, cost=1, size=2,
        description="What waits for it, and how.",
    )  # fmt: skip
    blocked: bool = batch(
        holding_up.blocked, allow=READ, of=("id", "status"),
        description="Whether it has to wait today: to begin, or once begun, to be finished.",
    )  # fmt: skip
    ready_on: Date | None = batch(
        holding_up.ready_on, allow=READ, of=("id",),
        description="The first day on which it may be begun, once all that it waits for to begin"
        " has come: a lag passes by itself. Null before that, and where it waits for nothing.",
    )  # fmt: skip
    expected_start: Date | None = _ahead(
        "expected_start",
        "While it is open: when it can be begun, or gone on with, at the earliest.",
    )
    expected_finish: Date | None = _ahead(
        "expected_finish", "While it is open: when it can be done, as for its job.")  # fmt: skip
    slack_days: int | None = _ahead(
        "slack_days",
        "While it is open: by how many whole business days it may slip before its job is done"
        " later; null without a job.",
    )
    makes_late: list[MadeLate] = batch(
        schedules.makes_late, allow=READ, of=("id", "status"), size=1,
        description="What is expected after its due date and waits for this with nothing to spare,"
        " itself or by what it waits for: at most 50, what is due first.",
    )  # fmt: skip
    comments: list[Comment] = children(
        CommentRow,
        by="task_id",
        order="created_at, id",
        allow=READ,
        cost=5,
        description="What was said about it.",
    )
    timers: list[Annotated["Timer", strawberry.lazy("schema.time_entries")]] = children(
        TimerRow, by="task_id", where="stopped_at is null", order="started_at, id",
        allow=Permission.READ_TIME, description="The timers that run on it.",
    )  # fmt: skip
    tracked_seconds: Long = batch(tasks.tracked_seconds, allow=Permission.READ_TIME, of=("id",),
                                  description="All time booked on it, in seconds.")  # fmt: skip
