"""The way into the portal: a link that is good once, for a quarter of an hour, then a session."""

import asyncio
from datetime import timedelta

import asyncpg
import pytest

from models import clock
from models.contacts import Contact
from models.errors import ValidationError
from models.events import EventKind
from models.opaque_tokens import token_hash
from models.portal_sign_in import (
    MOST_OPEN_LINKS,
    MagicLink,
    PortalSession,
    contacts_at,
    portal_viewer_of,
    whose_link,
)
from models.sign_in import viewer_of
from models.unit_of_work import current, reading, unit_of_work
from resolvers import portal_sign_in
from tests.cast import Cast
from tests.guests import KIT, come_in, in_portal, invited, mailed, secret_in
from tests.verify import verify_action


async def test_a_link_is_mailed_and_its_secret_is_in_the_letter_alone(cast: Cast) -> None:
    kit = await invited(cast.harbour, cast.harbour.bakery)
    async with verify_action(cast.harbour, cast.harbour.system) as action:
        link = await MagicLink.send(await Contact.load(kit))
        (letter,) = current().letters
    assert link is not None
    assert link.token_hash == token_hash(secret_in(letter))
    assert "token_hash" not in action.only(EventKind.MAGIC_LINK_SENT)["payload"]
    assert (letter.to, letter.sender) == (KIT, "Harbour Accountants")
    assert link.expires_at - link.created_at <= timedelta(minutes=15)


async def test_a_link_is_redeemed_once_for_a_session(cast: Cast) -> None:
    kit = await invited(cast.harbour, cast.harbour.bakery)
    token = await mailed(cast.harbour, kit)
    async with verify_action(cast.harbour) as action:
        session = await portal_sign_in.redeem(token=token)
        with pytest.raises(ValidationError) as refused:
            await portal_sign_in.redeem(token=token)
    assert refused.value.code == "LINK_REFUSED"
    assert action.kinds == [EventKind.MAGIC_LINK_REDEEMED, EventKind.PORTAL_SESSION_OPENED]
    assert "token_hash" not in action.only(EventKind.PORTAL_SESSION_OPENED)["payload"]
    viewer = await portal_viewer_of(session)
    assert viewer is not None
    assert (viewer.firm_id, viewer.contact_id) == (cast.harbour.id, kit)
    assert viewer.permissions == frozenset()


async def test_of_many_who_redeem_a_link_at_once_one_comes_in(cast: Cast) -> None:
    token = await mailed(cast.harbour, await invited(cast.harbour, cast.harbour.bakery))
    tries = (portal_sign_in.redeem(token=token) for _ in range(8))
    results = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(result, str) for result in results) == 1
    assert sum(isinstance(result, ValidationError) for result in results) == 7


async def test_a_link_that_is_a_quarter_of_an_hour_old_is_refused(cast: Cast) -> None:
    house = cast.harbour
    kit = await invited(house, house.bakery)
    async with reading(house.system):
        then = await clock.now() - timedelta(minutes=15)
    async with unit_of_work(house.system, at=then) as unit:
        link = await MagicLink.send(await Contact.load(kit))
        (letter,) = unit.letters
    assert link is not None
    assert await whose_link(secret_in(letter)) is None
    async with unit_of_work(house.system):
        with pytest.raises(ValidationError):
            await (await MagicLink.load(link.id)).redeem()


async def test_the_database_gives_no_link_more_than_its_time_nor_a_second_life(cast: Cast) -> None:
    token = await mailed(cast.harbour, await invited(cast.harbour, cast.harbour.bakery))
    for change in (
        "expires_at = expires_at + interval '1 second'",
        "redeemed_at = expires_at",
    ):
        with pytest.raises(asyncpg.CheckViolationError):
            async with unit_of_work(cast.harbour.system) as unit:
                await unit.execute(
                    f"update magic_link set {change} where token_hash = $1", token_hash(token)
                )


async def test_a_mailbox_is_not_flooded(cast: Cast) -> None:
    kit = await invited(cast.harbour, cast.harbour.bakery)
    links = [await mailed(cast.harbour, kit) for _ in range(MOST_OPEN_LINKS)]
    async with verify_action(cast.harbour, cast.harbour.system) as action:
        assert await MagicLink.send(await Contact.load(kit)) is None
        assert current().letters == []
    assert action.kinds == []
    assert await portal_viewer_of(await portal_sign_in.redeem(token=links[0])) is not None


async def test_signing_out_is_the_contacts_own_act_and_ends_this_session_alone(cast: Cast) -> None:
    house = cast.harbour
    kit = await invited(house, house.bakery)
    here, there = await come_in(house, kit), await come_in(house, kit)
    viewer = await portal_viewer_of(here)
    assert viewer is not None
    assert viewer.session_id is not None
    async with verify_action(house, viewer) as action:
        session = await PortalSession.load(viewer.session_id)
        await (await session.close()).close()
    assert action.only(EventKind.PORTAL_SESSION_CLOSED)["actor_id"] == str(kit)
    assert await portal_viewer_of(here) is None
    assert await portal_viewer_of(there) is not None


async def test_nobody_ends_the_session_of_somebody_else(cast: Cast) -> None:
    house = cast.harbour
    kit = await invited(house, house.bakery)
    kim = await invited(house, house.bakery, email="kim@bakery.example")
    viewer = await portal_viewer_of(await come_in(house, kit))
    assert viewer is not None
    async with reading(in_portal(house, kim)):
        assert await PortalSession.find(viewer.session_id or kit) is None


async def test_a_person_known_to_two_firms_is_found_in_both_and_comes_into_each(
    cast: Cast,
) -> None:
    email = f"kit-{cast.harbour.id.hex}@bakery.example"
    kits = {house.id: await invited(house, house.bakery, email=email)
            for house in (cast.harbour, cast.alpine)}  # fmt: skip
    found = await contacts_at(email.upper())
    assert {one.firm_id: one.contact_id for one in found} == kits
    for house in (cast.harbour, cast.alpine):
        viewer = await portal_viewer_of(await come_in(house, kits[house.id]))
        assert viewer is not None
        assert viewer.firm_id == house.id


async def test_whom_no_firm_has_let_in_is_not_found(cast: Cast) -> None:
    email = f"kim-{cast.harbour.id.hex}@bakery.example"
    await invited(cast.harbour, email=email)
    assert await contacts_at(email) == []


async def test_the_secrets_of_one_kind_open_nothing_of_another(cast: Cast) -> None:
    kit = await invited(cast.harbour, cast.harbour.bakery)
    link, session = await mailed(cast.harbour, kit), await come_in(cast.harbour, kit)
    assert await whose_link(session) is None
    assert await portal_viewer_of(link) is None
    assert await viewer_of(session) is None
