"""Signing in and out."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from models import clock
from models.connection import before_any_firm
from models.errors import ValidationError
from models.sign_in import Account, Session, accounts
from models.unit_of_work import unit_of_work
from models.viewer import Viewer


def described(viewer: Viewer | None) -> dict[str, Any] | None:
    if viewer is None or viewer.member_id is None:
        return None
    return {"id": viewer.member_id, "member_id": viewer.member_id, "firm_id": viewer.firm_id,
            "permissions": sorted(viewer.permissions)}  # fmt: skip


async def server_time(viewer: Viewer | None) -> datetime:
    if viewer is not None:
        return await clock.now()
    async with before_any_firm() as connection:
        moment: datetime = await connection.fetchval("select clock_timestamp()")
    return moment.astimezone(UTC)


async def sign_in(*, email: str, password: str, firm_id: UUID | None = None) -> str | list[Account]:
    """A new session's token, or the firms to choose from.

    Raises ValidationError with one and the same words for a wrong password, an unknown address
    and a firm that is not theirs.
    """
    known = await accounts(email, password)
    if firm_id is not None:
        known = [account for account in known if account.firm_id == firm_id]
    if not known:
        raise ValidationError("This address and password do not open a firm here.",
                              path=("password",), code="SIGN_IN_REFUSED")  # fmt: skip
    if len(known) > 1:
        return known
    viewer = Viewer.system(known[0].firm_id, "sign-in")
    async with unit_of_work(viewer):
        _, token = await Session.open(known[0].member_id)
    return token


async def sign_out(viewer: Viewer) -> None:
    """End the viewer's own session; an API token is revoked, not signed out."""
    if viewer.session_id is None:
        return
    async with unit_of_work(viewer):
        await (await Session.load(viewer.session_id)).close()
