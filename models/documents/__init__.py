"""Documents: files of a client, examined before anybody can fetch them."""

import re
from enum import StrEnum
from typing import Any, ClassVar, Self
from uuid import UUID

from tortoise import fields

from models.base import FirmModel, belongs_to
from models.clients import Client
from models.documents import media_types, names
from models.documents.examination import Verdict
from models.errors import ValidationError
from models.events import EventKind
from models.files import QUARANTINE
from models.jobs import Job
from models.requests import RequestItem
from models.reviews import lapsing
from models.unit_of_work import current
from models.visibility import Sight

LARGEST = 100 * 1024 * 1024
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


class DocumentState(StrEnum):
    """How far a file has come."""

    PENDING = "pending"
    SCANNING = "scanning"
    CLEAN = "clean"
    REFUSED = "refused"


class Document(FirmModel):
    """A file of a client, perhaps of one of their jobs, perhaps what a request asked for."""

    thing: ClassVar[str] = "document"
    sight: ClassVar[Sight] = Sight.OF_CLIENT

    client = belongs_to("Client")
    client_id: UUID
    job = belongs_to("Job", null=True)
    job_id: UUID | None
    request_item = belongs_to("RequestItem", null=True)
    request_item_id: UUID | None
    name = fields.CharField(200)
    size = fields.BigIntField()
    media_type = fields.CharField(100)
    sha256 = fields.CharField(64)
    state = fields.CharEnumField(DocumentState)
    refusal = fields.CharField(500, null=True)
    storage_key = fields.CharField(200, null=True)
    shared = fields.BooleanField()

    class Meta:
        table = "document"

    @classmethod
    async def announce(cls, *, client_id: UUID, job_id: UUID | None = None, shared: bool = False,
                       id: UUID | None = None, **file: Any) -> Self:  # fmt: skip
        """Say what file will come for a client: its name, size, media type and sha256."""
        if job_id is not None:
            job = await Job.load(job_id, lock=False, path=("jobId",))
            if job.client_id != client_id:
                raise ValidationError("The job is another client's.", path=("jobId",))
        await Client.must_exist(client_id, "clientId")
        return await cls.create(
            EventKind.DOCUMENT_ANNOUNCED, id=id, derived={"state": DocumentState.PENDING},
            given={"client_id": client_id, "job_id": job_id, "shared": shared, **_checked(file)},
        )  # fmt: skip

    @classmethod
    async def bring(cls, item: RequestItem, **file: Any) -> Self:
        """Say what file will come for an item of a request; the client's contacts see it."""
        request = await item.must_take_a_file()
        return await cls.create(EventKind.DOCUMENT_ANNOUNCED, given={
            "client_id": item.client_id, "job_id": request.job_id, "request_item_id": item.id,
            "shared": True, "state": DocumentState.PENDING, **_checked(file),
        })  # fmt: skip

    @property
    def is_settled(self) -> bool:
        return self.state in (DocumentState.CLEAN, DocumentState.REFUSED)

    @property
    def quarantine_key(self) -> str:
        """Where its bytes are sent; never where they are served from."""
        return f"{QUARANTINE}/{self.firm_id.hex}/{self.id.hex}"

    async def change(self, changes: dict[str, Any], expected_version: int | None) -> Self:
        """Call it something else, show it to the client's contacts, or show it no more."""
        if "name" in changes:
            changes["name"] = _named(changes["name"], self.media_type)
        return await self.merge(EventKind.DOCUMENT_CHANGED, changes, expected_version)

    async def receive(self) -> "Document":
        """It has come, and is being looked at."""
        async with current().for_the_firm():
            held = await Document.load(self.id)
            if held.state is DocumentState.PENDING:
                await held.record(EventKind.DOCUMENT_RECEIVED, state=DocumentState.SCANNING)
        return held

    async def lapse(self) -> None:
        """It was announced and has not come: nothing of it is kept but its events."""
        if self.state is DocumentState.PENDING:
            await self.record_removal(EventKind.DOCUMENT_LAPSED)

    async def settle(self, verdict: Verdict | None) -> "Document":
        """Take over what the examination found; the first verdict stands, whoever comes later."""
        async with current().for_the_firm():
            held = await Document.load(self.id)
            if held.is_settled or verdict is None:
                return held
            if verdict.refusal is not None:
                return await held.record(
                    EventKind.DOCUMENT_REFUSED, state=DocumentState.REFUSED,
                    refusal=verdict.refusal,
                )  # fmt: skip
            await held.record(
                EventKind.DOCUMENT_CLEARED, state=DocumentState.CLEAN, storage_key=verdict.key
            )
            if held.request_item_id is not None:
                await RequestItem.received(held.request_item_id)
            if held.request_item_id is not None or await held.is_a_new_version():
                await lapsing.work_changed(held.job_id, held.name, "came")
            return held

    async def is_a_new_version(self) -> bool:
        """Whether the job has another file of this name: what comes by a name of its own is more
        about the work, not other work."""
        known: bool = await current().fetchval(
            "select exists (select from document where job_id = $1 and lower(name) = lower($2)"
            " and id <> $3 and state = 'clean')", self.job_id, self.name, self.id,
        )  # fmt: skip
        return known


def _checked(file: dict[str, Any]) -> dict[str, Any]:
    """What was said of a file. Raises ValidationError for what is never taken."""
    if not 1 <= file["size"] <= LARGEST:
        raise ValidationError("A file has 1 byte to 100 MB.", path=("size",))
    if file["media_type"] not in media_types.KINDS:
        raise ValidationError(
            "Files of this type are not taken: send a PDF, an image, an office document, a text,"
            " CSV or ZIP file.", path=("mediaType",), code="TYPE_NOT_TAKEN",
        )  # fmt: skip
    if not _SHA256.fullmatch(file["sha256"]):
        raise ValidationError("A SHA-256 is 64 hexadecimal digits, in lower case.",
                              path=("sha256",))  # fmt: skip
    return {**file, "name": _named(file["name"], file["media_type"])}


def _named(name: str, media_type: str) -> str:
    """What a file of this type is called. Raises ValidationError for what would be run, or opened,
    as something else than was looked at."""
    checked = names.checked(name)
    if not media_types.ends_as(media_type, checked):
        endings = " or .".join(media_types.KINDS[media_type].endings)
        raise ValidationError(
            f"A file of this type ends in .{endings}.", path=("name",), code="ENDING"
        )
    return checked
