"""Documents: sent straight to a real S3 server, examined, and only then to be fetched."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import pytest

from models.contacts import Contact
from models.documents import Document
from models.errors import Locked, NotFound, ValidationError
from models.events import EventKind
from models.files import FileStore
from models.requests import ItemKind, Request, RequestItem
from models.unit_of_work import reading, unit_of_work
from models.viewer import Viewer
from models.workflows import WorkCategory
from resolvers import documents
from tests.asking import job_now
from tests.cast import Cast, House
from tests.filing import PDF, File, fetch, post
from tests.guests import guest, in_portal, invited
from tests.verify import verify_action, verify_refusal

pytestmark = pytest.mark.files


async def announced(house: House, file: File, **more: Any) -> tuple[Document, dict[str, Any]]:
    """The document, and the form for it."""
    async with unit_of_work(house.dan):
        found = await documents.start_upload(client_id=house.bakery, **file.said, **more)
    return found["document"], found["form"]


async def completed(viewer: Viewer, id: UUID) -> Document:
    """What becomes of it once it is said to have come."""
    verdict = await documents.examined(viewer, id=id)
    async with unit_of_work(viewer):
        return await documents.complete_upload(id=id, ahead=verdict)


async def link(viewer: Viewer, id: UUID) -> str | None:
    async with reading(viewer):
        found = await documents.download_link(id)
    return None if found is None else found["url"]


async def test_a_file_goes_straight_to_the_store_is_examined_and_fetched_as_an_attachment(
    cast: Cast, file_store: FileStore
) -> None:
    house, file = cast.harbour, File(name="Ürkunde – 1/2".replace("/", "⁄") + ".pdf")
    async with verify_action(house, house.dan) as start:
        found = await documents.start_upload(
            client_id=house.bakery, job_id=house.books, **file.said
        )
    document, form = found["document"], found["form"]
    assert (await post(form, file.content)).status_code == 204
    assert await link(house.dan, document.id) is None, "nobody has looked at it yet"

    async with verify_action(house) as done:
        await completed(house.dan, document.id)
    url = await link(house.dan, document.id)
    answer = await fetch(url or "")

    assert start.kinds == ["document.announced"]
    assert done.kinds == ["document.received", "document.cleared"]
    assert answer.content == PDF
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''%C3%9C")
    assert "X-Amz-Expires=60" in str(url)


async def test_what_is_not_the_file_that_was_announced_is_refused_by_the_store_itself(
    cast: Cast, file_store: FileStore
) -> None:
    document, form = await announced(cast.harbour, File())
    other = PDF.replace(b"bakery", b"bakers")
    sent = {
        "too short": await post(form, PDF[:-1]),
        "too long": await post(form, PDF + b"!"),
        "another content": await post(form, other),
        "another type": await post(form, PDF, Content_Type="text/html"),
        "another checksum": await post(form, other, x_amz_checksum_sha256="A" * 43 + "="),
        "no checksum": await post(form, PDF, x_amz_checksum_sha256=None),
        "another key": await post(form, PDF, key=f"files/{uuid4().hex}"),
        "no signature": await post(form, PDF, x_amz_signature=None),
    }

    refused = {what: answer.status_code for what, answer in sent.items()}
    assert all(status in (400, 403) for status in refused.values()), refused
    assert await file_store.look(document.quarantine_key) is None
    with pytest.raises(ValidationError, match="has not come yet"):
        await documents.examined(cast.harbour.dan, id=document.id)


@pytest.mark.parametrize(
    ("media_type", "content"),
    [
        ("application/pdf", b"<html><script>alert(1)</script></html>"),
        ("image/png", b"\xff\xd8\xff\xe0 a photograph"),
        ("text/plain", b"\n <svg onload=alert(1)>"),
        ("text/csv", b"a;b\n\0\0"),
        ("application/zip", b"MZ\x90\0 a program"),
    ],
)
async def test_what_is_not_what_it_is_said_to_be_is_refused_with_the_reason(
    cast: Cast, file_store: FileStore, media_type: str, content: bytes
) -> None:
    house = cast.harbour
    document, form = await announced(house, File(content, "x", media_type))
    assert (await post(form, content)).status_code == 204

    async with verify_action(house) as action:
        refused = await completed(house.dan, document.id)

    assert action.kinds == ["document.received", "document.refused"]
    assert refused.refusal == f"What is in the file is not {media_type}."
    assert await link(house.dan, document.id) is None


async def test_the_form_that_is_used_again_changes_nothing_that_is_served(
    cast: Cast, file_store: FileStore
) -> None:
    house = cast.harbour
    document, form = await announced(house, File())
    await post(form, PDF)
    await completed(house.dan, document.id)
    before = await link(house.dan, document.id)

    await post(form, PDF)
    async with verify_action(house) as action:
        await completed(house.dan, document.id)

    assert action.events == []
    assert (await fetch(before or "")).content == PDF


async def test_twenty_times_completed_at_once_it_is_settled_once(
    cast: Cast, file_store: FileStore
) -> None:
    house = cast.harbour
    document, form = await announced(house, File())
    await post(form, PDF)

    async with verify_action(house) as action:
        done = await asyncio.gather(*(completed(house.dan, document.id) for _ in range(20)))

    assert action.kinds == ["document.received", "document.cleared"]
    assert len({one.storage_key for one in done}) == 1


async def test_who_asks_again_after_an_examination_was_cut_off_has_it_done_anew(
    cast: Cast, file_store: FileStore
) -> None:
    house = cast.harbour
    document, form = await announced(house, File())
    await post(form, PDF)
    async with unit_of_work(house.dan):
        await document.receive()

    async with verify_action(house) as action:
        await completed(house.dan, document.id)

    assert action.kinds == ["document.cleared"]


async def test_the_same_id_again_brings_a_new_form_until_the_file_has_come(
    cast: Cast, file_store: FileStore
) -> None:
    house = cast.harbour
    first, _ = await announced(house, File())
    again, form = await announced(house, File(), id=first.id)
    assert again.id == first.id
    await post(form, PDF)
    await completed(house.dan, first.id)

    async with verify_refusal(house, house.dan, Locked):
        await documents.start_upload(id=first.id, client_id=house.bakery, **File().said)


async def test_a_link_is_for_who_may_see_the_document_now(
    cast: Cast, file_store: FileStore
) -> None:
    house = cast.harbour
    async with unit_of_work(house.ben):
        found = await documents.start_upload(client_id=house.vault, **File().said)
    await post(found["form"], PDF)
    id = found["document"].id
    await completed(house.ben, id)

    assert await link(house.ben, id) is not None
    for outsider in (house.dan, house.finn, cast.alpine.ada):
        assert await link(outsider, id) is None
        with pytest.raises(NotFound):
            await documents.examined(outsider, id=id)


async def brought(
    house: House, kit: Viewer, *files: File
) -> tuple[list[Document], list[dict[str, Any]]]:
    """One file of Kit's for each item of a request for the bakery's books."""
    async with unit_of_work(house.dan):
        request = await Request.make(
            job_id=house.books, title="Deeds",
            items=[{"kind": ItemKind.FILE, "text": f"File {n}"} for n, _ in enumerate(files)],
        )  # fmt: skip
    async with unit_of_work(kit) as unit:
        rows = await unit.fetch(
            "select * from request_item where request_id = $1 order by number", request.id
        )
        pairs = [
            await documents.with_form(await Document.bring(RequestItem.from_row(row), **file.said))
            for row, file in zip(rows, files, strict=True)
        ]
    return [pair["document"] for pair in pairs], [pair["form"] for pair in pairs]


async def test_with_the_last_file_the_card_goes_on_in_the_contacts_name(
    cast: Cast, file_store: FileStore
) -> None:
    house = cast.harbour
    kit = await guest(house)
    (deed, plan), forms = await brought(house, kit, File(), File(name="Plan.pdf"))
    for form in forms:
        await post(form, PDF)

    async with verify_action(house) as first:
        await completed(kit, deed.id)
    async with verify_action(house) as last:
        await completed(kit, plan.id)

    assert first.kinds == ["document.received", "document.cleared", "request_item.fulfilled"]
    assert last.kinds == [
        "document.received", "document.cleared", "request_item.fulfilled", "request.fulfilled",
        "waiting.ended", "job.moved",
    ]  # fmt: skip
    assert {event["actor_id"] for event in last.events} == {str(kit.contact_id)}
    assert (await job_now(house, house.books)).category is WorkCategory.IN_PROGRESS
    assert await link(kit, deed.id) is not None


async def test_a_refused_file_leaves_the_item_open(cast: Cast, file_store: FileStore) -> None:
    house, content = cast.harbour, b"MZ a program"
    kit = await guest(house)
    (deed,), (form,) = await brought(house, kit, File(content))
    await post(form, content)

    async with verify_action(house) as action:
        await completed(kit, deed.id)

    assert action.kinds == ["document.received", "document.refused"]
    assert (await job_now(house, house.books)).category is WorkCategory.WAITING_ON_CLIENT


async def test_a_contact_sees_what_is_shared_and_their_access_gone_nothing(
    cast: Cast, file_store: FileStore
) -> None:
    house = cast.harbour
    contact_id = await invited(house, house.bakery)
    kit = in_portal(house, contact_id)
    inner, form = await announced(house, File())
    await post(form, PDF)
    await completed(house.dan, inner.id)
    assert await link(kit, inner.id) is None

    async with verify_action(house, house.dan) as action:
        await (await Document.load(inner.id)).change({"shared": True}, None)
    assert action.only(EventKind.DOCUMENT_CHANGED)["payload"] == {"shared": [False, True]}
    assert await link(kit, inner.id) is not None
    async with unit_of_work(house.dan):
        await (await Contact.load(contact_id)).close_portal(house.bakery)

    assert await link(kit, inner.id) is None
