"""How a client's contact comes into the portal, and goes."""

from models.contacts import Contact
from models.members import address
from models.portal_sign_in import (
    MagicLink,
    PortalSession,
    contacts_at,
    link_refused,
    whose_link,
)
from models.unit_of_work import unit_of_work
from models.viewer import Viewer
from resolvers.afterwards import afterwards


async def request_link(*, email: str) -> None:
    """Mail a link from every firm that has opened its portal to this address.

    Nobody looks whether there is one before the answer is given: known and unknown addresses are
    answered alike, and as fast. Raises ValidationError for what is no address.
    """
    known = address(email)
    afterwards(lambda: _send_links(known))


async def _send_links(email: str) -> None:
    for found in await contacts_at(email):
        async with unit_of_work(Viewer.system(found.firm_id, "portal sign-in")):
            await MagicLink.send(await Contact.load(found.contact_id))


async def redeem(*, token: str) -> str:
    """A session's token for a link's. Raises ValidationError for any link but a good one."""
    found = await whose_link(token)
    if found is None or found.link_id is None:
        raise link_refused()
    async with unit_of_work(Viewer.system(found.firm_id, "portal sign-in")):
        await Contact.load(found.contact_id)
        return await (await MagicLink.load(found.link_id)).redeem()


async def sign_out(viewer: Viewer) -> None:
    """End the contact's own session."""
    if viewer.session_id is not None:
        async with unit_of_work(viewer):
            await (await PortalSession.load(viewer.session_id)).close()
