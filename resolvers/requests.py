"""Requests."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from models.base import FirmModel
from models.requests import Request, RequestItem
from models.unit_of_work import Row
from resolvers.filters import Where
from resolvers.pages import Order, Window
from resolvers.pages import page as page_of

_NEWEST = Order("t.id", "uuid", descending=True)


async def page(
    window: Window, *, client: Mapping[str, Any] | None = None,
    job: Mapping[str, Any] | None = None, open: bool | None = None,
) -> Row:  # fmt: skip
    where = Where()
    where.compare("t.client_id", client)
    where.compare("t.job_id", job)
    if open is not None:
        where.add("t.state = 'open'" if open else "t.state <> 'open'")
    return await page_of(Request, _NEWEST, window, where)


async def make(**given: Any) -> Request:
    return await Request.make(**given)


async def cancel(*, id: UUID) -> Request:
    return await (await Request.load(id)).cancel()


async def accept_item(*, id: UUID) -> dict[str, FirmModel]:
    return await _both(await (await RequestItem.load(id, lock=False)).accept())


async def reject_item(*, id: UUID, reason: str) -> dict[str, FirmModel]:
    return await _both(await (await RequestItem.load(id, lock=False)).reject(reason))


async def _both(item: RequestItem) -> dict[str, FirmModel]:
    return {"item": item, "request": await Request.load(item.request_id, lock=False)}
