"""Contacts: the people behind the clients, each once per firm."""

import asyncpg
from uuid_utils.compat import uuid7

from models.clients import Client
from models.contacts import Contact
from models.errors import Conflict, ValidationError
from models.events import EventKind
from models.unit_of_work import unit_of_work
from tests.cast import Cast
from tests.verify import verify_action, verify_refusal


async def test_a_contact_is_added_with_their_address_in_its_normal_form(cast: Cast) -> None:
    async with verify_action(cast.harbour, cast.harbour.dan) as action:
        contact = await Contact.add(name="Kit", email="Kit@BAKERY.example", phone="020 7946 0000")
    assert contact.email == "Kit@bakery.example"
    assert action.kinds == [EventKind.CONTACT_ADDED]


async def test_a_contact_needs_no_address_but_a_sound_one(cast: Cast) -> None:
    async with verify_action(cast.harbour, cast.harbour.dan):
        await Contact.add(name="Kit")
        await Contact.add(name="Kim")
    async with verify_refusal(cast.harbour, cast.harbour.dan, ValidationError, path="email"):
        await Contact.add(name="Kit", email="kit")


async def test_one_address_is_one_contact(cast: Cast) -> None:
    async with unit_of_work(cast.harbour.dan):
        await Contact.add(name="Kit", email="kit@bakery.example")
    async with verify_refusal(cast.harbour, cast.harbour.dan, asyncpg.UniqueViolationError):
        await Contact.add(name="Kit", email="KIT@bakery.example")
    async with verify_action(cast.alpine, cast.alpine.dan):
        await Contact.add(name="Kit", email="kit@bakery.example")


async def test_a_contact_is_changed(cast: Cast) -> None:
    async with verify_action(cast.harbour, cast.harbour.dan) as action:
        contact = await Contact.add(name="Kit", email="kit@bakery.example")
        await contact.change({"email": "kit@MILL.example", "phone": "1"}, 1)
        await contact.change({"email": None}, 2)
    assert action.kinds == [EventKind.CONTACT_ADDED] + [EventKind.CONTACT_CHANGED] * 2


async def test_a_contact_is_not_given_a_broken_address(cast: Cast) -> None:
    async with unit_of_work(cast.harbour.dan):
        kit = await Contact.add(name="Kit")
    async with verify_refusal(cast.harbour, cast.harbour.dan, ValidationError, path="email"):
        await (await Contact.load(kit.id)).change({"email": "kit@"}, None)


async def test_a_contact_made_twice_under_one_id_is_made_once(cast: Cast) -> None:
    id = uuid7()
    async with verify_action(cast.harbour) as action:
        for _ in range(2):
            async with unit_of_work(cast.harbour.dan):
                await Contact.add(id=id, name="Kit", email="Kit@BAKERY.example")
    assert action.kinds == [EventKind.CONTACT_ADDED]
    async with verify_refusal(cast.harbour, cast.harbour.dan, Conflict, code="ID_TAKEN"):
        await Contact.add(id=id, name="Kim", email="Kit@BAKERY.example")


async def test_a_contact_has_each_role_at_a_client_once(cast: Cast) -> None:
    async with verify_action(cast.harbour, cast.harbour.dan) as action:
        kit = await Contact.add(name="Kit")
        bakery = await Client.load(cast.harbour.bakery)
        first = await kit.link(bakery, "director")
        assert (await kit.link(bakery, "director")).id == first.id
        await kit.link(bakery, "signatory")
        await kit.unlink(bakery, "director")
        await kit.unlink(bakery, "director")
    assert action.kinds == [
        EventKind.CONTACT_ADDED,
        EventKind.CONTACT_LINKED,
        EventKind.CONTACT_LINKED,
        EventKind.CONTACT_UNLINKED,
    ]
