"""Contacts."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from models.clients import Client
from models.contacts import Contact
from models.unit_of_work import Row
from resolvers.filters import Where
from resolvers.pages import Order, Window
from resolvers.pages import page as page_of

_BY_NAME = Order("lower(t.name)", "text")


async def page(window: Window, name: Mapping[str, Any] | None) -> Row:
    where = Where()
    where.compare("t.name", name)
    return await page_of(Contact, _BY_NAME, window, where)


async def add(**given: Any) -> Contact:
    return await Contact.add(**given)


async def update(*, id: UUID, expected_version: int | None = None, **changes: Any) -> Contact:
    return await (await Contact.load(id)).change(changes, expected_version)


async def link(*, contact_id: UUID, client_id: UUID, role: str) -> Contact:
    contact = await Contact.load(contact_id, path=("contactId",))
    await contact.link(await Client.load(client_id, lock=False, path=("clientId",)), role)
    return contact


async def unlink(*, contact_id: UUID, client_id: UUID, role: str) -> Contact:
    contact = await Contact.load(contact_id, path=("contactId",))
    await contact.unlink(await Client.load(client_id, lock=False, path=("clientId",)), role)
    return contact
