"""The types and the one query. A job and a client are read through a task, and whoever sees the
task may see both."""

from datetime import date
from enum import Enum
from typing import TypeAlias
from uuid import UUID

import strawberry
from strawberry.extensions import ParserCache, ValidationCache
from tortoise.expressions import Q, Subquery

from benchmarks.rivals.idiomatic import tables
from benchmarks.rivals.idiomatic.asking import Asking, InOneTransaction

Info: TypeAlias = strawberry.Info[Asking, None]


@strawberry.enum
class TaskStatus(Enum):
    PLANNED = "planned"
    READY = "ready"
    IN_PROGRESS = "in_progress"
    WAITING_ON_CLIENT = "waiting_on_client"
    WAITING_ON_OTHER = "waiting_on_other"
    ON_HOLD = "on_hold"
    IN_REVIEW = "in_review"
    DONE = "done"
    CANCELLED = "cancelled"


@strawberry.enum
class TaskOrder(Enum):
    POSITION = "position"


@strawberry.input
class TaskStatusFilter:
    among: list[TaskStatus] = strawberry.field(name="in")


@strawberry.input
class TaskFilter:
    status: TaskStatusFilter


@strawberry.type
class Member:
    id: UUID
    name: str


@strawberry.type
class Job:
    id: UUID
    title: str


@strawberry.type
class Client:
    id: UUID
    name: str


@strawberry.type
class Task:
    id: UUID
    title: str
    status: TaskStatus
    due_date: date | None
    position: str
    assignee_id: strawberry.Private[UUID | None]
    job_id: strawberry.Private[UUID | None]
    client_id: strawberry.Private[UUID | None]

    @strawberry.field
    async def assignee(self, info: Info) -> Member | None:
        row = self.assignee_id and await info.context.members.load(self.assignee_id)
        return Member(id=row.id, name=row.name) if row else None

    @strawberry.field
    async def job(self, info: Info) -> Job | None:
        row = self.job_id and await info.context.jobs.load(self.job_id)
        return Job(id=row.id, title=row.title) if row else None

    @strawberry.field
    async def client(self, info: Info) -> Client | None:
        row = self.client_id and await info.context.clients.load(self.client_id)
        return Client(id=row.id, name=row.name) if row else None


@strawberry.type
class Tasks:
    nodes: list[Task]


@strawberry.type
class Query:
    @strawberry.field
    async def tasks(self, info: Info, first: int, filter: TaskFilter, order_by: TaskOrder) -> Tasks:
        statuses = [status.value for status in filter.status.among]
        rows = (
            await tables.Task.filter(visible(info.context.member_id), status__in=statuses)
            .order_by(order_by.value, "id")
            .limit(first)
        )
        return Tasks(nodes=[_task(row) for row in rows])


def visible(member_id: UUID) -> Q:
    """Restricted clients are seen by their own people alone."""
    mine = tables.ClientRole.filter(member_id=member_id, until_date=None).values("client_id")
    hidden = tables.Client.filter(restricted=True).exclude(id__in=Subquery(mine)).values("id")
    return Q(client_id=None) | Q(client_id__not_in=Subquery(hidden))


def _task(row: tables.Task) -> Task:
    return Task(
        id=row.id, title=row.title, status=TaskStatus(row.status), due_date=row.due_date,
        position=row.position, assignee_id=row.assignee_id, job_id=row.job_id,
        client_id=row.client_id,
    )  # fmt: skip


schema = strawberry.Schema(Query, extensions=[ParserCache, ValidationCache, InOneTransaction])
