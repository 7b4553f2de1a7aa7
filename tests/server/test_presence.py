"""Being somewhere, as it goes over a socket: who is told, what is hidden, and when one is gone."""

import asyncio
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection

from models.clients import Client
from models.unit_of_work import unit_of_work
from schema import ids
from tests.cast import House, one_firm
from tests.server.outside import Outside
from tests.server.talking import PATIENCE, enter, hear, say, subscribe

PRESENCE = """subscription ($place: ID!, $holds: ID, $edits: String) {
  presence(place: $place, holds: $holds, edits: $edits) {
    place count people { member { name } holds edits } } }"""
BOARD = "job_board"
ADA, DAN, EVE = "Ada Ash", "Dan", "Eve"


@pytest.fixture
async def house(outside: Outside) -> House:
    house = await one_firm()
    for person in house.people:
        await outside.key_of(person)
    return house


async def come(socket: ClientConnection, place: str = BOARD, **more: str) -> None:
    await subscribe(socket, "here", PRESENCE, place=place, **more)


async def seen(socket: ClientConnection, *names: str) -> dict[str, Any]:
    """Wait until just these are told to be there; what each has in hand and writes in."""
    while True:
        told = (await hear(socket))["payload"]["data"]["presence"]
        people = {one["member"]["name"]: (one["holds"], one["edits"]) for one in told["people"]}
        if people.keys() == set(names):
            assert told["count"] == len(names)
            return people


async def test_whose_socket_is_gone_is_gone(outside: Outside, house: House) -> None:
    async with outside.socket(house.ada) as hers:
        await come(hers)
        await seen(hers, ADA)
        for leave in (abort, complete, go):
            async with outside.socket(house.dan) as his:
                await come(his, edits="title")
                people = await seen(hers, ADA, DAN)
                await leave(his)
                await seen(hers, ADA)

            assert people == {ADA: (None, None), DAN: (None, "title")}


async def abort(socket: ClientConnection) -> None:
    socket.transport.abort()


async def complete(socket: ClientConnection) -> None:
    await say(socket, type="complete", id="here")


async def go(socket: ClientConnection) -> None:
    await socket.close()


async def test_what_is_held_is_told_to_those_alone_who_may_know_of_it(
    outside: Outside, house: House
) -> None:
    secret, open_one = (ids.written("job", id) for id in (house.secret, house.books))
    async with outside.socket(house.dan) as his, outside.socket(house.eve) as hers:
        await come(his)
        await come(hers, holds=secret)
        hidden = await seen(his, DAN, EVE)
        shown = await seen(hers, DAN, EVE)
        await subscribe(hers, "then", PRESENCE, place=BOARD, holds=open_one)
        await say(hers, type="complete", id="here")
        async with asyncio.timeout(PATIENCE):
            while hidden[EVE] != (open_one, None):
                assert secret not in str(hidden)
                hidden = await seen(his, DAN, EVE)

        assert shown[EVE] == (secret, None)


async def test_nobody_comes_where_they_may_not_look(outside: Outside, house: House) -> None:
    secret = ids.written("job", house.secret)
    wrong = [
        ({"place": secret}, "NOT_FOUND", ["place"]),
        ({"place": "lobby"}, "NOT_FOUND", ["place"]),
        ({"place": BOARD, "holds": secret}, "NOT_FOUND", ["holds"]),
        ({"place": BOARD, "holds": ids.written("client", house.bakery)}, "NOT_FOUND", ["holds"]),
        ({"place": BOARD, "edits": "<b>"}, "INVALID", ["edits"]),
    ]
    async with outside.socket(house.dan) as his:
        for variables, code, argument in wrong:
            await subscribe(his, "1", PRESENCE, **variables)
            [error] = (await hear(his))["payload"]
            assert (error["extensions"]["code"], error["extensions"]["argument"]) == (
                code, argument,
            )  # fmt: skip


async def test_whom_a_job_is_hidden_from_is_out_of_it_at_once(
    outside: Outside, house: House
) -> None:
    mill = ids.written("job", house.year_end)
    async with outside.socket(house.ada) as hers, outside.socket(house.dan) as his:
        await come(hers, mill)
        await come(his, mill)
        await seen(hers, ADA, DAN)
        await seen(his, ADA, DAN)
        async with unit_of_work(house.ada):
            await (await Client.load(house.mill)).change({"restricted": True}, None)

        frame = await hear(his)
        assert (frame["type"], frame["payload"][0]["extensions"]["code"]) == ("error", "NOT_FOUND")


async def test_a_program_sees_who_is_there_and_is_not_there_itself(
    outside: Outside, house: House
) -> None:
    made = await outside.ask(
        house.dan,
        """mutation { createApiToken(input: {name: "Screen", scopes: [READ_FIRM, READ_WORK]}) {
             token } }""",
    )
    async with outside.socket(house.ada) as hers, outside.connect() as its:
        await come(hers)
        await seen(hers, ADA)
        await enter(its, made["createApiToken"]["token"])
        await come(its)

        await seen(its, ADA)
        async with outside.socket(house.eve) as second:
            await come(second)
            await seen(hers, ADA, EVE)
