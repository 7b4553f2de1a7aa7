"""People who change cards by the API, while others look on."""

import asyncio
from collections.abc import Sequence
from time import monotonic_ns

import orjson

from benchmarks.load import WrongAnswer
from benchmarks.screens.items import Row
from benchmarks.screens.stage import Stage, Told
from benchmarks.screens.tally import EVENTS, Tally, title

A_SECOND = 25
"""Mutations of five hundred people who are all at work."""
_DOCUMENT = """mutation Retitle($input: UpdateTaskInput!) {
  updateTask(input: $input) { task { id version } errors { message } }
}"""


class Hand:
    """One person's connection, kept open: one mutation after the other."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, token: str):
        self._reader, self._writer, self._token = reader, writer, token

    @classmethod
    async def at(cls, port: int, token: str) -> "Hand":
        return cls(*await asyncio.open_connection("127.0.0.1", port), token)

    async def retitle(self, task: str, called: str) -> None:
        """Change a card. Raises WrongAnswer when it was refused."""
        asked = {"query": _DOCUMENT, "variables": {"input": {"id": task, "title": called}}}
        body = orjson.dumps(asked)
        self._writer.write(
            f"POST /graphql HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {self._token}\r\n"
            "Content-Type: application/json\r\nAccept: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n".encode()
            + body
        )
        head = (await self._reader.readuntil(b"\r\n\r\n")).lower()
        length = int(head.partition(b"content-length:")[2].partition(b"\r\n")[0])
        answer = orjson.loads(await self._reader.readexactly(length))
        if answer.get("errors") or answer["data"]["updateTask"]["errors"]:
            raise WrongAnswer(f"A mutation was refused: {answer}")


class Mutations:
    """Each event is a mutation that somebody sends to the measured server itself."""

    def __init__(self, tally: Tally, hands: Sequence[Hand], items: Sequence[Row]) -> None:
        self._tally, self._items = tally, items
        self.cards = len(items)
        self._free: asyncio.Queue[Hand] = asyncio.Queue()
        for hand in hands:
            self._free.put_nowait(hand)

    async def make(self, number: int) -> None:
        hand = await self._free.get()
        # When it is sent: that is what a person counts from.
        self._tally.moments[number % EVENTS] = monotonic_ns()
        await hand.retitle(self._items[number % self.cards]["changes"][0]["id"], title(number))
        self._free.put_nowait(hand)


async def screen(
    stage: Stage,
    told: Told,
    screens: int,
    seconds: float,
    tokens: Sequence[str],
    cards: Sequence[Row],
) -> dict[str, float]:
    """How soon what these people change is on everybody else's screen."""
    hands = [await Hand.at(told.follows.port, token) for token in tokens]
    acts = Told(told.name, told.pid, told.follows, Mutations(stage.screens.tally, hands, cards))
    await stage.fill(told, screens)
    came = stage.screens.tally.messages
    stage.screens.time_them()
    made = await stage.events.at_rate(acts.source, A_SECOND, seconds)
    await stage.arrived(acts, came + made * screens)
    times = stage.screens.times()
    return {"median_ms": round(times.median_ms, 1), "p99_ms": round(times.p99_ms, 1)}
