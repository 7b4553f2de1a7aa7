"""The tables as Tortoise sees them: the columns that the board shows."""

from uuid import UUID

from tortoise import fields
from tortoise.models import Model


class Member(Model):
    id = fields.UUIDField(primary_key=True)
    name = fields.TextField()

    class Meta:
        table = "member"


class Client(Model):
    id = fields.UUIDField(primary_key=True)
    name = fields.TextField()
    restricted = fields.BooleanField()

    class Meta:
        table = "client"


class ClientRole(Model):
    id = fields.UUIDField(primary_key=True)
    client_id = fields.UUIDField()
    member_id = fields.UUIDField()
    until_date = fields.DateField(null=True)

    class Meta:
        table = "client_role"


class Job(Model):
    id = fields.UUIDField(primary_key=True)
    title = fields.TextField()

    class Meta:
        table = "job"


class Task(Model):
    id = fields.UUIDField(primary_key=True)
    title = fields.TextField()
    status = fields.TextField()
    due_date = fields.DateField(null=True)
    position = fields.TextField()
    assignee_id: UUID | None = fields.UUIDField(null=True)
    job_id: UUID | None = fields.UUIDField(null=True)
    client_id: UUID | None = fields.UUIDField(null=True)

    class Meta:
        table = "task"


class WorkedMonth(Model):
    id = fields.UUIDField(primary_key=True)
    month = fields.DateField()
    client_id = fields.UUIDField(null=True)
    seconds = fields.BigIntField()
    billable_seconds = fields.BigIntField()

    class Meta:
        table = "worked_month"
