"""Contacts: the people behind the clients, each once per firm."""

from typing import Any, ClassVar, Self
from uuid import UUID

from tortoise import fields

from models.base import FirmModel, belongs_to
from models.clients import Client
from models.events import EventKind
from models.members import address
from models.portal_access import PortalAccess
from models.portal_sign_in import shut_out
from models.unit_of_work import current
from models.visibility import Sight


class Contact(FirmModel):
    """A person whom the firm talks to."""

    thing: ClassVar[str] = "contact"
    sight: ClassVar[Sight] = Sight.CONTACT
    secret: ClassVar[frozenset[str]] = frozenset({"email_key"})  # made of the e-mail address

    name = fields.CharField(200)
    email = fields.CharField(254, null=True)
    email_key = fields.TextField(null=True)
    phone = fields.CharField(50, null=True)

    class Meta:
        table = "contact"

    @classmethod
    async def add(cls, *, name: str, id: UUID | None = None, **given: Any) -> Self:
        if given.get("email"):
            given["email"] = address(given["email"])
        return await cls.create(EventKind.CONTACT_ADDED, id=id, given={"name": name, **given})

    async def change(self, changes: dict[str, Any], expected_version: int | None) -> Self:
        """Patch the contact. Whoever came into the portal by the old address comes in anew."""
        before = self.email
        if changes.get("email"):
            changes["email"] = address(changes["email"])
        await self.merge(EventKind.CONTACT_CHANGED, changes, expected_version)
        if self.email != before:
            await shut_out(self.id)
        return self

    async def link(self, client: Client, role: str, *, id: UUID | None = None) -> "ClientContact":
        """Give the contact a role (director, signatory …) at a client; twice is once."""
        found = await ClientContact.of(self, client, role)
        return found or await ClientContact.create(EventKind.CONTACT_LINKED, id=id, given={
            "client_id": client.id, "contact_id": self.id, "role": role,
        })  # fmt: skip

    async def unlink(self, client: Client, role: str) -> None:
        """Take a role at a client away; with the last one there, their portal access goes too."""
        found = await ClientContact.of(self, client, role)
        if found is None:
            return
        await found.record_removal(EventKind.CONTACT_UNLINKED)
        if not await current().fetchval(
            "select exists (select from client_contact where contact_id = $1 and client_id = $2)",
            self.id, client.id,
        ):  # fmt: skip
            await self.close_portal(client.id)

    async def open_portal(self, client: Client) -> PortalAccess:
        """Let the contact look at one of their clients in the portal; twice is once."""
        return await PortalAccess.grant(self, client)

    async def close_portal(self, client_id: UUID) -> PortalAccess | None:
        """Let them no more; None when they were not let."""
        access = await PortalAccess.of(self, client_id)
        return None if access is None else await access.withdraw()


class ClientContact(FirmModel):
    """A contact's role at a client."""

    thing: ClassVar[str] = "client contact"
    sight: ClassVar[Sight] = Sight.OF_CLIENT

    client = belongs_to("Client")
    client_id: UUID
    contact = belongs_to("Contact")
    contact_id: UUID
    role = fields.CharField(60)

    class Meta:
        table = "client_contact"

    @classmethod
    async def of(cls, contact: Contact, client: Client, role: str) -> Self | None:
        return await cls.held(
            "contact_id = $1 and client_id = $2 and role = $3", contact.id, client.id, role
        )
