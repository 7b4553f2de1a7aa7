"""What can be asked of jobs, and done to them."""

from enum import Enum
from typing import Annotated

import strawberry

from models.clients import Client as ClientRow
from models.engagements import Engagement as EngagementRow
from models.jobs import Job as JobRow
from models.members import Member as MemberRow
from models.permissions import Permission
from models.teams import Team as TeamRow
from models.workflows import Service as ServiceRow
from models.workflows import Stage as StageRow
from models.workflows import WorkCategory
from models.workflows import Workflow as WorkflowRow
from resolvers import jobs
from resolvers.reading import one
from schema import ids
from schema.enums import WaitingOn, described
from schema.external_ids import ExternalIdInput
from schema.fields import argument, query
from schema.filters import DateFilter, IdFilter, TextFilter, WorkCategoryFilter
from schema.inputs import given, given_field, input_type, own_id, reference
from schema.jobs import Job
from schema.mutations import mutation, verb_input
from schema.paging import After, Before, Connection, First, Last, window
from schema.scalars import Date, Long
from schema.step_dependencies import NewStepDependency


class JobOrder(Enum):
    DUE_DATE = "due_date"
    POSITION = "position"
    NEWEST = "newest"


described(JobOrder, "How jobs are sorted.", DUE_DATE="What is due first; without a date, last.",
          POSITION="As on the board.", NEWEST="The latest made first.")  # fmt: skip


@input_type("Which jobs.")
class JobFilter:
    client: IdFilter | None = reference(ClientRow, "Whose.")
    owner: IdFilter | None = reference(MemberRow, "Who answers for them.")
    team: IdFilter | None = reference(TeamRow, "On whose board.")
    service: IdFilter | None = reference(ServiceRow, "Which service.")
    category: WorkCategoryFilter | None = given_field("Where they stand.")
    title: TextFilter | None = given_field("By title.")
    due_date: DateFilter | None = given_field("When they are due.")
    search: str | None = given_field("With all these words in the title or the client's name.")
    external_id: ExternalIdInput | None = given_field("Which another system calls so.")


@input_type("A step of a new job.")
class NewStep:
    title: str = given_field("What is to be done.", optional=False)
    notes: str = given_field("How.")
    assignee_id: strawberry.ID | None = reference(MemberRow, "By whom.")
    due_date: Date | None = given_field("By when.")
    estimate_seconds: Long | None = given_field("Seconds it should take.")
    depends_on: list[int] = given_field(
        "Numbers, from 1, of earlier steps it waits for to be done."
    )
    dependencies: list[NewStepDependency] = given_field(
        "Other earlier steps it waits for, how and how long."
    )


@verb_input("Open a job for a client.")
class CreateJob:
    id: strawberry.ID | None = own_id(JobRow)
    client_id: strawberry.ID = reference(ClientRow, "Whose.", optional=False)
    title: str = given_field("What it is called.", optional=False)
    service_id: strawberry.ID | None = reference(ServiceRow, "Which service.")
    engagement_id: strawberry.ID | None = reference(EngagementRow, "Under which agreement.")
    workflow_id: strawberry.ID | None = reference(
        WorkflowRow, "Which stages it goes through; the service's, else the firm's default."
    )
    stage_id: strawberry.ID | None = reference(
        StageRow, "Where it begins; the first stage unless said."
    )
    owner_id: strawberry.ID | None = reference(MemberRow, "Who answers for it.")
    team_id: strawberry.ID | None = reference(TeamRow, "On whose board.")
    period_start: Date | None = given_field("The first day of its period.")
    period_end: Date | None = given_field("The last day of its period.")
    start_date: Date | None = given_field("When it is to be begun.")
    due_date: Date | None = given_field("When it is to be done.")
    budget_seconds: Long | None = given_field("Seconds it may take.")
    steps: list[NewStep] = given_field("Its steps, in order, at most 250.")


@verb_input("Change a job: what is absent stays as it is.")
class UpdateJob:
    id: strawberry.ID = reference(JobRow, "Which job.", optional=False)
    expected_version: int | None = given_field("The version you last saw.")
    title: str = given_field("What it is called.")
    service_id: strawberry.ID | None = reference(ServiceRow, "Which service.")
    engagement_id: strawberry.ID | None = reference(EngagementRow, "Under which agreement.")
    owner_id: strawberry.ID | None = reference(MemberRow, "Who answers for it.")
    team_id: strawberry.ID | None = reference(TeamRow, "On whose board.")
    period_start: Date | None = given_field("The first day of its period.")
    period_end: Date | None = given_field("The last day of its period.")
    start_date: Date | None = given_field("When it is to be begun.")
    due_date: Date | None = given_field("When it is to be done.")
    budget_seconds: Long | None = given_field("Seconds it may take.")


@verb_input("Give a job an owner.")
class AssignJob:
    id: strawberry.ID = reference(JobRow, "Which job.", optional=False)
    owner_id: strawberry.ID | None = reference(MemberRow, "Who; null for nobody.", optional=False)


@verb_input("Move a card: to a stage, between neighbours, to a person or a date, in one act.")
class MoveJob:
    id: strawberry.ID = reference(JobRow, "Which job.", optional=False)
    stage_id: strawberry.ID | None = reference(StageRow, "To which stage of its workflow.")
    category: WorkCategory | None = given_field("To its workflow's first stage of this category.")
    after_id: strawberry.ID | None = reference(JobRow, "Right after this card.")
    before_id: strawberry.ID | None = reference(JobRow, "Right before this card; `afterId` wins.")
    owner_id: strawberry.ID | None = reference(MemberRow, "To whom; null for nobody.")
    due_date: Date | None = given_field("To which due date; null for none.")
    what: str | None = given_field("Where the stage is one of waiting: what for.")


@verb_input("Say that a job waits, for whom and for what.")
class StartWaiting:
    job_id: strawberry.ID = reference(JobRow, "Which job.", optional=False)
    whom: WaitingOn = given_field("For whom.", optional=False)
    what: str = given_field("For what, 1 to 500 characters.", optional=False)


@verb_input("What a job waited for has come.")
class EndWaiting:
    job_id: strawberry.ID = reference(JobRow, "Which job.", optional=False)


@verb_input("They were asked again.")
class RemindWaiting(EndWaiting):
    pass


@strawberry.type
class JobQuery:
    @query(allow=Permission.READ_WORK, cost=10)
    async def jobs(
        info, first: First = None, after: After = None, last: Last = None, before: Before = None,
        filter: Annotated[JobFilter | None, argument("Which jobs; all unless said.")] = None,
        order_by: Annotated[JobOrder, argument("How they are sorted.")] = JobOrder.DUE_DATE,
    ) -> Connection[Job]:  # fmt: skip
        """The jobs that the viewer may see."""
        asked = {} if filter is None else given(filter)
        return await jobs.page(window(first, after, last, before), order_by.value, **asked)

    @query(allow=Permission.READ_WORK)
    async def job(info, id: Annotated[strawberry.ID, argument("Which job.")]) -> Job | None:
        """One job; null when there is no such one."""
        return await one(JobRow, ids.wanted(id, JobRow))


_JOB = {"job": (Job, JobRow)}
_EDIT = Permission.EDIT_WORK


@strawberry.type
class JobMutation:
    create_job = mutation(jobs.open_job, input=CreateJob, returns=_JOB, allow=_EDIT,
                          description="Open a job with its steps.")  # fmt: skip
    update_job = mutation(
        jobs.update,
        input=UpdateJob,
        returns=_JOB,
        allow=_EDIT,
        description="Change a job's own facts; `moveJob` changes where it stands.",
    )
    assign_job = mutation(jobs.assign, input=AssignJob, returns=_JOB, allow=_EDIT,
                          description="Give a job an owner.")  # fmt: skip
    move_job = mutation(
        jobs.move, input=MoveJob, returns=_JOB, allow=_EDIT,
        description="Move a card. Done is refused while steps or a review are open; with a job that"
        " is cancelled its open requests are, and stay so.",
    )  # fmt: skip
    start_waiting = mutation(
        jobs.start_waiting,
        input=StartWaiting,
        returns=_JOB,
        allow=_EDIT,
        description="Say that a job waits, for whom and for what.",
    )
    end_waiting = mutation(jobs.end_waiting, input=EndWaiting, returns=_JOB, allow=_EDIT,
                           description="What it waited for came; the job goes on.")  # fmt: skip
    remind_waiting = mutation(jobs.remind_waiting, input=RemindWaiting, returns=_JOB, allow=_EDIT,
                              description="Put on record that they were asked again.")  # fmt: skip
