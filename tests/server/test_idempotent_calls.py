"""The same mutation under the same key, as a caller on a bad line sends it."""

import asyncio
from typing import Any

import asyncpg
from uuid_utils.compat import uuid7

from tests.cast import House, two_firms
from tests.server.outside import Outside, events_of

FORM_TEAM = """mutation($name: String!, $key: String) {
  createTeam(input: {name: $name, idempotencyKey: $key}) {
    team { id name version } errors { __typename code path message }
  }
}"""
CREATE_TOKEN = """mutation($key: String!) {
  createApiToken(input: {name: "Power BI", idempotencyKey: $key}) {
    apiToken { id name scopes } token errors { code }
  }
}"""
COMPLETE_TASK = """mutation($id: ID!, $key: String!) {
  completeTask(input: {id: $id, idempotencyKey: $key}) {
    task { id status version } errors { code }
  }
}"""

DELETE_TASK = """mutation($id: ID!, $key: String) {
  deleteTask(input: {id: $id, idempotencyKey: $key}) { deletedId errors { code } }
}"""


async def a_house(_: Outside) -> House:
    """A firm in the database of that application."""
    return (await two_firms()).harbour


async def test_twenty_equal_calls_at_once_have_one_effect_and_one_answer(
    outside: Outside,
) -> None:
    house, key = await a_house(outside), uuid7().hex
    await outside.key_of(house.ben)
    before = await events_of(house)
    answers = await asyncio.gather(
        *(outside.ask(house.ben, FORM_TEAM, name="Payroll", key=key) for _ in range(20))
    )
    assert answers == [answers[0]] * 20
    assert answers[0]["createTeam"]["errors"] == []
    assert await events_of(house) == before + 1


async def test_the_same_key_for_another_call_is_refused(outside: Outside) -> None:
    house, key = await a_house(outside), uuid7().hex
    await outside.ask(house.ben, FORM_TEAM, name="Payroll", key=key)
    before = await events_of(house)
    for query, more in ((FORM_TEAM, {"name": "Audit"}), (CREATE_TOKEN, {})):
        answer = await outside.ask(house.ben, query, key=key, **more)
        [payload] = answer.values()
        assert [error["code"] for error in payload["errors"]] == ["IDEMPOTENCY_MISMATCH"]
    assert await events_of(house) == before


async def test_a_refusal_is_not_remembered(outside: Outside) -> None:
    house, key = await a_house(outside), uuid7().hex
    refused = await outside.ask(house.ben, FORM_TEAM, name="Ledgers", key=key)
    assert [error["code"] for error in refused["createTeam"]["errors"]] == ["TAKEN"]
    done = await outside.ask(house.ben, FORM_TEAM, name="Bookkeepers", key=key)
    assert done["createTeam"]["errors"] == []


async def test_each_member_and_firm_has_keys_of_its_own(outside: Outside) -> None:
    cast, key = await two_firms(), uuid7().hex
    formed: list[dict[str, Any]] = []
    for number, person in enumerate((cast.harbour.ben, cast.harbour.ada, cast.alpine.ben)):
        answer = await outside.ask(person, FORM_TEAM, name=f"Team {number}", key=key)
        formed.append(answer["createTeam"]["team"])
    assert [team["name"] for team in formed] == ["Team 0", "Team 1", "Team 2"]


async def test_what_is_done_again_shows_how_things_stand_now(outside: Outside) -> None:
    house, key = await a_house(outside), uuid7().hex
    asked = {"id": f"task_{house.ring.hex}", "key": key}
    first = await outside.ask(house.dan, COMPLETE_TASK, **asked)
    assert first["completeTask"]["task"]["status"] == "DONE"
    assert await outside.ask(house.dan, COMPLETE_TASK, **asked) == first


async def test_what_is_deleted_again_is_answered_alike_under_its_key_alone(
    outside: Outside,
) -> None:
    house, key = await a_house(outside), uuid7().hex
    id = f"task_{house.ring.hex}"
    answers = [await outside.ask(house.dan, DELETE_TASK, id=id, key=key) for _ in range(2)]
    assert answers == [{"deleteTask": {"deletedId": id, "errors": []}}] * 2
    without = await outside.ask(house.dan, DELETE_TASK, id=id)
    assert without == {"deleteTask": {"deletedId": None, "errors": [{"code": "NOT_FOUND"}]}}


async def test_a_new_secret_is_shown_once_even_to_whoever_asks_again(outside: Outside) -> None:
    house, key = await a_house(outside), uuid7().hex
    answers = [
        (await outside.ask(house.ben, CREATE_TOKEN, key=key))["createApiToken"] for _ in range(2)
    ]
    assert answers[0]["apiToken"] == answers[1]["apiToken"]
    assert [answer["token"] is None for answer in answers] == [False, True]
    owner = await asyncpg.connect(outside.database.migrate_url)
    kept = await owner.fetchval("select result::text from idempotency where key = $1", key)
    await owner.close()
    assert answers[0]["token"] not in kept
