"""Messages: what a firm and a client's contacts say to each other."""

from datetime import datetime
from typing import ClassVar, Self
from uuid import UUID

from tortoise import fields

from models import clock
from models.base import FirmModel, belongs_to
from models.clients import Client
from models.errors import NotFound
from models.events import EventKind
from models.jobs import Job
from models.portal_letters import message_waits
from models.unit_of_work import current
from models.visibility import Sight, visible
from models.writing import write_to_contacts


class Message(FirmModel):
    """Something said in the thread of a client, or of one of their jobs."""

    thing: ClassVar[str] = "message"
    sight: ClassVar[Sight] = Sight.OF_CLIENT

    client = belongs_to("Client")
    client_id: UUID
    job = belongs_to("Job", null=True)
    job_id: UUID | None
    member = belongs_to("Member", null=True)
    member_id: UUID | None
    contact = belongs_to("Contact", null=True)
    contact_id: UUID | None
    author = fields.CharField(200)
    body = fields.TextField()
    read_at: datetime | None = fields.DatetimeField(null=True)

    class Meta:
        table = "message"

    @classmethod
    async def send(cls, *, client_id: UUID, body: str, job_id: UUID | None = None,
                   id: UUID | None = None) -> Self:  # fmt: skip
        """Say something to the other side; the client's contacts are told by mail that something
        waits, once until they have read it."""
        await _must_be_a_thread(client_id, job_id)
        viewer = current().viewer
        knows = viewer.contact_id or await _contacts_know(client_id)
        message = await cls.create(
            EventKind.MESSAGE_SENT, id=id,
            given={"client_id": client_id, "job_id": job_id, "body": body},
            derived={"author": await _own_name()} | (
                {"contact_id": viewer.contact_id} if viewer.contact_id
                else {"member_id": viewer.member_id}
            ),
        )  # fmt: skip
        if message.is_new and not knows:
            await write_to_contacts(client_id, message_waits)
        return message

    async def read(self) -> "Message":
        """What the other side wrote in this thread, up to here, has been read; twice is once."""
        theirs = "member_id" if current().viewer.contact_id else "contact_id"
        rows = await current().fetch(
            "select * from message where client_id = $1 and job_id is not distinct from $2"
            f" and id <= $3 and read_at is null and {theirs} is not null"
            " order by id for no key update", self.client_id, self.job_id, self.id,
        )  # fmt: skip
        now = await clock.now()
        for row in rows:
            await Message.from_row(row).record(EventKind.MESSAGE_READ, read_at=now)
        return await Message.load(self.id, lock=False)


async def _must_be_a_thread(client_id: UUID, job_id: UUID | None) -> None:
    """Raise NotFound unless whoever writes may see the client, and the job is one of theirs."""
    unit = current()
    seen = (
        f"select exists (select from client t where t.id = $1 and {visible(Client, unit.viewer)})"
    )
    if not await unit.fetchval(seen, client_id):
        raise NotFound(Client.thing, path=("clientId",))
    own = "select exists (select from job where id = $1 and client_id = $2)"
    if job_id is not None and not await unit.fetchval(own, job_id, client_id):
        raise NotFound(Job.thing, path=("jobId",))


async def _contacts_know(client_id: UUID) -> bool:
    """Whether all the client's contacts have been told of something that nobody has read yet."""
    # Of two who write at once the second waits here, and sees what the first has said.
    await current().execute("select from client where id = $1 for no key update", client_id)
    return bool(await current().fetchval(
        "select exists (select from message where client_id = $1 and read_at is null"
        " and member_id is not null and created_at >= (select max(created_at)"
        " from portal_access where client_id = $1 and withdrawn_at is null))", client_id,
    ))  # fmt: skip


async def _own_name() -> str:
    """What whoever writes is called."""
    viewer = current().viewer
    table = "contact" if viewer.contact_id else "member"
    return str(await current().fetchval(
        f"select name from {table} where id = $1", viewer.actor_id
    ))  # fmt: skip
