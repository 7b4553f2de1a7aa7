"""How a client's contact comes in: a link by mail, good once, then a session of the portal.

The contact's row is the lock: who issues, redeems or withdraws has loaded it for a change.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar, Self
from uuid import UUID

from tortoise import fields

from models import clock
from models.base import FirmModel, belongs_to
from models.connection import before_any_firm
from models.database import database
from models.errors import ValidationError
from models.events import EventKind
from models.firms import Firm
from models.mail import Addressee
from models.opaque_tokens import Admission, all_found_by, found_by, new_token, token_hash
from models.portal_letters import sign_in_link
from models.unit_of_work import current
from models.viewer import Viewer

LINK_PREFIX = "op_link_"
SESSION_PREFIX = "op_portal_"
LINK_LIFETIME = timedelta(minutes=15)
SESSION_LIFETIME = timedelta(days=7)
MOST_OPEN_LINKS = 5


def link_refused() -> ValidationError:
    """One and the same for a link that is used, expired, withdrawn or was never given out."""
    return ValidationError("This link is not valid any more. Ask for a new one.",
                           path=("token",), code="LINK_REFUSED")  # fmt: skip


class MagicLink(FirmModel):
    """A way in that was sent by mail."""

    thing: ClassVar[str] = "sign-in link"
    secret: ClassVar[frozenset[str]] = frozenset({"token_hash"})

    contact = belongs_to("Contact")
    contact_id: UUID
    token_hash = fields.BinaryField()
    expires_at: datetime = fields.DatetimeField()
    redeemed_at: datetime | None = fields.DatetimeField(null=True)

    class Meta:
        table = "magic_link"

    @classmethod
    async def send(cls, contact: Addressee) -> Self | None:
        """Mail the contact a new link; its secret is in that letter and nowhere else.

        None while enough of them are open: nobody's mailbox is flooded, whoever asks.
        """
        unit, now = current(), await clock.now()
        opened = await unit.fetchval(
            "select count(*) from magic_link"
            " where contact_id = $1 and redeemed_at is null and expires_at > $2", contact.id, now,
        )  # fmt: skip
        if contact.email is None or opened >= MOST_OPEN_LINKS:
            return None
        token = new_token(LINK_PREFIX)
        link = await cls.create(EventKind.MAGIC_LINK_SENT, given={
            "contact_id": contact.id, "token_hash": token_hash(token),
            "expires_at": now + LINK_LIFETIME,
        })  # fmt: skip
        unit.letters.append(sign_in_link(
            to=contact.email, name=contact.name, firm=await Firm.mine(), token=token,
            site=database().mailer.site,
        ))  # fmt: skip
        return link

    async def redeem(self) -> str:
        """A session's token for this link, once. Raises ValidationError ever after."""
        now = await clock.now()
        if self.redeemed_at is not None or self.expires_at <= now:
            raise link_refused()
        await self.record(EventKind.MAGIC_LINK_REDEEMED, redeemed_at=now)
        _, token = await PortalSession.open(self.contact_id)
        return token


class PortalSession(Admission):
    """A contact's signed-in browser or device."""

    thing: ClassVar[str] = "portal session"

    contact = belongs_to("Contact")
    contact_id: UUID

    class Meta:
        table = "portal_session"

    @classmethod
    async def open(cls, contact_id: UUID) -> tuple[Self, str]:
        """A new session and its token, which is shown this once."""
        token = new_token(SESSION_PREFIX)
        session = await cls.create(EventKind.PORTAL_SESSION_OPENED, given={
            "contact_id": contact_id, "token_hash": token_hash(token),
            "expires_at": await clock.now() + SESSION_LIFETIME,
        })  # fmt: skip
        return session, token

    async def close(self) -> Self:
        """Sign out; twice is once."""
        return await self._end(EventKind.PORTAL_SESSION_CLOSED)


async def shut_out(contact_id: UUID) -> None:
    """End a contact's sessions, and every link that is still on its way to them."""
    unit, now = current(), await clock.now()
    for row in await unit.fetch(
        "select * from magic_link where contact_id = $1 and redeemed_at is null"
        " and expires_at > $2 for no key update", contact_id, now,
    ):  # fmt: skip
        await MagicLink.from_row(row).record(EventKind.MAGIC_LINK_LAPSED, expires_at=now)
    for row in await unit.fetch(
        "select * from portal_session where contact_id = $1 and revoked_at is null"
        " for no key update", contact_id,
    ):  # fmt: skip
        await PortalSession.from_row(row).close()


@dataclass(frozen=True, slots=True)
class Found:
    """A contact of some firm; by a link, when that was what led there."""

    firm_id: UUID
    contact_id: UUID
    link_id: UUID | None = None


async def contacts_at(email: str) -> list[Found]:
    """Everybody of that address to whom a firm has opened its portal."""
    async with before_any_firm() as connection:
        rows = await connection.fetch("select * from find_portal_contacts($1)", email)
    return [Found(row["firm_id"], row["contact_id"]) for row in rows]


async def whose_link(token: str) -> Found | None:
    """Whom this secret was mailed to, while it can still be redeemed."""
    row = await found_by(token, prefix=LINK_PREFIX, finder="find_magic_link")
    return None if row is None else Found(row["firm_id"], row["contact_id"], row["link_id"])


async def portal_viewer_of(token: str) -> Viewer | None:
    """Which contact holds this session now; None when nobody does (any more)."""
    return (await portal_viewers_of([token])).get(token)


async def portal_viewers_of(tokens: Collection[str]) -> dict[str, Viewer]:
    """Which contact holds each of these now; those that nobody does are left out."""
    found = await all_found_by(tokens, prefix=SESSION_PREFIX, finder="find_portal_session")
    return {
        token: Viewer.of_contact(row["firm_id"], row["contact_id"], session_id=row["session_id"])
        for token, row in found.items()
    }
