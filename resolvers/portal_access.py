"""Letting contacts into the portal, and out of it."""

from uuid import UUID

from models.base import FirmModel
from models.clients import Client
from models.contacts import Contact

Changed = dict[str, FirmModel | None]


async def invite(*, contact_id: UUID, client_id: UUID) -> Changed:
    contact, client = await _both(contact_id, client_id)
    return {"contact": contact, "portal_access": await contact.open_portal(client)}


async def withdraw(*, contact_id: UUID, client_id: UUID) -> Changed:
    contact, client = await _both(contact_id, client_id)
    return {"contact": contact, "portal_access": await contact.close_portal(client.id)}


async def _both(contact_id: UUID, client_id: UUID) -> tuple[Contact, Client]:
    contact = await Contact.load(contact_id, path=("contactId",))
    return contact, await Client.load(client_id, lock=False, path=("clientId",))
