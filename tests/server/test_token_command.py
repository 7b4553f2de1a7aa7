"""`openpractice token`, for scripts: a secret alone on standard output, or one sentence."""

from typing import Any

import httpx
from typer.testing import CliRunner

from models.database import Database
from models.members import Member
from models.unit_of_work import reading, unit_of_work
from server.cli import app
from tests.cast import Cast, two_firms
from tests.server import outside as real
from tests.server.launcher import refusal, say
from tests.servers import DatabaseMaker, OwnDatabase


async def test_a_token_is_printed_alone_and_opens_what_its_scopes_say(
    practice: Database, make_database: DatabaseMaker, redis_url: str
) -> None:
    async with make_database() as own, real.outside(own, redis_url) as site:
        await two_firms()
        known = _addresses(own, redis_url)
        ada = ("--as", "ada@harbour.example")

        code, said, complaint = await say("token", "nightly", *ada, **known)

        assert (code, complaint) == (0, "")
        answer: httpx.Response = await site.http.post(
            "/graphql",
            json={"query": "{ viewer { member { name } } }"},
            headers={"authorization": f"Bearer {said.strip()}"},
        )
        assert answer.json()["data"]["viewer"]["member"]["name"].startswith("Ada")
        for name, told in (("", "The name says nothing"), ("x" * 101, "The name does not fit")):
            assert told in await refusal("token", name, *ada, **known)


async def test_an_address_of_several_firms_has_to_say_which_and_hears_where_it_acts(
    practice: Database, make_database: DatabaseMaker, redis_url: str
) -> None:
    async with make_database() as own, real.outside(own, redis_url) as site:
        cast = await two_firms()
        async with unit_of_work(cast.alpine.ada):
            ben = await Member.load(cast.alpine.ben.id)
            await ben.change({"email": "ada@harbour.example"}, None)
        known = _addresses(own, redis_url)
        ada = ("token", "nightly", "--as", "ada@harbour.example")
        harbour, alpine = (
            f"{name} (firm_{house.id.hex})"
            for name, house in zip(await _names(cast), (cast.harbour, cast.alpine), strict=True)
        )

        assert await refusal(*ada, **known) == (
            f"ada@harbour.example is a member of {harbour} and {alpine}:"
            " say with --firm, by name or id, which is meant."
        )
        assert await refusal(*ada, "--firm", "Nowhere", **known) == (
            f"ada@harbour.example is no member of Nowhere, but of {harbour} and {alpine}."
        )
        assert "--firm, by name or id" in await refusal(
            "import", "clients", __file__, "--as", "ada@harbour.example", **known
        )

        for named in (alpine.partition(" (")[0].upper(), f"firm_{cast.alpine.id.hex}"):
            code, said, beside = await say(*ada, "--firm", named, **known)
            assert (code, beside) == (0, f"Acting in {alpine}.\n")
            answer = await site.http.post(
                "/graphql",
                json={"query": "{ viewer { member { name } } }"},
                headers={"authorization": f"Bearer {said.strip()}"},
            )
            assert answer.json()["data"]["viewer"]["member"]["name"].startswith("Ben")


async def _names(cast: Cast) -> list[str]:
    names = []
    for house in (cast.harbour, cast.alpine):
        async with reading(house.system) as unit:
            names.append(await unit.fetchval("select name from firm"))
    return names


def _addresses(own: OwnDatabase, redis_url: str) -> dict[str, Any]:
    return {
        "DATABASE_URL": own.url,
        "MIGRATE_DATABASE_URL": own.migrate_url,
        "REDIS_URL": redis_url,
    }


def test_a_token_without_scopes_is_said_to_read_all_but_money() -> None:
    told = CliRunner().invoke(app, ["token", "--help"], env={"COLUMNS": "300"}).output

    assert "Without any it reads all but money." in told
