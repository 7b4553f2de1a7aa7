"""Timers and time entries."""

from typing import Annotated

import strawberry

from models.clients import Client as ClientRow
from models.jobs import Job as JobRow
from models.members import Member as MemberRow
from models.permissions import Permission
from models.tasks import Task as TaskRow
from models.time_entries import TimeEntry as TimeEntryRow
from models.timers import Timer as TimerRow
from resolvers import rates, time_entries, timers
from schema.clients import Client
from schema.enums import Billing, TimeSource
from schema.fields import argument, batch, field, node_id, query, relation
from schema.filters import DateFilter, IdFilter
from schema.inputs import given, given_field, input_type, own_id, reference
from schema.jobs import Job
from schema.members import Member
from schema.mutations import mutation, verb_input
from schema.nodes import Node, node_type
from schema.paging import After, Before, Connection, First, Last, window
from schema.rates import RateExplanation
from schema.scalars import Date, DateTime
from schema.tasks import Task

READ = Permission.READ_TIME
_Invoice = Annotated["Invoice", strawberry.lazy("schema.invoices")]


@node_type(TimerRow, "A member's clock on a task, a job, a client or the firm's own work.")
class Timer(Node):
    id: strawberry.ID = node_id(TimerRow)
    version: int = field("How often it was changed, from 1.")
    member: Member = relation(MemberRow, by="member_id", allow=READ, description="Whose.")
    client: Client | None = relation(ClientRow, by="client_id", allow=READ,
                                     description="For which client.")  # fmt: skip
    job: Job | None = relation(JobRow, by="job_id", allow=READ, description="On which job.")
    task: Task | None = relation(TaskRow, by="task_id", allow=READ, description="On which task.")
    note: str = field("What is being done.")
    started_at: DateTime = field("Since when, on the database's clock.")
    stopped_at: DateTime | None = field("Until when; null while it runs.")


@node_type(TimeEntryRow, "Time a member worked. Its seconds are never changed by rounding.")
class TimeEntry(Node):
    id: strawberry.ID = node_id(TimeEntryRow)
    version: int = field("How often it was changed, from 1.")
    member: Member = relation(MemberRow, by="member_id", allow=READ, description="Whose.")
    client: Client | None = relation(
        ClientRow,
        by="client_id",
        allow=READ,
        description="For which client; null for the firm's own work.",
    )
    job: Job | None = relation(JobRow, by="job_id", allow=READ, description="On which job.")
    task: Task | None = relation(TaskRow, by="task_id", allow=READ, description="On which task.")
    activity: str | None = field("For the firm's own work: which (training, admin, absence).")
    local_date: Date = field("The day it was worked, where it was worked.")
    time_zone: str = field("IANA time zone that the day is reckoned in.")
    started_at: DateTime | None = field("From when, if known.")
    stopped_at: DateTime | None = field("Until when, if known.")
    seconds: int = field("Seconds worked.")
    billing: Billing = field("Whether it is charged.")
    note: str = field("What was done.")
    source: TimeSource = field("Where the entry comes from.")
    billed: bool = batch(time_entries.billed, allow=READ,
                         description="Whether an invoice bills it, which locks it.")  # fmt: skip
    invoice: _Invoice | None = batch(
        time_entries.invoices, allow=Permission.READ_BILLING, else_null=True, cost=5,
        description="The invoice that bills it; null without one, or for who sees no billing.",
    )  # fmt: skip
    rate_explanation: RateExplanation | None = batch(
        rates.explanations, allow=Permission.READ_BILLING, else_null=True, cost=5,
        description="Which rate prices it now and why; what was billed at stays as it was then."
        " Null without one, or for who sees no billing.",
    )  # fmt: skip


@input_type("Which time entries.")
class TimeEntryFilter:
    member: IdFilter | None = reference(MemberRow, "Whose.")
    client: IdFilter | None = reference(ClientRow, "For which client.")
    job: IdFilter | None = reference(JobRow, "On which job.")
    task: IdFilter | None = reference(TaskRow, "On which task.")
    local_date: DateFilter | None = given_field("Worked when.")


@verb_input("Start one's timer: on a task, a job or a client, or on the firm's own work.")
class StartTimer:
    id: strawberry.ID | None = own_id(TimerRow)
    task_id: strawberry.ID | None = reference(TaskRow, "On which task; brings its job and client.")
    job_id: strawberry.ID | None = reference(JobRow, "On which job; brings its client.")
    client_id: strawberry.ID | None = reference(ClientRow, "For which client.")
    note: str = given_field("What is being done, at most 2,000 characters.")


@verb_input("Stop one's timer.")
class StopTimer:
    id: strawberry.ID | None = reference(TimerRow, "Which timer; the running one unless said.")


@verb_input("Stop one's timer without booking.")
class DiscardTimer(StopTimer):
    pass


@verb_input("Book time by hand.")
class LogTime:
    id: strawberry.ID | None = own_id(TimeEntryRow)
    member_id: strawberry.ID | None = reference(MemberRow, "Whose; one's own unless said.")
    task_id: strawberry.ID | None = reference(TaskRow, "On which task; brings its job and client.")
    job_id: strawberry.ID | None = reference(JobRow, "On which job; brings its client.")
    client_id: strawberry.ID | None = reference(ClientRow, "For which client.")
    activity: str = given_field("For the firm's own work: which.")
    local_date: Date | None = given_field("The day; today unless said.")
    seconds: int = given_field("Seconds worked.", optional=False)
    billing: Billing = given_field("Whether it is charged; billable for a client unless said.")
    note: str = given_field("What was done, at most 2,000 characters.")


@verb_input("Change a time entry: what is absent stays as it is.")
class UpdateTimeEntry:
    id: strawberry.ID = reference(TimeEntryRow, "Which entry.", optional=False)
    expected_version: int | None = given_field("The version you last saw.")
    local_date: Date = given_field("The day it was worked.")
    seconds: int = given_field("Seconds worked.")
    billing: Billing = given_field("Whether it is charged.")
    note: str = given_field("What was done.")


@verb_input("Take a time entry back.")
class DeleteTimeEntry:
    id: strawberry.ID = reference(TimeEntryRow, "Which entry.", optional=False)


@strawberry.type
class TimeQuery:
    @query(allow=READ, cost=10)
    async def timers(info) -> list[Timer]:
        """All running timers that the viewer may see, the oldest first."""
        return await timers.running()

    @query(allow=READ, cost=10)
    async def time_entries(
        info, first: First = None, after: After = None, last: Last = None, before: Before = None,
        filter: Annotated[TimeEntryFilter | None, argument("Which; all unless said.")] = None,
    ) -> Connection[TimeEntry]:  # fmt: skip
        """The time entries that the viewer may see, the latest day first."""
        asked = {} if filter is None else given(filter)
        return await time_entries.page(window(first, after, last, before), **asked)


_ENTRY = {"time_entry": (TimeEntry, TimeEntryRow)}
_TIMER = {"timer": (Timer, TimerRow)}
_TRACK = Permission.TRACK_TIME


@strawberry.type
class TimeMutation:
    start_timer = mutation(
        timers.start, input=StartTimer, allow=_TRACK,
        returns={**_TIMER, "stopped": (TimeEntry, TimeEntryRow)},
        description="Start one's timer; the one that runs becomes a time entry in the same act.",
    )  # fmt: skip
    stop_timer = mutation(
        timers.stop, input=StopTimer, returns={**_TIMER, **_ENTRY}, allow=_TRACK,
        description="Stop one's timer and book its seconds; twice answers the same entry.",
    )  # fmt: skip
    discard_timer = mutation(timers.discard, input=DiscardTimer, returns=_TIMER, allow=_TRACK,
                             description="Stop one's timer and book nothing.")  # fmt: skip
    log_time = mutation(time_entries.log, input=LogTime, returns=_ENTRY, allow=_TRACK,
                        description="Book time by hand.")  # fmt: skip
    update_time_entry = mutation(time_entries.update, input=UpdateTimeEntry, returns=_ENTRY,
                                 allow=_TRACK, description="Change a time entry.")  # fmt: skip
    delete_time_entry = mutation(time_entries.remove, input=DeleteTimeEntry, returns={},
                                 allow=_TRACK, deletes=TimeEntryRow,
                                 description="Take a time entry back.")  # fmt: skip
