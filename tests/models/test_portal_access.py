"""Portal access: staff open the portal to a contact, client by client, and close it again."""

import pytest

from models.clients import Client
from models.contacts import Contact
from models.errors import NotFound, ValidationError
from models.events import EventKind
from models.portal_sign_in import portal_viewer_of, whose_link
from models.unit_of_work import current, unit_of_work
from tests.cast import Cast
from tests.guests import KIT, come_in, invited, mailed
from tests.verify import verify_action, verify_refusal

SHUT_OUT = [EventKind.MAGIC_LINK_LAPSED, EventKind.PORTAL_SESSION_CLOSED]


async def test_a_contact_is_invited_once_and_told_once_without_any_secret(cast: Cast) -> None:
    async with verify_action(cast.harbour, cast.harbour.dan) as action:
        kit = await Contact.add(name="Kit\nSmith", email=KIT)
        bakery = await Client.load(cast.harbour.bakery)
        await kit.link(bakery, "director")
        first = await kit.open_portal(bakery)
        assert (await kit.open_portal(bakery)).id == first.id
        (letter,) = current().letters
    assert action.kinds[2:] == [EventKind.PORTAL_ACCESS_GRANTED]
    assert (letter.to, letter.sender) == (KIT, "Harbour Accountants")
    assert "Dear Kit Smith,\n" in letter.text
    assert "The Bakery" in letter.text
    assert letter.text.splitlines()[6].endswith("/portal/sign-in")


async def test_without_an_address_or_a_role_at_the_client_nobody_is_invited(cast: Cast) -> None:
    async with unit_of_work(cast.harbour.dan):
        bakery = await Client.load(cast.harbour.bakery)
        silent, stranger = await Contact.add(name="Kit"), await Contact.add(name="Kim", email=KIT)
        await silent.link(bakery, "director")
    for contact, path in ((silent, "contactId"), (stranger, "clientId")):
        async with verify_refusal(cast.harbour, cast.harbour.dan, ValidationError, path=path):
            await (await Contact.load(contact.id)).open_portal(await Client.load(bakery.id))


async def test_whoever_may_not_see_a_client_lets_nobody_else_see_it(cast: Cast) -> None:
    kit = await invited(cast.harbour, cast.harbour.bakery)
    async with verify_refusal(cast.harbour, cast.harbour.dan, NotFound):
        await (await Contact.load(kit)).open_portal(await Client.load(cast.harbour.vault))


async def test_access_is_withdrawn_and_given_anew(cast: Cast) -> None:
    kit = await invited(cast.harbour, cast.harbour.bakery)
    async with verify_action(cast.harbour, cast.harbour.dan) as action:
        contact = await Contact.load(kit)
        withdrawn = await contact.close_portal(cast.harbour.bakery)
        assert withdrawn is not None
        await withdrawn.withdraw()
        assert await contact.close_portal(cast.harbour.bakery) is None
        again = await contact.open_portal(await Client.load(cast.harbour.bakery))
    assert again.id != withdrawn.id
    assert action.kinds == [EventKind.PORTAL_ACCESS_WITHDRAWN, EventKind.PORTAL_ACCESS_GRANTED]


@pytest.mark.parametrize("end", ["withdrawn", "unlinked", "moved to another address"])
async def test_with_their_last_access_or_their_address_goes_all_they_came_in_by(
    cast: Cast, end: str
) -> None:
    house = cast.harbour
    kit = await invited(house, house.bakery)
    session, link = await come_in(house, kit), await mailed(house, kit)
    assert await portal_viewer_of(session) is not None

    async with verify_action(house, house.dan) as action:
        contact = await Contact.load(kit)
        match end:
            case "withdrawn":
                await contact.close_portal(house.bakery)
            case "unlinked":
                await contact.unlink(await Client.load(house.bakery), "director")
            case _:
                await contact.change({"email": "kit@mill.example"}, None)

    assert action.kinds[-2:] == SHUT_OUT
    assert await portal_viewer_of(session) is None
    assert await whose_link(link) is None
    async with unit_of_work(house.dan):
        contact = await Contact.load(kit)
        await contact.link(await Client.load(house.bakery), "owner")
        await contact.open_portal(await Client.load(house.bakery))
    assert await portal_viewer_of(session) is None, "what has ended stays so"
    assert await whose_link(link) is None


async def test_one_of_two_clients_or_roles_less_leaves_the_contact_signed_in(cast: Cast) -> None:
    house = cast.harbour
    kit = await invited(house, house.bakery, house.mill)
    session = await come_in(house, kit)
    async with verify_action(house, house.dan) as action:
        contact, mill = await Contact.load(kit), await Client.load(house.mill)
        await contact.close_portal(house.bakery)
        await contact.link(mill, "signatory")
        await contact.unlink(mill, "signatory")
        await contact.change({"name": "Kit Miller", "email": KIT}, None)
    assert not {*SHUT_OUT} & {*action.kinds}
    assert await portal_viewer_of(session) is not None
