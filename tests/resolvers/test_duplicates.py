"""Clients that may be one are told before and after one is taken on, and hidden ones never."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pytest

from models.client_facts import ClientTaxId
from models.clients import Client
from models.contacts import Contact
from models.permissions import Permission
from models.unit_of_work import reading, unit_of_work
from resolvers import duplicates
from tests.cast import Cast, House, Person

Told = dict[UUID, list[str]]


async def client(house: House, name: str, **more: Any) -> UUID:
    async with unit_of_work(house.ada):
        return (await Client.add(name=name, **more)).id


async def told(person: Person, **said: str) -> Told:
    async with reading(person):
        rows = await duplicates.of_said(**said)
    return {row["client_id"]: list(row["alike"]) for row in rows}


async def told_of(person: Person, *ids: UUID) -> list[Told]:
    parents: Sequence[Any] = [{"id": id} for id in ids]
    async with reading(person):
        found = await duplicates.of_clients(parents)
    return [{row["client_id"]: list(row["alike"]) for row in rows} for rows in found]


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ("Müller & Söhne GmbH", "MULLER AND SOHNE"),
        ("The Ashdown Dairy, Ltd.", "ashdown dairy limited"),
        ("O'Brien S.A.", "OBrien"),
        ("Straße & Co. KG", "strasse"),
        ("日本商事 株式会社", "日本商事　株式会社"),
        ("The Limited", "limited"),
    ],
)
async def test_names_that_mean_one_are_alike(cast: Cast, known: str, said: str) -> None:
    house = cast.harbour
    id = await client(house, known)
    assert await told(house.dan, name=said) == {id: ["name"]}
    assert await told(house.dan, name=f"{said} two") == {}


@pytest.mark.parametrize("nothing", ["", "   ", "& . -", "…"])
async def test_what_says_nothing_is_like_nothing(cast: Cast, nothing: str) -> None:
    house = cast.harbour
    await client(house, "!?")
    await client(house, "…")
    assert await told(house.dan, name=nothing) == {}
    assert await told(house.dan) == {}


async def test_two_clients_tell_of_each_other_and_a_renamed_one_no_more(cast: Cast) -> None:
    house = cast.harbour
    one, other = await client(house, "Ferry Ltd"), await client(house, "The Ferry")
    assert await told_of(house.dan, one, house.mill, other) == [
        {other: ["name"]}, {}, {one: ["name"]},
    ]  # fmt: skip
    async with unit_of_work(house.dan):
        await (await Client.load(one)).change({"name": "The Tug"}, None)
    assert await told_of(house.dan, one, other) == [{}, {}]
    assert await told(house.dan, name="tug") == {one: ["name"]}


async def test_a_contact_behind_both_speaks_for_one_and_what_is_alike_in_more_comes_first(
    cast: Cast,
) -> None:
    house = cast.harbour
    one, other = await client(house, "Ferry Ltd"), await client(house, "Quay Ltd")
    async with unit_of_work(house.dan):
        lea = await Contact.add(name="Lea", email="Lea@Ferry.example")
        silent = await Contact.add(name="Without an address")
        for id in (one, other):
            for who in (lea, silent):
                await who.link(await Client.load(id), "director")
    assert await told_of(house.dan, one, other) == [{other: ["email"]}, {one: ["email"]}]
    found = await told(house.dan, name="Quay", email="LEA@ferry.EXAMPLE")
    assert found == {other: ["email", "name"], one: ["email"]}
    assert list(found) == [other, one]
    async with unit_of_work(house.dan):
        await (await Contact.load(lea.id)).change({"email": "lea@quay.example"}, None)
    assert await told(house.dan, email="lea@ferry.example") == {}


async def test_hidden_clients_and_another_firms_are_never_told_of(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.eve):
        vault = await Client.load(house.vault)
        named = vault.name
        lea = await Contact.add(name="Lea", email="lea@vault.example")
        await lea.link(vault, "director")
    open_one = await client(house, named)
    async with unit_of_work(house.ada):
        await lea.link(await Client.load(open_one), "director")
    said = {"name": named, "email": "lea@vault.example"}
    assert set(await told(house.dan, **said)) == {open_one}
    assert set(await told(house.finn, **said)) == set()
    assert set(await told(house.eve, **said)) == {open_one, house.vault}
    assert await told(cast.alpine.ada, email="lea@vault.example") == {}
    assert await told_of(house.dan, open_one) == [{}]
    assert await told_of(house.eve, open_one) == [{house.vault: ["email", "name"]}]


async def test_ten_are_told_of_however_many_there_are_of_which_some_are_hidden(cast: Cast) -> None:
    house = cast.harbour
    for number in range(25):
        await client(house, "Ferry Ltd", restricted=number < 12)
    assert len(await told(house.dan, name="ferry")) == 10
    async with reading(house.dan) as unit:
        seen = {row["id"] for row in await unit.fetch("select id from client where restricted")}
    assert not seen & (await told(house.dan, name="ferry")).keys()


async def test_a_tax_id_speaks_for_one_to_who_may_read_tax_ids(cast: Cast) -> None:
    house = cast.harbour
    one, other = await client(house, "Ferry Ltd"), await client(house, "Quay Ltd")
    numbers = {one: "GB 123.456-789", other: "gb123456789", house.vault: "GB123456789"}
    for id, number in numbers.items():
        async with unit_of_work(house.ada):
            await ClientTaxId.set(await Client.load(id), kind="VAT", number=number)
            await ClientTaxId.set(await Client.load(id), kind="UTR", number=f"{id.hex}")
    assert await told_of(house.dan, one, other) == [{other: ["tax_id"]}, {one: ["tax_id"]}]
    assert await told(house.dan, tax_number="GB-123456789") == {one: ["tax_id"], other: ["tax_id"]}
    assert house.vault in await told(house.eve, tax_number="GB123456789")
    assert await told(house.dan, tax_number="GB12345678") == {}
    scopes = house.dan.permissions - {Permission.READ_TAX_IDS}
    reader = Person(house.id, house.dan.id, house.dan.role, scopes)
    assert await told(reader, tax_number="GB123456789") == {}
    assert await told_of(reader, one) == [{}]
