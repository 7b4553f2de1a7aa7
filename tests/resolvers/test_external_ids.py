"""What other systems call clients and jobs: said, looked for, and brought twice without making two."""

import asyncio
from typing import Any
from uuid import UUID

import pytest
from uuid_utils.compat import uuid7

from models.clients import Client
from models.errors import Conflict, Forbidden, NotFound, ValidationError
from models.events import EventKind
from models.permissions import Permission
from models.unit_of_work import reading, unit_of_work
from resolvers import clients, external_ids, jobs
from resolvers.pages import Window
from tests.cast import Cast, House, Person
from tests.verify import verify_action, verify_refusal

KEPT, REMOVED = EventKind.EXTERNAL_ID_KEPT, EventKind.EXTERNAL_ID_REMOVED
X42: dict[str, Any] = {"system": "xero", "key": "42"}


async def called(house: House, **thing: Any) -> None:
    async with unit_of_work(house.ada):
        await external_ids.give(**X42, **thing)


async def told_of(person: Person, client_id: UUID) -> list[dict[str, Any]]:
    async with reading(person):
        (found,) = await external_ids.of_clients([{"id": client_id}])
    return [{"system": row["system"], "key": row["key"]} for row in found]


async def found_by(person: Person, known_as: dict[str, str]) -> list[UUID]:
    async with reading(person):
        page = await clients.page(Window(10), "name", external_id=known_as)
    return [row["id"] for row in page["nodes"]]


async def test_a_client_and_a_job_are_called_something_elsewhere_once_and_no_more_later(
    cast: Cast,
) -> None:
    house = cast.harbour
    async with verify_action(house, house.dan) as action:
        for _ in range(2):
            await external_ids.give(**X42, client_id=house.bakery)
            await external_ids.give(**X42, job_id=house.books)
        await external_ids.give(system=" sage ", key=" B-1 ", client_id=house.bakery)
    assert action.kinds == [KEPT] * 3
    assert {event["client_id"] for event in action.events} == {str(house.bakery)}
    assert await told_of(house.dan, house.bakery) == [{"system": "sage", "key": "B-1"}, X42]
    assert await found_by(house.dan, {"system": "sage", "key": "B-1 "}) == [house.bakery]
    async with reading(house.dan):
        (of_the_job,) = await external_ids.of_jobs([{"id": house.books}])
        page = await jobs.page(Window(10), "newest", external_id=X42)
    assert [dict(row)["key"] for row in of_the_job] == ["42"]
    assert [row["id"] for row in page["nodes"]] == [house.books]

    async with verify_action(house, house.dan) as action:
        for _ in range(2):
            await external_ids.take_away(**X42, client_id=house.bakery)
        await external_ids.take_away(**X42, client_id=house.mill)
    assert action.kinds == [REMOVED]
    assert await found_by(house.dan, X42) == []
    async with verify_action(house, house.dan) as action:
        await external_ids.give(**X42, client_id=house.mill)
    assert action.kinds == [KEPT]


async def test_one_id_is_one_clients_and_whose_it_is_a_refusal_does_not_tell(cast: Cast) -> None:
    house = cast.harbour
    words = set()
    for holder in (house.vault, house.mill):
        await called(house, client_id=holder)
        async with verify_refusal(house, house.dan, Conflict, code="TAKEN", path="key") as refusal:
            await external_ids.give(**X42, client_id=house.bakery)
        words.add(str(refusal.error))
        async with unit_of_work(house.ada):
            await external_ids.take_away(**X42, client_id=holder)
    assert len(words) == 1
    async with verify_refusal(house, house.dan, NotFound, path="clientId"):
        await external_ids.give(**X42, client_id=house.vault)


async def test_a_hidden_client_is_not_found_by_its_id_nor_brought_again_by_it(cast: Cast) -> None:
    house = cast.harbour
    await called(house, client_id=house.vault)
    assert await found_by(house.dan, X42) == []
    assert await found_by(house.finn, X42) == []
    assert await told_of(house.dan, house.vault) == []
    assert await found_by(house.eve, X42) == [house.vault]
    assert await found_by(cast.alpine.ada, X42) == []
    async with verify_refusal(
        house, house.dan, Conflict, code="TAKEN", path="externalId"
    ) as refusal:
        await clients.add(name="The Vault", external_id=X42)
    assert "vault" not in str(refusal.error).lower()
    async with verify_action(cast.alpine, cast.alpine.dan) as action:
        await clients.add(name="The Vault", external_id=X42)
    assert action.kinds == [EventKind.CLIENT_ADDED, KEPT]


async def test_a_client_that_is_brought_again_is_changed_to_what_is_said(cast: Cast) -> None:
    house, own = cast.harbour, uuid7()
    async with verify_action(house, house.dan) as action:
        first = await clients.add(id=own, name="Ferry Ltd", tags=["boats"], external_id=X42)
    assert action.kinds == [EventKind.CLIENT_ADDED, KEPT]
    async with verify_action(house, house.dan) as action:
        again = await clients.add(id=own, name="Ferry Ltd", tags=["boats"], external_id=X42)
    assert (again.id, action.kinds) == (first.id, [])
    async with verify_action(house, house.dan) as action:
        changed = await clients.add(id=uuid7(), name="Ferries Ltd", external_id=X42)
    assert (changed.id, changed.name, changed.tags) == (first.id, "Ferries Ltd", ["boats"])
    assert action.kinds == [EventKind.CLIENT_CHANGED]
    async with verify_refusal(house, house.dan, Forbidden):
        await clients.add(name="Ferries Ltd", restricted=True, external_id=X42)


async def test_however_many_bring_a_client_at_once_one_is_made(cast: Cast) -> None:
    house = cast.harbour

    async def bring() -> UUID:
        async with unit_of_work(house.ada):
            client: Client = await clients.add(name="The Ferry", external_id=X42)
            return client.id

    async with verify_action(house) as action:
        made = await asyncio.gather(*(bring() for _ in range(8)))
    assert len(set(made)) == 1
    assert action.kinds == [EventKind.CLIENT_ADDED, KEPT]


async def test_a_thing_has_at_most_fifty(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        for number in range(50):
            await external_ids.give(system="xero", key=str(number), client_id=house.mill)
    async with verify_refusal(house, house.dan, ValidationError, path="key"):
        await external_ids.give(system="xero", key="50", client_id=house.mill)


@pytest.mark.parametrize("both", [True, False])
async def test_it_is_about_exactly_one_thing(cast: Cast, both: bool) -> None:
    house = cast.harbour
    things: dict[str, Any] = {"client_id": house.bakery, "job_id": house.books} if both else {}
    async with verify_refusal(house, house.dan, ValidationError, path="clientId"):
        await external_ids.give(**X42, **things)


async def test_who_does_not_change_work_does_not_say_what_a_job_is_called(cast: Cast) -> None:
    house = cast.harbour
    reader = Person(firm_id=house.id, member_id=house.dan.id, role=house.dan.role,
                    scopes=frozenset({Permission.EDIT_CLIENTS}))  # fmt: skip
    async with verify_refusal(house, reader, Forbidden):
        await external_ids.give(**X42, job_id=house.books)
