"""A password is changed by who knows the old one, or by who manages members."""

import pytest

from models.errors import Forbidden, ValidationError
from models.events import EventKind
from models.members import Member
from models.permissions import Role
from models.sign_in import Credential, Session, accounts, hashed, viewer_of
from models.unit_of_work import unit_of_work
from resolvers import members
from tests.cast import Cast, House, Person
from tests.verify import verify_action, verify_refusal

OLD, NEW = "correct horse battery", "staple of the new kind"


async def with_password(house: House, who: Person) -> str:
    """Their address, OLD being their password."""
    async with unit_of_work(house.ada):
        member = await Member.load(who.id)
        address = f"{who.id.hex}@harbour.example"
        await member.change({"email": address}, None)
        await Credential.set(member, await hashed(OLD))
    return address


async def test_ones_own_by_the_one_that_holds_and_other_devices_are_signed_out(cast: Cast) -> None:
    house = cast.harbour
    address = await with_password(house, house.dan)
    async with unit_of_work(house.dan):
        _, token = await Session.open(house.dan.id)

    async with verify_action(house, house.dan) as action:
        await members.set_password(member_id=house.dan.id, password=NEW, current_password=OLD)

    assert action.kinds == [EventKind.PASSWORD_SET, EventKind.SESSION_CLOSED]
    assert await viewer_of(token) is None
    assert [len(await accounts(address, said)) for said in (OLD, NEW)] == [0, 1]


@pytest.mark.parametrize("said", [None, "", NEW])
async def test_without_the_one_that_holds_it_stays(cast: Cast, said: str | None) -> None:
    house = cast.harbour
    address = await with_password(house, house.dan)
    async with verify_refusal(house, house.dan, ValidationError, path="currentPassword"):
        await members.set_password(member_id=house.dan.id, password=NEW, current_password=said)
    assert len(await accounts(address, OLD)) == 1


async def test_who_manages_members_gives_a_first_one_or_another(cast: Cast) -> None:
    house = cast.harbour
    address = await with_password(house, house.eve)
    async with verify_action(house, house.ben):
        await members.set_password(member_id=house.eve.id, password=NEW)
    assert len(await accounts(address, NEW)) == 1


async def test_nobody_else_does_and_an_owners_is_an_owners_own(cast: Cast) -> None:
    house = cast.harbour
    async with verify_refusal(house, house.cleo, Forbidden):
        await members.set_password(member_id=house.dan.id, password=NEW)
    assert house.ben.role is Role.PARTNER
    async with verify_refusal(house, house.ben, Forbidden):
        await members.set_password(member_id=house.ada.id, password=NEW)
