"""What other systems call our things: one name, one thing, in one firm."""

import asyncio

import asyncpg
import pytest
from uuid_utils.compat import uuid7

from models.events import EventKind
from models.external_ids import ExternalId
from models.unit_of_work import reading, unit_of_work
from resolvers.imports.external_ids import ExternalIds
from tests.cast import Cast, House
from tests.verify import verify_action, verify_refusal

KEPT = EventKind.EXTERNAL_ID_KEPT


async def keep(house: House, system: str = "xero", entity: str = "client", key: str = "42") -> None:
    async with unit_of_work(house.ada):
        ids = ExternalIds(system)
        await ids.load([entity])
        await ids.keep(entity, key, house.bakery, house.bakery)


async def test_a_name_is_kept_found_again_and_given_to_another_thing(cast: Cast) -> None:
    house = cast.harbour
    async with verify_action(house, house.ada) as action:
        ids = ExternalIds("xero")
        await ids.load(["client"])
        assert ids.get("client", "42") is None
        await ids.keep("client", "42", house.bakery, house.bakery)
        await ids.keep("client", "42", house.bakery, house.bakery)
        await ids.keep("client", "42", house.mill, house.mill)
    assert action.kinds == [KEPT, KEPT]
    async with reading(house.dan):
        found = ExternalIds("xero")
        await found.load(["client"])
    assert (found.get("client", "42"), found.has("client", house.mill)) == (house.mill, True)


async def test_the_same_name_is_free_in_another_system_kind_and_firm(cast: Cast) -> None:
    for house in (cast.harbour, cast.alpine):
        async with verify_action(house) as action:
            await keep(house)
            await keep(house, system="sage")
            await keep(house, entity="job")
        assert action.kinds == [KEPT] * 3


async def test_one_name_stands_for_one_thing_however_many_say_it_at_once(cast: Cast) -> None:
    house = cast.harbour

    async def say() -> None:
        async with unit_of_work(house.ada):
            await ExternalIds("xero").keep("client", "42", house.bakery, house.bakery)

    async with verify_action(house) as action:
        endings = await asyncio.gather(*(say() for _ in range(8)), return_exceptions=True)
    assert endings.count(None) == len(action.events) == 1
    assert {type(ending) for ending in endings} == {type(None), asyncpg.UniqueViolationError}


@pytest.mark.parametrize(
    ("system", "key", "fits"),
    [
        ("x", "k", True),
        ("x" * 60, "k" * 255, True),
        ("", "k", False),
        ("x" * 61, "k", False),
        ("x", "", False),
        ("x", "k" * 256, False),
    ],
)
async def test_a_name_has_a_length(cast: Cast, system: str, key: str, fits: bool) -> None:
    house = cast.harbour
    if fits:
        async with verify_action(house):
            await keep(house, system=system, key=key)
        return
    async with verify_refusal(house, house.ada, asyncpg.CheckViolationError):
        await ExternalIds(system).keep("client", key, house.bakery, house.bakery)


async def test_a_name_belongs_to_a_client_of_the_firm_or_to_none(cast: Cast) -> None:
    house = cast.harbour
    for stranger in (cast.alpine.bakery, uuid7()):
        async with verify_refusal(house, house.ada, asyncpg.ForeignKeyViolationError):
            await ExternalIds("xero").keep("client", "42", stranger, stranger)
    async with verify_action(house, house.ada):
        await ExternalIds("toggl").keep("member", "7", house.dan.id, None)


async def test_a_hidden_clients_name_is_hidden_with_it(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.ada):
        (made,) = await ExternalIds("xero").keep_all("client", [("42", house.vault, house.vault)])
    for viewer, seen in ((house.ada, True), (house.eve, True), (house.dan, False)):
        async with reading(viewer):
            assert (await ExternalId.find(made.id) is not None) is seen
    async with reading(cast.alpine.ada):
        assert await ExternalId.find(made.id) is None
