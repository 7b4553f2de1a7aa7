"""What happens to requests and documents."""

from typing import Any
from uuid import UUID

from models.documents import Document
from models.documents.examination import Verdict
from models.events import EventKind
from models.files import FILES
from models.requests import Request, RequestItem
from models.unit_of_work import unit_of_work
from models.viewer import Viewer
from tests.asking import TWO, answered_by, asked, items_of
from tests.cast import House
from tests.filing import File
from tests.guests import in_portal
from tests.kinds.acts import Course, causes
from tests.kinds.clients import kit
from tests.kinds.work import job

_WAITS = (EventKind.WAITING_STARTED, EventKind.JOB_MOVED)
_GOES_ON = (EventKind.WAITING_ENDED, EventKind.JOB_MOVED)
_ASKED = (EventKind.REQUEST_MADE, EventKind.REQUEST_ITEM_ASKED)
_FILE = {"kind": "file", "text": "Deeds"}


async def guest(house: House) -> Viewer:
    """Another one each time."""
    return in_portal(house, (await kit(house)).id)


async def asking_for(house: House, *items: dict[str, Any]) -> tuple[Request, list[RequestItem]]:
    """For a job of its own."""
    made = await asked(house, *(items or TWO), job_id=await job(house))
    return made, await items_of(house, made)


async def announced(house: House, item: RequestItem | None = None) -> UUID:
    if item is None:
        async with unit_of_work(house.dan):
            return (await Document.announce(client_id=house.bakery, **File().said)).id
    async with unit_of_work(await guest(house)):
        return (await Document.bring(item, **File().said)).id


@causes(*_ASKED, *_WAITS)
async def a_client_is_asked(house: House) -> Course:
    id = await job(house)
    yield house.dan
    await Request.make(job_id=id, title="Papers", items=TWO)


@causes(EventKind.REQUEST_CANCELLED, *_GOES_ON)
async def it_is_not_needed_after_all(house: House) -> Course:
    made, _ = await asking_for(house)
    yield house.dan
    await (await Request.load(made.id)).cancel()


@causes(EventKind.REQUEST_ITEM_ANSWERED)
async def one_of_two_is_answered(house: House) -> Course:
    _, (item, _) = await asking_for(house)
    yield await guest(house)
    await (await RequestItem.load(item.id, lock=False)).answer_with("None.")


@causes(EventKind.REQUEST_ITEM_ANSWERED, EventKind.REQUEST_FULFILLED, *_GOES_ON)
async def the_last_is_answered(house: House) -> Course:
    _, (item,) = await asking_for(house, TWO[0])
    yield await guest(house)
    await (await RequestItem.load(item.id, lock=False)).answer_with("None.")


@causes(EventKind.REQUEST_ITEM_ACCEPTED)
async def an_answer_is_good(house: House) -> Course:
    _, (item,) = await asking_for(house, TWO[0])
    await answered_by(await guest(house), item)
    yield house.dan
    await (await RequestItem.load(item.id, lock=False)).accept()


@causes(EventKind.REQUEST_ITEM_REJECTED, EventKind.REQUEST_REOPENED, *_WAITS)
async def an_answer_is_sent_back(house: House) -> Course:
    _, (item,) = await asking_for(house, TWO[0])
    await answered_by(await guest(house), item)
    yield house.dan
    await (await RequestItem.load(item.id, lock=False)).reject("And the van?")


@causes(EventKind.DOCUMENT_ANNOUNCED)
async def a_file_is_announced(house: House) -> Course:
    yield house.dan
    await Document.announce(client_id=house.bakery, **File().said)


@causes(EventKind.DOCUMENT_CHANGED)
async def a_file_is_shared(house: House) -> Course:
    id = await announced(house)
    yield house.dan
    await (await Document.load(id)).change({"shared": True}, None)


@causes(EventKind.DOCUMENT_RECEIVED)
async def a_file_has_come(house: House) -> Course:
    id = await announced(house)
    yield house.dan
    await (await Document.load(id)).receive()


@causes(EventKind.DOCUMENT_REFUSED)
async def a_file_is_not_what_it_was_said_to_be(house: House) -> Course:
    id = await announced(house)
    yield house.dan
    await (await Document.load(id)).settle(Verdict(refusal="It is no PDF."))


@causes(EventKind.DOCUMENT_CLEARED, EventKind.REQUEST_ITEM_FULFILLED,
        EventKind.REQUEST_FULFILLED, *_GOES_ON)  # fmt: skip
async def the_file_that_was_asked_for_is_good(house: House) -> Course:
    _, (item,) = await asking_for(house, _FILE)
    id = await announced(house, item)
    yield house.system
    await (await Document.load(id)).settle(Verdict(key=f"{FILES}/{id}"))


@causes(EventKind.DOCUMENT_LAPSED)
async def a_file_never_comes(house: House) -> Course:
    id = await announced(house)
    yield house.system
    await (await Document.load(id)).lapse()
