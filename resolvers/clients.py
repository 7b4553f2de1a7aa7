"""Clients."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from models.base import FirmModel
from models.clients import Client, ClientRole
from models.external_ids import ExternalId
from models.members import Member
from models.unit_of_work import Row
from resolvers import external_ids
from resolvers.filters import Where
from resolvers.pages import Order, Window
from resolvers.pages import page as page_of

_ORDERS = {"name": Order("lower(t.name)", "text"), "newest": Order("t.id", "uuid", descending=True)}


async def page(
    window: Window, order: str, *,
    name: Mapping[str, Any] | None = None, status: Mapping[str, Any] | None = None,
    kind: Mapping[str, Any] | None = None, tag: str | None = None,
    member: Mapping[str, Any] | None = None, search: str | None = None,
    external_id: Mapping[str, str] | None = None,
) -> Row:  # fmt: skip
    where = Where()
    where.compare("t.name", name)
    where.compare("t.status", status)
    where.compare("t.kind", kind)
    where.search(search, "t.name")
    if tag is not None:
        where.add("t.tags @> array[{}]::text[]", tag)
    if member:
        part = where.inner()
        part.compare("r.member_id", member)
        where.add("t.id in (select r.client_id from client_role r where r.until_date is null"
                  f" and {part.sql})")  # fmt: skip
    external_ids.narrow(where, Client, external_id)
    return await page_of(Client, _ORDERS[order], window, where)


async def add(*, external_id: Mapping[str, str] | None = None, **given: Any) -> Client:
    """A new client; one that the other system's id is known of is changed to what is said."""
    if external_id is None:
        return await Client.add(**given)
    known = await external_ids.client_known_as(**external_id)
    if known is not None:
        given.pop("id", None)
        return await known.change(given, None)
    client = await Client.add(**given)
    await ExternalId.give(client, **external_id, path=("externalId",))
    return client


async def update(*, id: UUID, expected_version: int | None = None, **changes: Any) -> Client:
    return await (await Client.load(id)).change(changes, expected_version)


async def assign(
    *, client_id: UUID, member_id: UUID, role: str, from_date: date | None = None,
    id: UUID | None = None,
) -> dict[str, FirmModel]:  # fmt: skip
    client = await Client.load(client_id, path=("clientId",))
    member = await Member.load(member_id, lock=False, path=("memberId",))
    part = await client.assign(member, role, from_date=from_date, id=id)
    return {"client_role": part, "client": client}


async def end_role(*, id: UUID, until_date: date | None = None) -> ClientRole:
    return await (await ClientRole.load(id)).end(until_date)
