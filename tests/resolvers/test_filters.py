"""Filters: what each comparator finds, in each list."""

from datetime import date
from typing import Any

import pytest

from models.clients import Client, ClientRole
from models.contacts import Contact
from models.errors import ValidationError
from models.jobs import Job
from models.tasks import Task
from models.time_entries import TimeEntry
from models.unit_of_work import reading, unit_of_work
from models.workflows import WorkCategory
from resolvers import clients, contacts, jobs, tasks, time_entries
from resolvers.filters import Where
from resolvers.pages import Window
from tests.cast import Cast, House

JAN, FEB, MARCH = date(2026, 1, 15), date(2026, 2, 15), date(2026, 3, 15)
NAMES = ("ÖLMÜHLE", "Ölberg", "100 % Flour", "100 Flours", "Back\\slash", "İstanbul", "ΟΔΟΣ", "a_b")


async def titles(module: Any, house: House, order: str = "newest", **asked: Any) -> set[str]:
    async with reading(house.ada):
        found = await module.page(Window(250), order, **asked)
        assert await found["count"]() == len(found["nodes"])
    return {row["title"] for row in found["nodes"]}


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ({"eq": FEB}, "Gather"),
        ({"lt": FEB}, "Ring"),
        ({"lte": FEB}, "Ring Gather"),
        ({"gt": FEB}, "Tidy"),
        ({"gte": FEB}, "Gather Tidy"),
        ({"gt": JAN, "lt": MARCH}, "Gather"),
        ({"is_null": True}, "Post Reconcile Draft Seal"),
        ({"is_null": False}, "Ring Gather Tidy"),
        ({"eq": JAN, "is_null": True}, ""),
        ({}, "Ring Gather Tidy Post Reconcile Draft Seal"),
    ],
)
async def test_tasks_are_found_by_when_they_are_due(
    cast: Cast, due: dict[str, Any], expected: str
) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        for id, day in ((house.ring, JAN), (house.gather, FEB), (house.tidy, MARCH)):
            await (await Task.load(id)).change({"due_date": day}, None)
    assert await titles(tasks, house, due_date=due) == set(expected.split())


async def test_tasks_are_found_by_whose_they_are_and_where_they_stand(cast: Cast) -> None:
    house = cast.harbour
    found: dict[str, dict[str, Any]] = {
        "Gather Post Reconcile": {"job": {"eq": house.books}},
        "Gather Post Reconcile Draft": {"job": {"in_": [house.books, house.year_end]}},
        "Ring Tidy": {"job": {"is_null": True}},
        "Gather Post Reconcile Ring": {"client": {"eq": house.bakery}},
        "Tidy": {"client": {"is_null": True}},
        "Reconcile": {"assignee": {"eq": house.eve.id}},
        "Seal Tidy": {"assignee": {"is_null": True}},
        "Post": {"assignee": {"eq": house.dan.id}, "status": {"eq": WorkCategory.PLANNED}},
        "Post Reconcile": {"status": {"in_": [WorkCategory.PLANNED, WorkCategory.DONE]}},
        "": {"status": {"in_": []}},
    }
    for names, asked in found.items():
        assert await titles(tasks, house, **asked) == set(names.split()), asked
    async with unit_of_work(house.dan):
        await (await Task.load(house.ring)).change({"team_id": house.taxes}, None)
    assert await titles(tasks, house, team={"eq": house.taxes}) == {"Ring"}


async def test_another_firms_ids_find_nothing(cast: Cast) -> None:
    house, other = cast.harbour, cast.alpine
    strange: list[dict[str, Any]] = [
        {"job": {"eq": other.books}},
        {"client": {"in_": [other.bakery]}},
        {"assignee": {"eq": other.dan.id}},
    ]
    for asked in strange:
        assert await titles(tasks, house, **asked) == set()


async def test_jobs_are_found_by_each_of_their_facts(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        await (await Job.load(house.books)).change({"due_date": FEB}, None)
    found: dict[str, list[dict[str, Any]]] = {
        "Books": [
            {"client": {"eq": house.bakery}},
            {"service": {"eq": house.bookkeeping}},
            {"team": {"eq": house.ledgers}},
            {"title": {"eq": "bOOks"}},
            {"title": {"starts_with": "boo"}},
            {"due_date": {"lte": FEB}},
        ],
        "Books|Year end": [{"owner": {"in_": [house.dan.id, house.eve.id]}}],
        "Secret": [{"owner": {"eq": house.ben.id}}, {"service": {"is_null": True}}],
        "Books|Secret|Year end": [{"category": {"eq": WorkCategory.PLANNED}}],
    }
    for names, asks in found.items():
        for asked in asks:
            assert await titles(jobs, house, **asked) == set(names.split("|")), asked


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"starts_with": "öl"}, ("ÖLMÜHLE", "Ölberg")),
        ({"starts_with": "ÖLM"}, ("ÖLMÜHLE",)),
        ({"starts_with": "100 %"}, ("100 % Flour",)),
        ({"starts_with": "100"}, ("100 % Flour", "100 Flours")),
        ({"starts_with": "back\\"}, ("Back\\slash",)),
        ({"starts_with": "a_"}, ("a_b",)),
        ({"starts_with": "a%"}, ()),
        ({"starts_with": "_"}, ()),
        ({"starts_with": "İST"}, ("İstanbul",)),
        ({"starts_with": "ΟΔΟΣ"}, ("ΟΔΟΣ",)),
        ({"eq": "ÖLBERG"}, ("Ölberg",)),
        ({"eq": "ΟΔΟΣ"}, ("ΟΔΟΣ",)),
        ({"eq": "100 %"}, ()),
        ({"starts_with": "ö", "eq": "ölberg"}, ("Ölberg",)),
    ],
)
async def test_names_are_found_whatever_their_case_and_signs(
    cast: Cast, asked: dict[str, str], expected: tuple[str, ...]
) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        for name in NAMES:
            await Client.add(name=name)
            await Contact.add(name=name)
    async with reading(house.dan):
        for found in (
            await clients.page(Window(250), "name", name=asked),
            await contacts.page(Window(250), asked),
        ):
            assert {row["name"] for row in found["nodes"]} == set(expected)


async def test_clients_are_found_by_kind_status_tag_and_who_looks_after_them(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.cleo) as unit:
        mill = await Client.load(house.mill)
        await mill.change({"status": "former", "tags": ["VAT", "grain"]}, None)
        await Client.add(name="Mo", kind="individual", tags=["VAT"])
        role = await unit.fetchval("select id from client_role where member_id = $1", house.finn.id)
        await (await ClientRole.load(role)).end()
    found: dict[str, dict[str, Any]] = {
        "Mo": {"kind": {"eq": "individual"}},
        "The Mill": {"status": {"in_": ["former", "archived"]}},
        "Mo|The Mill": {"tag": "VAT"},
        "The Bakery|The Vault": {"member": {"in_": [house.ben.id, house.eve.id]}},
        "The Bakery": {"member": {"eq": house.dan.id}},
    }
    for names, asked in found.items():
        assert await client_names(house, **asked) == set(names.split("|")), asked
    # A part that has ended does not count, nor does a tag in another case.
    for asked in ({"member": {"eq": house.finn.id}}, {"tag": "vat"}):
        assert await client_names(house, **asked) == set()


async def client_names(house: House, **asked: Any) -> set[str]:
    async with reading(house.ada):
        found = await clients.page(Window(250), "name", **asked)
        assert await found["count"]() == len(found["nodes"])
    return {row["name"] for row in found["nodes"]}


async def test_time_is_found_by_date_and_by_what_it_is_for(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        await TimeEntry.log(seconds=1, task_id=house.gather, local_date=JAN)
        await TimeEntry.log(seconds=2, job_id=house.year_end, local_date=FEB)
        await TimeEntry.log(seconds=4, local_date=MARCH)
    async with unit_of_work(house.eve):
        await TimeEntry.log(seconds=8, client_id=house.mill, local_date=MARCH)
    sums: list[tuple[int, dict[str, Any]]] = [
        (15, {}),
        (7, {"member": {"eq": house.dan.id}}),
        (10, {"client": {"eq": house.mill}}),
        (4, {"client": {"is_null": True}}),
        (1, {"job": {"eq": house.books}}),
        (1, {"task": {"eq": house.gather}}),
        (3, {"local_date": {"lt": MARCH}}),
        (12, {"local_date": {"gte": MARCH}}),
    ]
    for seconds, asked in sums:
        async with reading(house.ada):
            found = await time_entries.page(Window(250), **asked)
        assert sum(row["seconds"] for row in found["nodes"]) == seconds, asked


def test_a_comparator_without_a_value_is_refused() -> None:
    where = Where()
    with pytest.raises(ValidationError) as caught:
        where.compare("t.due_date", {"eq": None})
    assert caught.value.path == ("filter", "eq")
    where.compare("t.due_date", None)
    assert (where.sql, where.values) == ("true", [])
