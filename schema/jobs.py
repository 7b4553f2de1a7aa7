"""Jobs, what they wait for and their reviews."""

from typing import Annotated

import strawberry

from models.clients import Client as ClientRow
from models.comments import Comment as CommentRow
from models.documents import Document as DocumentRow
from models.engagements import Engagement as EngagementRow
from models.jobs import Job as JobRow
from models.members import Member as MemberRow
from models.messages import Message as MessageRow
from models.permissions import Permission
from models.recurrences import Recurrence as RecurrenceRow
from models.requests import Request as RequestRow
from models.reviews import Review as ReviewRow
from models.reviews.points import ReviewPoint as ReviewPointRow
from models.tasks import Task as TaskRow
from models.teams import Team as TeamRow
from models.templates import TemplateVersion as TemplateVersionRow
from models.timers import Timer as TimerRow
from models.waiting import Waiting as WaitingRow
from models.workflows import Service as ServiceRow
from models.workflows import Stage as StageRow
from models.workflows import WorkCategory
from models.workflows import Workflow as WorkflowRow
from resolvers import changes, jobs, progress, schedules
from resolvers.external_ids import of_jobs as called_elsewhere
from resolvers.reports.figures import of_jobs
from schema.changes import job_activity
from schema.clients import Client, Engagement
from schema.enums import WaitingOn, WhoseTurn
from schema.external_ids import ExternalId
from schema.fields import batch, children, computed, field, node_id, relation
from schema.figures import WorkFigures, figures
from schema.members import Member, Team
from schema.nodes import Node, node_type
from schema.reviews import Review, ReviewPoint
from schema.scalars import Date, DateTime, Long
from schema.workflows import Service, Stage, Workflow

READ = Permission.READ_WORK
_Task = Annotated["Task", strawberry.lazy("schema.tasks")]
_Comment = Annotated["Comment", strawberry.lazy("schema.tasks")]
_Timer = Annotated["Timer", strawberry.lazy("schema.time_entries")]
_TemplateVersion = Annotated["TemplateVersion", strawberry.lazy("schema.templates")]
_Recurrence = Annotated["Recurrence", strawberry.lazy("schema.recurrences")]
_Message = Annotated["Message", strawberry.lazy("schema.messages")]
_Request = Annotated["Request", strawberry.lazy("schema.requests")]
_Document = Annotated["Document", strawberry.lazy("schema.documents")]
_Change = Annotated["Change", strawberry.lazy("schema.changes")]


@node_type(WaitingRow, "A stretch of waiting: for whom, for what, since when.")
class Waiting(Node):
    id: strawberry.ID = node_id(WaitingRow)
    whom: WaitingOn = field("Whom the job waits for.")
    what: str = field("What for.")
    since: DateTime = field("Since when.")
    reminded_at: DateTime | None = field("When they were last asked again.")
    ended_at: DateTime | None = field("When it came; null while it is open.")


def _progress(pick: str, description: str) -> object:
    return batch(progress.of_jobs, pick=pick, allow=READ, of=("id",), description=description)


def _ahead(pick: str, description: str) -> object:
    return batch(schedules.of_jobs, pick=pick, allow=READ, of=("id", "category"), size=3,
                 description=description)  # fmt: skip


@node_type(JobRow, "One service for one client, for a period or once: one card on the board.")
class Job(Node):
    id: strawberry.ID = node_id(JobRow)
    version: int = field("How often it was changed, from 1.")
    title: str = field("What it is called.")
    client: Client = relation(ClientRow, by="client_id", allow=READ, description="Whose.")
    service: Service | None = relation(ServiceRow, by="service_id", allow=READ,
                                       description="Which service.")  # fmt: skip
    engagement: Engagement | None = relation(EngagementRow, by="engagement_id", allow=READ,
                                             description="Under which agreement.")  # fmt: skip
    workflow: Workflow = relation(WorkflowRow, by="workflow_id", allow=READ,
                                  description="The stages it goes through.")  # fmt: skip
    stage: Stage = relation(StageRow, by="stage_id", allow=READ, description="Where it stands.")
    category: WorkCategory = field("The category of its stage.")
    owner: Member | None = relation(MemberRow, by="owner_id", allow=READ,
                                    description="Who answers for it.")  # fmt: skip
    team: Team | None = relation(TeamRow, by="team_id", allow=READ, description="Whose board.")
    period_start: Date | None = field("The first day of the period it is for.")
    period_end: Date | None = field("The last day of the period it is for.")
    start_date: Date | None = field("When it is to be begun.")
    due_date: Date | None = field("When it is to be done, the firm's calendar.")
    budget_seconds: Long | None = field("Seconds it may take.")
    template_version: _TemplateVersion | None = relation(
        TemplateVersionRow, by="template_version_id", allow=READ,
        description="What it was made from; null for a job made by hand.",
    )  # fmt: skip
    recurrence: _Recurrence | None = relation(
        RecurrenceRow, by="recurrence_id", allow=READ, description="What made it, period by period."
    )
    position: str = field("Its place among cards, compared byte by byte, then by id.")
    created_at: DateTime = field("When it was made.")
    completed_at: DateTime | None = field("When it was done.")
    overdue: bool = batch(
        jobs.overdue,
        allow=READ,
        of=("category", "due_date"),
        description="Whether it is open past its due date, where the firm is.",
    )
    steps_done: int = _progress("steps_done", "How many of its steps are done.")
    steps_total: int = _progress("steps_total", "How many steps it has, cancelled ones apart.")
    remaining_seconds: Long = _progress(
        "remaining_seconds", "The estimates of its open steps, in seconds.")  # fmt: skip
    next_step: _Task | None = _progress("next_step", "Its first open step.")
    expected_finish: Date | None = _ahead(
        "expected_finish",
        "When its open steps can be done, by business days from today: each as early as what it"
        " waits for allows, for as long as it is estimated (a day has 8 hours; without an estimate"
        " it takes a day). Null when it has none, and beyond ten years.",
    )
    critical_path: list[_Task] = _ahead(
        "critical_path", "The open steps that cannot slip unless it is done later.")  # fmt: skip
    whose_turn: WhoseTurn = computed("Who has to act next.",
                                     lambda row: jobs.whose_turn(row["category"]),
                                     of=("category",))  # fmt: skip
    turn_of: Member | None = batch(
        jobs.turn_of, allow=READ, of=("id", "category"),
        description="The member who has to act next: the reviewer, or who holds the next step.",
    )  # fmt: skip
    waiting: Waiting | None = batch(jobs.open_waiting, allow=READ, of=("id",),
                                    description="Its open waiting record.")  # fmt: skip
    review: Review | None = batch(
        jobs.latest_review, allow=READ, of=("id",), description="Its last review."
    )
    reviews: list[Review] = children(
        ReviewRow, by="job_id", order="requested_at, id", allow=READ, cost=5, size=2,
        description="All its reviews, oldest first.",
    )  # fmt: skip
    review_points: list[ReviewPoint] = children(
        ReviewPointRow, by="job_id", order="id", allow=READ, cost=5, size=3,
        description="What its reviewers wanted put right, oldest first.",
    )  # fmt: skip
    preparers: list[Member] = batch(
        jobs.preparers, allow=READ, of=("id",), size=3,
        description="Who prepared it, and so does not review it: its owner, and whoever completed a"
        " step of it.",
    )  # fmt: skip
    tasks: list[_Task] = children(TaskRow, by="job_id", order="step, id", allow=READ, cost=20,
                                  description="Its steps, in order.")  # fmt: skip
    comments: list[_Comment] = children(
        CommentRow,
        by="job_id",
        order="created_at, id",
        allow=READ,
        cost=5,
        description="What was said about it.",
    )
    requests: list[_Request] = children(RequestRow, by="job_id", order="id", allow=READ,
                                        description="What its client was asked for.")  # fmt: skip
    messages: list[_Message] = children(
        MessageRow, by="job_id", order="id", allow=READ,
        description="What the firm and the client's contacts say about it, the oldest first.",
    )  # fmt: skip
    documents: list[_Document] = children(DocumentRow, by="job_id", order="id", allow=READ,
                                          description="Its files, the oldest first.")  # fmt: skip
    comment_count: int = batch(jobs.comment_count, allow=READ, of=("id",),
                               description="How much was said about it and its steps.")  # fmt: skip
    timers: list[_Timer] = children(
        TimerRow, by="job_id", where="stopped_at is null", order="started_at, id",
        allow=Permission.READ_TIME, description="The timers that run on it.",
    )  # fmt: skip
    tracked_seconds: Long = batch(jobs.tracked_seconds, allow=Permission.READ_TIME, of=("id",),
                                  description="All time booked on it, in seconds.")  # fmt: skip
    external_ids: list[ExternalId] = batch(
        called_elsewhere, allow=READ, cost=1, size=2,
        description="How other systems call it, at most 50.",
    )  # fmt: skip
    figures: WorkFigures = figures(of_jobs)
    activity: list[_Change] = batch(
        job_activity, allow=READ, cost=50,
        description="The last 50 changes to it and what belongs to it, latest first.",
    )  # fmt: skip
    viewer_can: list[Permission] = batch(
        changes.viewer_can, allow=READ, description="What the viewer may do here."
    )
