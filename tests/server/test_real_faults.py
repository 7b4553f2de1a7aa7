"""Faults of ours in the whole application: masked outside, told with their trace in the log alone.

Nothing is made to fail by hand here: tables are taken away from under a server that runs.
"""

from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from models.comments import Comment
from models.jobs import Job
from models.unit_of_work import unit_of_work
from server.errors import MASK, Code
from tests.cast import House, one_firm
from tests.server import outside as real
from tests.server.outside import Outside
from tests.server.talking import hear, subscribe
from tests.servers import DatabaseMaker

OURS = ("asyncpg", "Traceback", "relation", "does not exist", "Undefined", "KeyError", "mislaid")
"""Words that only we should read."""


@pytest.fixture
async def site(practice: Any, make_database: DatabaseMaker) -> AsyncIterator[Outside]:
    async with make_database() as own, real.outside(own) as site:
        yield site


@pytest.fixture
async def house(site: Outside) -> House:
    house = await one_firm()
    await site.key_of(house.ada)
    async with unit_of_work(house.ada):
        await Comment.on_job(await Job.load(house.books), "Called")
    return house


async def mislay(site: Outside, sql: str) -> None:
    owner = await asyncpg.connect(site.database.migrate_url)
    await owner.execute(sql)
    await owner.close()


def must_be_masked(errors: list[dict[str, Any]], text: str, logged: list[Any]) -> None:
    """One masked error; what really happened is in the log, under the request's id."""
    [error] = errors
    assert (error["message"], error["extensions"]["code"]) == (MASK, Code.INTERNAL)
    assert not [word for word in OURS if word in text]
    [entry] = [entry for entry in logged if entry["event"] == "fault"]
    assert entry["request_id"] == error["extensions"]["requestId"]
    assert entry["exc_info"].__traceback__ is not None


async def test_a_field_that_cannot_be_resolved(
    site: Outside, house: House, logged: list[Any]
) -> None:
    await mislay(site, "alter table comment alter column created_at drop default,"
                       " alter column created_at type text using 'mislaid'")  # fmt: skip

    answer = await site.post(
        house.ada,
        query="query ($id: ID!) { job(id: $id) { title comments { createdAt } } }",
        variables={"id": f"job_{house.books.hex}"},
    )

    must_be_masked(answer.json()["errors"], answer.text, logged)
    assert answer.json()["errors"][0]["path"] == ["job", "comments", 0, "createdAt"]


async def test_a_loader_that_fails_for_all_its_parents(
    site: Outside, house: House, logged: list[Any]
) -> None:
    await mislay(site, "alter table team rename to mislaid")

    answer = await site.post(
        house.ada, query="{ jobs(first: 1) { nodes { title team { name } } } }"
    )

    must_be_masked(answer.json()["errors"], answer.text, logged)


async def test_a_change_that_cannot_be_written(
    site: Outside, house: House, logged: list[Any]
) -> None:
    await mislay(site, "alter table team rename to mislaid")

    answer = await site.post(
        house.ada, query='mutation { createTeam(input: { name: "New" }) { errors { code } } }'
    )

    must_be_masked(answer.json()["errors"], answer.text, logged)
    assert answer.json()["data"] == {"createTeam": None}


async def test_an_event_of_a_stream_that_cannot_be_told(
    site: Outside, house: House, logged: list[Any]
) -> None:
    async with site.socket(house.ada) as socket:
        await subscribe(socket, "1", "subscription { boardChanges { __typename ... on BoardChanges"
                                     " { changes { job { title team { members { id } } } } } } }")  # fmt: skip
        assert (await hear(socket))["type"] == "next"
        await mislay(site, "alter table team rename to mislaid")
        async with unit_of_work(house.ada):
            await (await Job.load(house.books)).change({"title": "Ledger"}, None)
        told = await hear(socket)

    must_be_masked(told["payload"]["errors"], str(told), logged)
    [change] = told["payload"]["data"]["boardChanges"]["changes"]
    assert change == {"job": {"title": "Ledger", "team": None}}


async def test_a_stream_that_breaks_while_it_looks_on(
    site: Outside, house: House, logged: list[Any]
) -> None:
    async with site.socket(house.ada) as socket:
        await subscribe(socket, "1", "subscription { boardChanges { __typename } }")
        await subscribe(socket, "2", "subscription { changes { __typename } }")
        assert {(await hear(socket))["id"] for _ in range(2)} == {"1", "2"}
        await mislay(site, "alter table team_membership rename to mislaid")
        async with unit_of_work(house.ada):
            await (await Job.load(house.books)).change({"title": "Ledger"}, None)
        told = {said["id"]: said for said in [await hear(socket), await hear(socket)]}

    assert told["1"]["type"] == "error"
    must_be_masked(told["1"]["payload"], str(told["1"]), logged)
    assert told["2"]["type"] == "next"


async def test_nobody_can_enter_while_who_they_are_cannot_be_found(
    site: Outside, house: House, logged: list[Any]
) -> None:
    await mislay(site, "alter table session rename to mislaid")

    answer = await site.post(house.ada, query="{ serverTime }")

    assert answer.status_code == 500
    must_be_masked(answer.json()["errors"], answer.text, logged)
