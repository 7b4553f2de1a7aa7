"""Requests: what a client is asked for, and what has come of it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar, Self
from uuid import UUID

from tortoise import fields
from uuid_utils.compat import uuid7

from models import clock
from models.base import FirmModel, belongs_to
from models.errors import Locked, ValidationError, inside
from models.events import EventKind
from models.jobs import Job
from models.portal_letters import request_made, sent_back
from models.requests import holding_up
from models.reviews import lapsing
from models.unit_of_work import current
from models.visibility import Sight
from models.writing import write_to_contacts

MOST_ITEMS = 50
_LONGEST_TEXT = 2000


class RequestState(StrEnum):
    """Where a request stands."""

    OPEN = "open"
    FULFILLED = "fulfilled"
    CANCELLED = "cancelled"


class ItemKind(StrEnum):
    """What an item asks for."""

    FILE = "file"
    QUESTION = "question"


class ItemState(StrEnum):
    """Whether it has come."""

    OPEN = "open"
    FULFILLED = "fulfilled"
    ACCEPTED = "accepted"


class Request(FirmModel):
    """What one client is asked for, for one of their jobs. Its row is the lock of its items."""

    thing: ClassVar[str] = "request"
    sight: ClassVar[Sight] = Sight.OF_CLIENT

    client = belongs_to("Client")
    client_id: UUID
    job = belongs_to("Job")
    job_id: UUID
    title = fields.CharField(200)
    due_date: date | None = fields.DateField(null=True)
    state = fields.CharEnumField(RequestState)
    ended_at: datetime | None = fields.DatetimeField(null=True)

    class Meta:
        table = "request"

    @classmethod
    async def make(cls, *, job_id: UUID, title: str, items: Sequence[Mapping[str, Any]],
                   due_date: date | None = None, id: UUID | None = None) -> Self:  # fmt: skip
        """Ask the job's client for something; the job waits for it, and their contacts are told."""
        if not 1 <= len(items) <= MOST_ITEMS:
            raise ValidationError(f"A request has 1 to {MOST_ITEMS} items.", path=("items",))
        for place, item in enumerate(items):
            with inside("items", str(place)):
                _must_ask_something(item["text"])
        job = await Job.load(job_id, path=("jobId",))
        if job.category.is_over:
            raise Locked("The job is over; reopen it first.", path=("jobId",))
        request = await cls.create(
            EventKind.REQUEST_MADE, id=id, given={"job_id": job.id, "title": title,
                                                  "due_date": due_date},
            derived={"client_id": job.client_id, "state": RequestState.OPEN},
        )  # fmt: skip
        if request.is_new:
            await RequestItem.record_all(EventKind.REQUEST_ITEM_ASKED, [
                {"id": uuid7(), "client_id": job.client_id, "request_id": request.id,
                 "number": number, "state": ItemState.OPEN, **item}
                for number, item in enumerate(items, start=1)
            ])  # fmt: skip
            await holding_up.begin(job, title)
            await write_to_contacts(job.client_id, request_made, title=title, due_date=due_date)
        return request

    async def cancel(self) -> Self:
        """It is not needed any more; twice is once. Raises Locked when all has come already."""
        if self.state is RequestState.CANCELLED:
            return self
        if self.state is RequestState.FULFILLED:
            raise Locked("All of it has come already.")
        await self._end(EventKind.REQUEST_CANCELLED, RequestState.CANCELLED)
        return self

    @classmethod
    async def cancel_with(cls, job: Job) -> None:
        """Their job is given up: what is still asked for it is not needed any more."""
        for request in await cls.hold_open(job.id):
            await request.record(EventKind.REQUEST_CANCELLED, state=RequestState.CANCELLED,
                                 ended_at=await clock.now())  # fmt: skip

    @classmethod
    async def hold_open(cls, job_id: UUID) -> list[Self]:
        """What is still asked for a job, locked. A contact who answers holds the request, then the
        job: whoever changes both takes them in this order, or they wait for each other."""
        rows = await current().fetch(
            "select * from request where job_id = $1 and state = 'open' order by id"
            " for no key update", job_id,
        )  # fmt: skip
        return [cls.from_row(row) for row in rows]

    async def settle(self) -> None:
        """With its last item it is fulfilled, and the job waits for it no more."""
        still_open = await current().fetchval(
            "select exists (select from request_item where request_id = $1 and state = 'open')",
            self.id,
        )
        if not still_open and self.state is RequestState.OPEN:
            await self._end(EventKind.REQUEST_FULFILLED, RequestState.FULFILLED)

    async def ask_again(self) -> None:
        """Something of it was sent back: it is open, and its job waits for it once more."""
        job = await Job.load(self.job_id)
        if job.category.is_over:
            raise Locked("The job is over; reopen it first.")
        await self.record(EventKind.REQUEST_REOPENED, state=RequestState.OPEN, ended_at=None)
        await holding_up.begin(job, self.title)
        await write_to_contacts(self.client_id, sent_back, title=self.title)

    async def _end(self, kind: EventKind, state: RequestState) -> None:
        await self.record(kind, state=state, ended_at=await clock.now())
        await holding_up.end(await Job.load(self.job_id), self.title)

    def must_be_open(self) -> None:
        if self.state is not RequestState.OPEN:
            raise Locked("This request is closed.", code="REQUEST_CLOSED")


class RequestItem(FirmModel):
    """One thing asked for: a file, or the answer to a question."""

    thing: ClassVar[str] = "request item"
    sight: ClassVar[Sight] = Sight.OF_CLIENT

    client = belongs_to("Client")
    client_id: UUID
    request = belongs_to("Request")
    request_id: UUID
    number = fields.IntField()
    kind = fields.CharEnumField(ItemKind)
    text = fields.CharField(_LONGEST_TEXT)
    state = fields.CharEnumField(ItemState)
    answer = fields.TextField(null=True)
    rejection = fields.CharField(2000, null=True)
    fulfilled_at: datetime | None = fields.DatetimeField(null=True)

    class Meta:
        table = "request_item"

    async def answer_with(self, answer: str) -> "RequestItem":
        """What the client's contact says; they may say it better as long as the request is open."""
        request = await self.its_request()
        request.must_be_open()
        (await RequestItem.load(self.id, lock=False)).must_not_be_accepted()
        item = await RequestItem.load(self.id)
        if item.kind is not ItemKind.QUESTION:
            raise ValidationError("This asks for a file.", path=("id",))
        before = item.version
        await item.record(
            EventKind.REQUEST_ITEM_ANSWERED, answer=answer, state=ItemState.FULFILLED,
            rejection=None, fulfilled_at=item.fulfilled_at or await clock.now(),
        )  # fmt: skip
        async with current().for_the_firm():
            await request.settle()
            if item.version > before:
                await lapsing.work_changed(request.job_id, item.text, "was answered by the client")
        return item

    async def must_take_a_file(self) -> Request:
        """Its request. Raises ValidationError for a question, Locked for a closed request."""
        if self.kind is not ItemKind.FILE:
            raise ValidationError("This asks for an answer.", path=("itemId",))
        request = await self.its_request()
        request.must_be_open()
        (await RequestItem.load(self.id, lock=False)).must_not_be_accepted()
        return request

    @classmethod
    async def received(cls, id: UUID) -> None:
        """A file for it was found good. What comes for a closed request changes nothing more."""
        request = await (await cls.load(id, lock=False)).its_request()
        item = await cls.load(id)
        if request.state is RequestState.OPEN and item.state is ItemState.OPEN:
            await item.record(EventKind.REQUEST_ITEM_FULFILLED, state=ItemState.FULFILLED,
                              rejection=None, fulfilled_at=await clock.now())  # fmt: skip
            await request.settle()

    async def accept(self) -> "RequestItem":
        """What came is good, and stays as it is; twice is once."""
        await self.its_request()
        item = await RequestItem.load(self.id)
        item.must_have_come()
        return await item.record(EventKind.REQUEST_ITEM_ACCEPTED, state=ItemState.ACCEPTED)

    async def reject(self, reason: str) -> "RequestItem":
        """What came is not good: the client is told why, and asked again.

        Raises Locked when nothing has come, and where nothing is asked any more.
        """
        request = await self.its_request()
        if request.state is RequestState.CANCELLED:
            raise Locked("This request was cancelled.", code="REQUEST_CLOSED")
        item = await RequestItem.load(self.id)
        item.must_have_come()
        await item.record(EventKind.REQUEST_ITEM_REJECTED, state=ItemState.OPEN,
                          rejection=reason, fulfilled_at=None)  # fmt: skip
        await request.ask_again()
        return item

    def must_have_come(self) -> None:
        if self.state is ItemState.OPEN:
            raise Locked("Nothing has come for this yet.", code="NOTHING_CAME")

    def must_not_be_accepted(self) -> None:
        if self.state is ItemState.ACCEPTED:
            raise Locked("This was found good already.", code="ACCEPTED")

    async def its_request(self) -> Request:
        """The request, locked: whoever changes an item of it holds it, one after the other."""
        async with current().for_the_firm():
            return await Request.load(self.request_id)


def _must_ask_something(text: str) -> None:
    if not text.strip():
        raise ValidationError("The text says nothing.", path=("text",))
    if len(text) > _LONGEST_TEXT:
        raise ValidationError(f"A text has at most {_LONGEST_TEXT} characters.", path=("text",))
