"""Whose access changes hears nothing more by the old one: over real sockets, at both doors, with a
Redis that carries hints and with one that was killed.

What opens no door any more closes its socket, and so does what opens it otherwise; whoever sees
otherwise through the same door is told to begin anew.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest

from models.database import Database
from models.documents import Document
from models.members import Member
from models.messages import Message
from models.permissions import Role
from models.tasks import Task
from models.unit_of_work import unit_of_work
from schema import ids
from tests.cast import House, one_firm
from tests.filing import File
from tests.guests import come_in, invited
from tests.server.access import CASES, Case, a_session, screen
from tests.server.outside import Outside, outside
from tests.servers import DatabaseMaker
from tests.subscriptions.killable_redis import KillableRedis

pytestmark = pytest.mark.redis


@pytest.fixture(scope="module")
async def redis(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[KillableRedis]:
    server = KillableRedis(tmp_path_factory.mktemp("redis"))
    await server.start()
    yield server
    await server.kill()


@pytest.fixture(scope="module")
async def site(
    practice: Database, make_database: DatabaseMaker, redis: KillableRedis
) -> AsyncIterator[Outside]:
    async with make_database() as own, outside(own, redis.url) as site:
        yield site


@dataclass(frozen=True)
class Outcome:
    """How it ended, and whether anything was told that was done after the deed."""

    end: int | str
    told_more: bool


async def outcome_of(
    site: Outside, made: Callable[[House], Awaitable[Case]], within: float
) -> tuple[Outcome, Outcome]:
    """What came of it, beside what should have."""
    house = await one_firm()
    case = await made(house)
    async with screen(site, case.door, case.token) as page:
        closes = isinstance(case.end, int)
        listening = asyncio.create_task(page.until_closed() if closes else page.until_resync())
        async with unit_of_work(house.ada):
            await case.deed()
        async with unit_of_work(house.ada):
            assert case.client is not None
            message = await Message.send(client_id=case.client, body="Not for everybody")
            task = await Task.add(title="Not for everybody", client_id=case.client)
        async with asyncio.timeout(within):
            await listening
    later = {ids.written("message", message.id), ids.written("task", task.id)}
    told_more = bool(later & set(page.ids))
    return Outcome(page.end, told_more), Outcome(case.end, told_more=False)


async def outcomes(site: Outside, within: float) -> tuple[dict[str, Any], dict[str, Any]]:
    """Of all cases, each in a firm of its own: what came of them, what should have."""
    few = asyncio.Semaphore(3)  # at a time: what is measured is not how busy this machine is

    async def one(made: Callable[[House], Awaitable[Case]]) -> tuple[Outcome, Outcome]:
        async with few:
            return await outcome_of(site, made, within)

    found = await asyncio.gather(*(one(made) for made in CASES))
    names = [made.__name__ for made in CASES]
    return (dict(zip(names, (came for came, _ in found), strict=True)),
            dict(zip(names, (due for _, due in found), strict=True)))  # fmt: skip


async def test_whose_access_changes_hears_nothing_more_within_a_second(site: Outside) -> None:
    came, due = await outcomes(site, 1)

    assert came == due


async def test_the_same_within_six_seconds_while_redis_is_away(
    site: Outside, redis: KillableRedis
) -> None:
    await redis.kill()
    try:
        came, due = await outcomes(site, 6)
    finally:
        await redis.start()

    assert came == due


async def test_who_comes_back_after_a_change_follows_by_their_new_access_alone(
    site: Outside,
) -> None:
    house = await one_firm()
    _, token = await a_session(house.dan)
    async with screen(site, "staff", token) as page:
        async with unit_of_work(house.ada):
            await (await Member.load(house.dan.id)).change({"role": Role.CONTRACTOR}, None)
        async with asyncio.timeout(5):
            await page.until_closed()
    assert page.end == 4411

    async with screen(site, "staff", token) as page:
        async with unit_of_work(house.ada):
            unseen = await Task.add(title="For the mill", client_id=house.mill)
            seen = await Task.add(title="For the bakery", client_id=house.bakery)
        await page.until_told(ids.written("task", seen.id))

    assert ids.written("task", unseen.id) not in page.ids


async def test_what_is_asked_by_http_is_answered_by_the_new_access_while_the_firm_is_followed(
    site: Outside,
) -> None:
    house = await one_firm()
    _, owners = await a_session(house.ada)
    _, token = await a_session(house.dan)

    async def may_edit_clients() -> bool:
        answer = await site.http.post(
            "/graphql", json={"query": "{ viewer { permissions } }"},
            headers={"authorization": f"Bearer {token}"},
        )  # fmt: skip
        return "EDIT_CLIENTS" in answer.json()["data"]["viewer"]["permissions"]

    async with screen(site, "staff", owners) as page:
        assert await may_edit_clients()
        async with unit_of_work(house.ada):
            await (await Member.load(house.dan.id)).change({"role": Role.CONTRACTOR}, None)
        await page.until_told(ids.written("member", house.dan.id))
        async with asyncio.timeout(1):
            while await may_edit_clients():
                pass


async def test_what_is_deleted_is_told_to_those_who_could_see_it_and_to_nobody_else(
    site: Outside,
) -> None:
    house = await one_firm()
    async with unit_of_work(house.ben):
        secret = await Task.add(title="Of the vault", client_id=house.vault)
    tokens = {name: (await a_session(getattr(house, name)))[1] for name in ("ada", "eve", "dan")}
    async with (
        screen(site, "staff", tokens["ada"]) as ada,
        screen(site, "staff", tokens["eve"]) as eve,
        screen(site, "staff", tokens["dan"]) as dan,
    ):
        async with unit_of_work(house.ben):
            await (await Task.load(secret.id)).remove()
            last = await Task.add(title="For all", client_id=house.bakery)
        for page in (ada, eve, dan):
            await page.until_told(ids.written("task", last.id))

    deleted = {"entityId": ids.written("task", secret.id), "kind": "task.deleted"}
    assert [deleted in page.told for page in (ada, eve, dan)] == [True, True, False]
    assert ids.written("task", secret.id) not in dan.ids


async def test_a_file_that_is_shown_no_more_is_gone_for_the_contacts_who_saw_it_alone(
    site: Outside,
) -> None:
    house = await one_firm()
    async with unit_of_work(house.ada):
        file = await Document.announce(client_id=house.bakery, shared=True, **File().said)
    kit = await come_in(house, await invited(house, house.bakery))
    miller = await come_in(house, await invited(house, house.mill, email="miller@mill.example"))
    async with screen(site, "portal", kit) as bakery, screen(site, "portal", miller) as mill:
        async with unit_of_work(house.ada):
            await (await Document.load(file.id)).change({"shared": False}, None)
            last = [
                await Message.send(client_id=id, body="Done") for id in (house.bakery, house.mill)
            ]
        for page, message in zip((bakery, mill), last, strict=True):
            await page.until_told(ids.written("message", message.id))

    gone = {"id": ids.written("document", file.id), "removed": True}
    assert [gone in page.told for page in (bakery, mill)] == [True, False]
    assert len(mill.told) == 1
