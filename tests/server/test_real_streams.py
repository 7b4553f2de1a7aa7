"""Event streams of the whole application: at both doors, for whoever may come in there."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

import pytest

from models.clients import Client
from models.contacts import Contact
from models.permissions import Permission
from models.sign_in import ApiToken, Session
from models.unit_of_work import unit_of_work
from tests.cast import House, one_firm
from tests.guests import come_in, invited
from tests.server.outside import Outside
from tests.server.streaming import Stream, Told, listening

STAFF = """subscription($since: StreamCursor) { heard: changes(since: $since) {
  ... on Changes { cursor changes { kind } } ... on Heartbeat { cursor }
  ... on Resync { cursor reason } } }"""
PORTAL = """subscription($since: StreamCursor) { heard: portalChanges(since: $since) {
  ... on PortalChanges { cursor changes { kind: entity } } ... on Heartbeat { cursor }
  ... on Resync { cursor reason } } }"""


READS = (Permission.READ_FIRM, Permission.READ_CLIENTS, Permission.READ_WORK)


@dataclass
class Guest:
    """Somebody with a key to one of the doors, and how it is taken from them."""

    house: House
    key: str
    taken: Callable[[], Awaitable[object]]
    path: str = "/graphql"
    query: str = STAFF

    async def change(self, name: str) -> None:
        """Something that they may see is done."""
        async with unit_of_work(self.house.ada):
            await (await Client.load(self.house.bakery)).change({"name": name}, None)


async def with_a_session(house: House) -> Guest:
    async with unit_of_work(house.ben):
        session, key = await Session.open(house.ben.id)

    async def take() -> None:
        async with unit_of_work(house.ben):
            await (await Session.load(session.id)).close()

    return Guest(house, key, take)


async def with_an_api_token(house: House) -> Guest:
    async with unit_of_work(house.ada):
        made, key = await ApiToken.issue(
            member_id=house.ada.id, name="board on the wall", scopes=READS
        )

    async def take() -> None:
        async with unit_of_work(house.ada):
            await (await ApiToken.load(made.id)).revoke()

    return Guest(house, key, take)


async def with_a_mailed_link(house: House) -> Guest:
    kit = await invited(house, house.bakery, email=f"kit-{house.id.hex}@bakery.example")

    async def take() -> None:
        async with unit_of_work(house.ada):
            await (await Contact.load(kit)).close_portal(house.bakery)

    return Guest(house, await come_in(house, kit), take, "/portal/graphql", PORTAL)


def listened(outside: Outside, guest: Guest, **headers: str) -> AbstractAsyncContextManager[Stream]:
    return listening(outside.port, guest.query, token=guest.key, path=guest.path, headers=headers)


async def heard(stream: Stream) -> Told:
    """The next changes, whatever beats come before."""
    while (told := await stream.hear()) is not None:
        if "changes" in told.says["data"]["heard"]:
            return told
    raise AssertionError("the stream is over")


@pytest.mark.parametrize("comes", [with_a_session, with_an_api_token, with_a_mailed_link])
async def test_a_stream_goes_on_where_it_was_cut_and_ends_with_what_opened_it(
    outside: Outside, comes: Callable[[House], Awaitable[Guest]]
) -> None:
    guest = await comes(await one_firm())
    async with listened(outside, guest) as stream:
        assert (await stream.hear()) is not None
        await guest.change("First")
        first = await heard(stream)
    await guest.change("Second")
    async with listened(outside, guest, **{"last-event-id": first.id or ""}) as stream:
        second = await heard(stream)
        async with asyncio.timeout(3):  # far from the next round in which sessions are looked at
            await guest.taken()
            rest = await stream.rest()
    async with listened(outside, guest) as again:
        refused = await again.response.aread()

    assert first.says["data"]["heard"]["cursor"] == first.id
    assert len(first.says["data"]["heard"]["changes"]) == 1
    assert len(second.says["data"]["heard"]["changes"]) == 1
    assert second.id not in (None, first.id)
    # That the stream has to begin anew may have been told just before.
    assert [told.event for told in rest] in (["next", "complete"], ["next", "next", "complete"])
    assert "UNAUTHENTICATED" in str(rest[-2].says)
    assert "kind" not in str([told.says for told in rest[:-1]])
    assert b'"code":"UNAUTHENTICATED"' in refused
