"""Tax ids, addresses and key dates: one of each name, hidden like their client, masked where asked."""

from datetime import date
from typing import Any

import asyncpg
import pytest

from models.client_facts import (
    MASKED,
    ClientAddress,
    ClientKeyDate,
    ClientTaxId,
    masked,
    next_on,
)
from models.clients import Client
from models.errors import NotFound, ValidationError
from models.events import EventKind
from models.permissions import PERMISSIONS, READING, Permission, Role
from models.unit_of_work import reading, unit_of_work
from resolvers import client_facts
from tests.cast import Cast, Person
from tests.verify import verify_action, verify_refusal

SET, REMOVED = EventKind.CLIENT_TAX_ID_SET, EventKind.CLIENT_TAX_ID_REMOVED


async def test_a_client_has_one_number_of_each_kind_and_the_stream_tells_none(cast: Cast) -> None:
    house = cast.harbour
    asked: dict[str, Any] = {"client_id": house.bakery, "kind": " VAT ", "number": "GB 1"}
    async with verify_action(house, house.dan) as action:
        first = (await client_facts.set_tax_id(**asked))["tax_id"]
        again = (await client_facts.set_tax_id(**asked))["tax_id"]
        other = (await client_facts.set_tax_id(**asked | {"number": "GB 2"}))["tax_id"]
        await client_facts.set_tax_id(**asked | {"kind": "UTR"})
    assert first.id == again.id == other.id
    assert (other.kind, other.number) == ("VAT", "GB 2")  # type: ignore[attr-defined]
    assert action.kinds == [SET] * 3
    assert {event["client_id"] for event in action.events} == {str(house.bakery)}
    assert not [event for event in action.events if "GB" in str(event["payload"])]

    async with verify_action(house, house.dan) as action:
        await client_facts.remove_tax_id(id=first.id)
    assert action.kinds == [REMOVED]
    assert "GB" not in str(action.events)
    async with verify_refusal(house, house.dan, NotFound):
        await client_facts.remove_tax_id(id=first.id)


async def test_an_address_is_said_whole_and_its_country_exists(cast: Cast) -> None:
    house = cast.harbour
    said: dict[str, Any] = {
        "client_id": house.bakery,
        "purpose": "billing",
        "line1": "1 Quay",
        "country": "GB",
    }
    async with verify_action(house, house.dan) as action:
        await client_facts.set_address(**said, city="Whitby", recipient="Accounts")
        moved = (await client_facts.set_address(**said, postal_code="YO21"))["address"]
        await client_facts.set_address(**said | {"purpose": "postal"})
        await client_facts.remove_address(id=moved.id)
    set_, removed = EventKind.CLIENT_ADDRESS_SET, EventKind.CLIENT_ADDRESS_REMOVED
    assert action.kinds == [set_, set_, set_, removed]
    parts = (moved.recipient, moved.city, moved.postal_code)  # type: ignore[attr-defined]
    assert parts == ("", "", "YO21")
    async with verify_refusal(house, house.dan, ValidationError, path="country"):
        await client_facts.set_address(**said | {"country": "QQ"})
    async with verify_refusal(house, house.dan, asyncpg.CheckViolationError):
        await client_facts.set_address(**said | {"line1": " "})


async def test_a_key_date_is_a_date_or_comes_back_each_year(cast: Cast) -> None:
    house = cast.harbour
    said: dict[str, Any] = {"client_id": house.bakery, "name": "Year-end"}
    async with verify_action(house, house.dan) as action:
        each_year = (await client_facts.set_key_date(**said, month=3, day=31))["key_date"]
        once = (await client_facts.set_key_date(**said, date=date(2030, 6, 30)))["key_date"]
        await client_facts.remove_key_date(id=once.id)
    assert each_year.id == once.id
    assert (once.month, once.day) == (None, None)  # type: ignore[attr-defined]
    set_, removed = EventKind.CLIENT_KEY_DATE_SET, EventKind.CLIENT_KEY_DATE_REMOVED
    assert action.kinds == [set_, set_, removed]


@pytest.mark.parametrize(
    ("said", "path"),
    [
        ({}, "date"),
        ({"month": 3}, "date"),
        ({"day": 3}, "date"),
        ({"month": 3, "day": 31, "date": date(2030, 1, 1)}, "date"),
        ({"day": 31, "date": date(2030, 1, 1)}, "date"),
        ({"month": 4, "day": 31}, "day"),
        ({"month": 2, "day": 30}, "day"),
        ({"month": 13, "day": 1}, "day"),
        ({"month": 0, "day": 1}, "day"),
        ({"month": 1, "day": 0}, "day"),
    ],
)
async def test_a_key_date_is_a_day_that_there_is(
    cast: Cast, said: dict[str, Any], path: str
) -> None:
    house = cast.harbour
    async with verify_refusal(house, house.dan, ValidationError, path=path):
        await client_facts.set_key_date(client_id=house.bakery, name="Year-end", **said)


@pytest.mark.parametrize(
    ("month", "day", "on", "today", "next"),
    [
        (3, 31, None, "2026-03-31", "2026-03-31"),
        (3, 31, None, "2026-04-01", "2027-03-31"),
        (2, 29, None, "2026-01-01", "2026-02-28"),
        (2, 29, None, "2027-03-01", "2028-02-29"),
        (1, 1, None, "2026-12-31", "2027-01-01"),
        (None, None, "2026-05-05", "2026-05-05", "2026-05-05"),
        (None, None, "2026-05-05", "2026-05-06", None),
    ],
)
def test_when_a_key_date_comes_next(
    month: int | None, day: int | None, on: str | None, today: str, next: str | None
) -> None:
    def read(text: str | None) -> date | None:
        return date.fromisoformat(text) if text else None

    assert next_on(month, day, read(on), date.fromisoformat(today)) == read(next)


async def test_a_client_has_so_many_and_no_more(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        mill = await Client.load(house.mill)
        for number in range(20):
            await ClientTaxId.set(mill, kind=str(number), number="1")
    async with verify_refusal(house, house.dan, ValidationError, path="kind"):
        await client_facts.set_tax_id(client_id=house.mill, kind="VAT", number="1")
    async with verify_action(house, house.dan):
        await client_facts.set_tax_id(client_id=house.mill, kind="19", number="2")


async def test_what_a_hidden_client_has_is_hidden_with_it(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.eve):
        vault = await Client.load(house.vault)
        facts = (
            await ClientTaxId.set(vault, kind="VAT", number="GB1"),
            await ClientAddress.set(vault, purpose="postal", line1="1 Quay", country="GB"),
            await ClientKeyDate.set(vault, name="Year-end", month=3, day=31),
        )
    for viewer, seen in ((house.eve, True), (house.dan, False), (cast.alpine.ada, False)):
        async with reading(viewer):
            assert [await type(fact).find(fact.id) is not None for fact in facts] == [seen] * 3
    for fact, remove in zip(facts, (client_facts.remove_tax_id, client_facts.remove_address,
                                    client_facts.remove_key_date), strict=True):  # fmt: skip
        async with verify_refusal(house, house.dan, NotFound):
            await remove(id=fact.id)
    async with verify_refusal(house, house.dan, NotFound, path="clientId"):
        await client_facts.set_tax_id(client_id=house.vault, kind="VAT", number="GB2")


async def test_who_may_not_read_tax_ids_is_told_their_ends(cast: Cast) -> None:
    house = cast.harbour
    rows: Any = [{"number": number} for number in ("GB123456789", "1234", "12", "é" * 50)]
    async with reading(house.dan) as unit:
        assert await client_facts.numbers(rows) == [row["number"] for row in rows]
        sql = MASKED.format("$1::text")
        exported = [await unit.fetchval(f"select {sql}", row["number"]) for row in rows]
    async with reading(house.finn):
        told = await client_facts.numbers(rows)
    assert told == exported == ["••••789", "••••4", "••••", "••••éééé"]
    assert masked("GB123456789") == told[0]
    token = Person(house.id, house.ada.id, Role.OWNER, READING)
    async with reading(token):
        assert (await client_facts.numbers(rows))[0] == "••••789"


def test_who_works_for_the_firm_reads_tax_ids_and_contractors_do_not() -> None:
    granted = {role for role in Role if Permission.READ_TAX_IDS in PERMISSIONS[role]}
    assert granted == set(Role) - {Role.CONTRACTOR}
