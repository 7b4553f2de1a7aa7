"""Portal access: which of their clients a contact may look at through the portal."""

from datetime import datetime
from typing import ClassVar, Self
from uuid import UUID

from tortoise import fields

from models import clock
from models.base import FirmModel, belongs_to
from models.clients import Client
from models.database import database
from models.errors import ValidationError
from models.events import EventKind
from models.firms import Firm
from models.mail import Addressee
from models.portal_letters import invitation
from models.portal_sign_in import shut_out
from models.unit_of_work import current
from models.visibility import Sight


class PortalAccess(FirmModel):
    """A client that a contact may look at, from its making until it is withdrawn."""

    thing: ClassVar[str] = "portal access"
    sight: ClassVar[Sight] = Sight.OF_CLIENT

    client = belongs_to("Client")
    client_id: UUID
    contact = belongs_to("Contact")
    contact_id: UUID
    withdrawn_at: datetime | None = fields.DatetimeField(null=True)

    class Meta:
        table = "portal_access"

    @classmethod
    async def of(cls, contact: Addressee, client_id: UUID) -> Self | None:
        """The access that stands, if there is one."""
        return await cls.held(
            "contact_id = $1 and client_id = $2 and withdrawn_at is null", contact.id, client_id
        )

    @classmethod
    async def grant(cls, contact: Addressee, client: Client) -> Self:
        """Open the portal to a contact for one of their clients, and tell them; twice is once."""
        found = await cls.of(contact, client.id)
        if found is not None:
            return found
        if contact.email is None:
            raise ValidationError("They need an e-mail address first.", path=("contactId",))
        unit = current()
        if not await unit.fetchval(
            "select exists (select from client_contact where contact_id = $1 and client_id = $2)",
            contact.id, client.id,
        ):  # fmt: skip
            raise ValidationError("Give them a role at this client first.", path=("clientId",))
        access = await cls.create(EventKind.PORTAL_ACCESS_GRANTED, given={
            "contact_id": contact.id, "client_id": client.id,
        })  # fmt: skip
        unit.letters.append(invitation(
            to=contact.email, name=contact.name, firm=await Firm.mine(), client=client,
            site=database().mailer.site,
        ))  # fmt: skip
        return access

    async def withdraw(self) -> Self:
        """Close it; with the last one, the contact's sessions end and their links lapse."""
        if self.withdrawn_at is not None:
            return self
        await self.record(EventKind.PORTAL_ACCESS_WITHDRAWN, withdrawn_at=await clock.now())
        if not await current().fetchval(
            "select exists (select from portal_access where contact_id = $1"
            " and withdrawn_at is null)", self.contact_id,
        ):  # fmt: skip
            await shut_out(self.contact_id)
        return self
