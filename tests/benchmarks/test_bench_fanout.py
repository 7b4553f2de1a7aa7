"""`make bench-fanout` in small, and its parts, which have to count right."""

import asyncio
import select
import socket
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import orjson
import pytest

from benchmarks.load import WrongAnswer
from benchmarks.screens import rates, wire
from benchmarks.screens.events import Events
from benchmarks.screens.follows import Follows
from benchmarks.screens.items import named
from benchmarks.screens.screen import Screen
from benchmarks.screens.screens import screens
from benchmarks.screens.stage import Stage, Told
from server.settings import CHECKOUT
from tests.benchmarks.measuring import figures_of

ITEM = {"__typename": "TaskChanges", "changes": [{"task": {"title": "", "position": "a0"}}]}
UPGRADED = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"


async def test_it_ends_with_one_line_of_figures() -> None:
    figures = await figures_of(
        "benchmarks.fanout", "--only", "ours", "--only", "limit", "--tasks", "1000",
        "--screens", "20", "--idle", "30", "--rounds", "1", "--seconds", "0.3", "--away", "0.5",
        within=100,
    )  # fmt: skip

    of_all = ["capacity", "p99_ms", "cpu_core"]
    assert list(figures) == [*of_all, "filters", "idle", "reconnect", "screen"]
    assert all(list(figures[name]) == ["ours", "limit"] for name in of_all)
    assert list(figures["idle"]) == ["sockets", "kib", "ms"]
    assert list(figures["screen"]) == ["median_ms", "p99_ms"]
    assert all(figures["capacity"].values())
    assert figures["filters"] > 0


async def test_where_too_few_files_may_be_open_it_says_so_in_one_sentence() -> None:
    process = await asyncio.create_subprocess_exec(
        "bash", "-c", 'ulimit -n 900; exec "$0" "$@"', sys.executable, "-m", "benchmarks.fanout",
        "--only", "limit", cwd=CHECKOUT, stdout=PIPE, stderr=PIPE,
    )  # fmt: skip
    said, beside = await process.communicate()

    assert (process.returncode, said) == (1, b"")
    assert beside.startswith(b"bench-fanout: 1,000 screens are as many open files, and this system")
    assert beside.count(b"\n") == 1


@pytest.mark.parametrize("length", [0, 125, 126, 65_535, 65_536])
def test_frames_are_told_by_their_length_and_only_when_they_are_whole(length: int) -> None:
    data = wire.unmasked(b"x" * length) + wire.unmasked(b"last")

    assert [data[begins:ends] for _, begins, ends in wire.frames(data)] == [b"x" * length, b"last"]
    for cut in range(1, 12):
        whole = [data[begins:ends] for _, begins, ends in wire.frames(data[:-cut])]
        assert whole == ([b"x" * length] if cut <= 6 else [])


class Counted:
    """What a screen tells its holder."""

    def __init__(self) -> None:
        self.up, self.frames, self.data, self.why = 0, 0, b"", ""

    def came_up(self, screen: Screen) -> None:
        self.up += 1

    def came(self, data: bytes, ends: int, frames: int) -> None:
        self.frames += frames
        self.data += data[:ends]

    def went(self, screen: Screen, why: str) -> None:
        self.why = why


@pytest.fixture
def other_end() -> "Iterator[tuple[Screen, Counted, socket.socket]]":
    """A screen, what it has told, and the server's side of its socket."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        counted, port = Counted(), listener.getsockname()[1]
        screen = Screen(counted, port, Follows(port, ["token"]).greeting(0))
        server, _ = listener.accept()
        with server, screen.socket:
            yield screen, counted, server


def say(server: socket.socket, screen: Screen, data: bytes, pieces: int = 1) -> None:
    """Send it in so many pieces, each of which the screen reads."""
    for start in range(0, len(data), size := -(-len(data) // pieces)):
        server.sendall(data[start : start + size])
        assert select.select([screen.socket], [], [], 10)[0]
        screen.readable()


def test_a_screen_greets_step_by_step_and_then_counts_whatever_comes_however_it_is_cut(
    other_end: tuple[Screen, Counted, socket.socket],
) -> None:
    screen, counted, server = other_end
    assert b"Sec-WebSocket-Protocol: graphql-transport-ws" in server.recv(4096)
    say(server, screen, UPGRADED, pieces=3)
    assert b'"token":"token"' in server.recv(4096)
    assert counted.up == 0
    say(server, screen, wire.unmasked(b'{"type":"connection_ack"}'))
    assert b"subscription Screen" in server.recv(4096)
    assert counted.up == 1

    frames = b"".join(wire.unmasked(b"%d" % number * 300) for number in range(7))
    say(server, screen, frames, pieces=5)

    assert (counted.frames, counted.data) == (7, frames)


def test_a_screen_answers_a_ping_and_says_why_it_was_closed(
    other_end: tuple[Screen, Counted, socket.socket],
) -> None:
    screen, counted, server = other_end
    say(server, screen, UPGRADED)
    say(server, screen, wire.unmasked(b'{"type":"connection_ack"}'))
    server.recv(8192)

    say(server, screen, b"\x89\x02hi")
    assert server.recv(100) == wire.masked(wire.PONG, b"hi")
    say(server, screen, b"\x88\x0a\x11\x3aToo slow")
    server.shutdown(socket.SHUT_WR)
    screen.readable()

    assert counted.why.endswith("Too slow")


class Shouting:
    """A server in small: whoever connects is sent each event, `times` over, with that position."""

    def __init__(self, times: int = 1, position: str = "a0") -> None:
        self._writers: list[asyncio.StreamWriter] = []
        self._times, self._position = times, position
        self.cards = 1_000

    async def let_in(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(UPGRADED)
        self._writers.append(writer)

    async def make(self, number: int) -> None:
        item = orjson.loads(orjson.dumps(named(ITEM, number)))
        item["changes"][0]["task"]["position"] = self._position
        frame = wire.unmasked(orjson.dumps({"payload": {"data": {"taskChanges": item}}}))
        for writer in self._writers:
            writer.write(frame * self._times)


@asynccontextmanager
async def stage_of(shouting: Shouting) -> AsyncIterator[tuple[Stage, Told]]:
    async with await asyncio.start_server(shouting.let_in, "127.0.0.1", 0) as server:
        with screens() as held:
            port, pid = server.sockets[0].getsockname()[1], held.process.pid
            yield Stage(held, Events(), [ITEM], None), Told("small", pid, Follows(port), shouting)


async def test_events_are_made_as_fast_as_they_reach_all_screens_and_all_are_counted() -> None:
    async with stage_of(Shouting()) as (stage, told):
        await stage.fill(told, 5)
        before = stage.events.made
        found = await rates.most(stage, told, 5, 0.2)

        assert found.messages == found.frames > 0
        assert stage.screens.tally.messages == 5 * stage.events.made
        assert stage.events.made > before + rates.STEADY


async def test_a_server_that_says_a_thing_twice_is_not_measured() -> None:
    async with stage_of(Shouting(times=2)) as (stage, told):
        await stage.fill(told, 5)
        with pytest.raises(WrongAnswer, match=r"^small sent \d+ messages twice\.$"):
            await rates.steady(stage, told, 5, 0.2)


async def test_a_server_that_shows_another_card_is_not_measured() -> None:
    async with stage_of(Shouting(position="b0")) as (stage, told):
        with pytest.raises(WrongAnswer, match=r"^small shows .*'b0'.*, not .*'a0'"):
            await stage.fill(told, 5)


async def test_a_screen_that_is_turned_away_is_told_at_once() -> None:
    async def turn_away(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 403 Forbidden\r\n\r\n")
        writer.close()

    shouting = Shouting()
    shouting.let_in = turn_away  # type: ignore[method-assign]
    async with stage_of(shouting) as (stage, told):
        with pytest.raises(WrongAnswer, match=r"^small lost \d screens: HTTP/1\.1 403 Forbidden"):
            await stage.fill(told, 2)
