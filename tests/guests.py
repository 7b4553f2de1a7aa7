"""Contacts of the cast's clients who have been let into the portal, and their way in."""

import re
from uuid import UUID, uuid4

from models.clients import Client
from models.contacts import Contact
from models.mail import Letter
from models.portal_sign_in import MagicLink
from models.unit_of_work import unit_of_work
from models.viewer import Viewer
from resolvers import portal_sign_in
from tests.cast import House

KIT = "kit@bakery.example"


async def invited(house: House, *clients: UUID, email: str = KIT) -> UUID:
    """Kit, a director of these clients, who may look at them in the portal."""
    async with unit_of_work(house.ada):
        kit = await Contact.add(name="Kit", email=email)
        for id in clients:
            client = await Client.load(id)
            await kit.link(client, "director")
            await kit.open_portal(client)
    return kit.id


async def mailed(house: House, contact_id: UUID) -> str:
    """The secret of a link that was mailed to the contact just now."""
    async with unit_of_work(house.system) as unit:
        await MagicLink.send(await Contact.load(contact_id))
        (letter,) = unit.letters
    return secret_in(letter)


def secret_in(letter: Letter) -> str:
    """What stands behind the # of the link in a letter."""
    (token,) = re.findall(r"/portal/sign-in#(\S+)", letter.text)
    return str(token)


async def come_in(house: House, contact_id: UUID) -> str:
    """The token of a session of theirs."""
    return await portal_sign_in.redeem(token=await mailed(house, contact_id))


def in_portal(house: House, contact_id: UUID) -> Viewer:
    """The contact as the one who asks, for what needs no session to be there."""
    return Viewer.of_contact(house.id, contact_id, session_id=uuid4())


async def guest(house: House, client: UUID | None = None) -> Viewer:
    """Kit as the one who asks: the bakery's, unless said."""
    return in_portal(house, await invited(house, client or house.bakery))
