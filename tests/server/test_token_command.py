"""`openpractice token`, for scripts: a secret alone on standard output, or one sentence."""

from typing import Any

import httpx

from models.database import Database
from tests.cast import two_firms
from tests.server import outside as real
from tests.server.launcher import refusal, say
from tests.servers import DatabaseMaker


async def test_a_token_is_printed_alone_and_opens_what_its_scopes_say(
    practice: Database, make_database: DatabaseMaker, redis_url: str
) -> None:
    async with make_database() as own, real.outside(own, redis_url) as site:
        await two_firms()
        known: dict[str, Any] = {
            "DATABASE_URL": own.url,
            "MIGRATE_DATABASE_URL": own.migrate_url,
            "REDIS_URL": redis_url,
        }
        ada = ("--as", "ada@harbour.example")

        code, said, complaint = await say("token", "nightly", *ada, **known)

        assert (code, complaint) == (0, "")
        answer: httpx.Response = await site.http.post(
            "/graphql",
            json={"query": "{ viewer { member { name } } }"},
            headers={"authorization": f"Bearer {said.strip()}"},
        )
        assert answer.json()["data"]["viewer"]["member"]["name"].startswith("Ada")
        for name, wrong in ((" ", "says nothing"), ("x" * 101, "does not fit")):
            assert f"The name {wrong}" in await refusal("token", name, *ada, **known)
