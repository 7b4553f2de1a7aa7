"""Documents: announced here, sent to the file store and fetched from it, examined in between."""

from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from typing import Any
from uuid import UUID

from models.database import database
from models.documents import Document
from models.documents.examination import Verdict, arrived, examine
from models.errors import Locked
from models.unit_of_work import Row, reading, unit_of_work
from models.viewer import Viewer
from resolvers.afterwards import afterwards
from resolvers.filters import Where
from resolvers.pages import Order, Window
from resolvers.pages import page as page_of
from resolvers.reading import one

_NEWEST = Order("t.id", "uuid", descending=True)


async def page(
    window: Window, *, client: Mapping[str, Any] | None = None,
    job: Mapping[str, Any] | None = None, name: Mapping[str, Any] | None = None,
) -> Row:  # fmt: skip
    where = Where()
    for column, asked in (("client_id", client), ("job_id", job), ("name", name)):
        where.compare(f"t.{column}", asked)
    return await page_of(Document, _NEWEST, window, where)


async def start_upload(**said: Any) -> dict[str, Any]:
    return await with_form(await Document.announce(**said))


async def with_form(document: Document) -> dict[str, Any]:
    """The document, and the form by which its file, and no other, is sent."""
    if document.is_settled:
        raise Locked("This file has come already.", path=("id",))
    form = await database().files.upload_form(
        document.quarantine_key, size=document.size, media_type=document.media_type,
        sha256=document.sha256,
    )  # fmt: skip
    return {"document": document, "form": asdict(form)}


async def examined(viewer: Viewer, *, id: UUID) -> Verdict | None:
    """What is to be said of what has come; None where it was said before."""
    async with reading(viewer):
        document = await Document.load(id, lock=False)
    if document.is_settled:
        return None
    stored = await arrived(document)
    async with unit_of_work(viewer):
        await (await Document.load(id, lock=False)).receive()
    return await examine(document, stored)


async def complete_upload(*, id: UUID, ahead: Verdict | None) -> Document:
    document = await (await Document.load(id, lock=False)).settle(ahead)
    if ahead is not None and ahead.key not in (None, document.storage_key):
        # Somebody was faster: this copy is nobody's.
        afterwards(partial(database().files.delete, ahead.key))
    return document


async def update(*, id: UUID, expected_version: int | None = None, **changes: Any) -> Document:
    return await (await Document.load(id)).change(changes, expected_version)


async def download_link(id: UUID) -> Row | None:
    """A link for what may be fetched now, by whom it may be seen now."""
    document = await one(Document, id)
    if document is None or document["storage_key"] is None:
        return None
    return {"url": await database().files.download_link(document["storage_key"], document["name"])}
