"""`make bench-fanout`: how fast what one person does is on everybody else's screen.

A thousand screens that follow all tasks of a firm, at our server and at others; then what ours
alone has to stand. The last line on standard output is the result as JSON; everything else goes
to standard error.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from typing import Annotated, Any

import typer
import uvloop
from redis.asyncio import Redis
from rich.table import Table

from benchmarks import cores, ground
from benchmarks.screens import alone, hands
from benchmarks.screens.bench import Bench
from benchmarks.screens.events import Events
from benchmarks.screens.follows import EVERYTHING
from benchmarks.screens.open_files import room_for
from benchmarks.screens.peers import OURS, Peer, those
from benchmarks.screens.people import furnish
from benchmarks.screens.rates import by_turns
from benchmarks.screens.screens import screens as all_screens
from benchmarks.screens.stage import Stage, Told
from server.cannot_start import CannotStart
from server.embedded import Servers
from server.progress import bar, console
from server.stopping import or_stopped

PARTS = ("capacity", "latency", "filters", "idle", "reconnect", "screen")
_OF_ALL = PARTS[:2]
_CONNECTED, _HANDS, _FILTERS = 500, 20, 100
_WIDTH = 24
_HEADINGS = {
    "capacity": "messages/s at most",
    "p99_ms": "ms, 99 of 100, at 20 events/s",
    "cpu_core": "share of a core, at 20 events/s",
}
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@dataclass(frozen=True)
class Asked:
    """What is to be measured, and how much of it."""

    parts: Sequence[str]
    tasks: int
    rounds: int
    seconds: float
    screens: int
    idle: int
    away: float

    @property
    def connected(self) -> int:
        """Of how many people the changes of others are timed."""
        return min(_CONNECTED, self.screens)

    @property
    def filters(self) -> int:
        return min(_FILTERS, self.screens // 2)


@app.command()
def fanout(
    only: Annotated[list[str] | None, typer.Option(help="Measure this peer, not all.")] = None,
    tasks: Annotated[int, typer.Option(min=1_000, help="Tasks in the firm.")] = 7_000,
    part: Annotated[list[str] | None, typer.Option(help="Measure this, not all.")] = None,
    rounds: Annotated[int, typer.Option(min=1, help="Turns of each peer.")] = 3,
    seconds: Annotated[float, typer.Option(min=0.1, help="How long a turn is.")] = 5,
    screens: Annotated[int, typer.Option(min=10, help="That follow.")] = 1_000,
    idle: Annotated[int, typer.Option(min=10, help="That only wait.")] = 10_000,
    away: Annotated[float, typer.Option(min=0.1, help="Seconds before all come back.")] = 60,
) -> None:
    """Measure how changes reach screens."""
    if unknown := set(part or ()) - set(PARTS):
        raise CannotStart(f"--part takes one of {', '.join(PARTS)}, not {', '.join(unknown)}.")
    commands = {peer: peer.command() for peer in those(only or ())}
    parts = [one for one in PARTS if one in (part or PARTS)]
    asked = Asked(
        parts, tasks, rounds, seconds, screens, _allowed(idle, screens * len(commands)), away
    )
    server, rest = cores.pinned()
    with cores.on_core(rest), ground.servers() as servers:
        figures = uvloop.run(or_stopped(_figures(servers, commands, asked, (server, rest))))
    _show(figures)
    if server is None:
        console.print("Not pinned: the load took its share of the measured server's core.")
    sys.stdout.write(json.dumps(figures) + "\n")


def _allowed(idle: int, at_once: int) -> int:
    """How many screens may only wait. Raises CannotStart when not even the others may be open."""
    room = room_for(max(idle, at_once))
    if room < at_once:
        raise CannotStart(
            f"{at_once:,} screens are as many open files, and this system allows {room:,}:"
            " raise its limit (ulimit -Hn), or say --screens."
        )
    if room < idle:
        console.print(f"This system allows {room:,} open files (ulimit -Hn): so many screens wait,"
                      f" not {idle:,}.")  # fmt: skip
    return min(room, idle)


async def _figures(
    servers: Servers, commands: Mapping[Peer, Sequence[str]], asked: Asked,
    on: tuple[int | None, int | None],
) -> dict[str, Any]:  # fmt: skip
    people = max(asked.connected, asked.filters)
    database, bus, firm = await furnish(servers, people + _HANDS, asked.tasks)
    async with Redis.from_url(servers.redis_url) as redis:
        try:
            async with AsyncExitStack() as running:
                held = running.enter_context(all_screens())
                stage = Stage(held, Events(), firm.items, on[1])
                bench = Bench(servers, firm, redis, stage, on[0])
                found: dict[str, Any] = {}
                peers = []
                for peer, command in commands.items():
                    at_work = bench.told(peer, command, asked.connected)
                    told = await running.enter_async_context(at_work)
                    if peer.name == OURS:
                        found = await _of_ours(bench, told, asked)
                    peers.append(told)
                return await _of_all(stage, peers, asked) | found
        finally:
            await bus.stop()
            await database.close()


async def _of_all(stage: Stage, peers: Sequence[Told], asked: Asked) -> dict[str, Any]:
    """What is measured of every server, by turns."""
    parts = [part for part in asked.parts if part in _OF_ALL]
    if not parts:
        return {}
    for told in peers:
        with bar(f"Opening {asked.screens:,} screens of {told.name}") as advance:
            await stage.fill(told, asked.screens, advance=advance)
    with bar(f"Measuring {asked.rounds} rounds") as advance:
        return await by_turns(
            stage, peers, asked.screens, rounds=asked.rounds, seconds=asked.seconds,
            parts=parts, advance=advance,
        )  # fmt: skip


async def _of_ours(bench: Bench, told: Told, asked: Asked) -> dict[str, Any]:
    """What is measured of our server alone."""
    figures: dict[str, Any] = {part: None for part in asked.parts if part not in _OF_ALL}
    # Memory first: what a process has once used, it keeps and uses again.
    for part in sorted(figures, key=lambda name: name != "idle"):
        console.print(f"Measuring {part} …")
        figures[part] = await _one(part, bench, told, asked)
        bench.stage.screens.close(told.name)
    return figures


async def _one(part: str, bench: Bench, told: Told, asked: Asked) -> Any:
    stage, people = bench.stage, bench.people
    match part:
        case "filters":
            whose, theirs = bench.of_some(asked.filters)
            shown = [{**EVERYTHING, "memberId": id} for id in whose]
            return await alone.filters(
                stage, replace(told, source=theirs), asked.screens, asked.seconds, shown
            )
        case "idle":
            return await alone.idle(stage, told, asked.idle)
        case "reconnect":
            return await alone.reconnect(stage, told, asked.screens, asked.away)
        case _:
            busy = people.tokens[-_HANDS:]
            return await hands.screen(
                stage, told, asked.connected, asked.seconds, busy, people.theirs
            )


def _show(figures: Mapping[str, Any]) -> None:
    """The figures as a picture: a bar for each peer under each heading, then ours alone."""
    table = Table(box=None, padding=(0, 2), show_header=False)
    for name, heading in _HEADINGS.items():
        by_peer = figures.get(name, {})
        longest = max(by_peer.values(), default=0)
        for peer, figure in by_peer.items():
            length = round(_WIDTH * figure / longest) if longest else 0
            table.add_row(heading, peer, f"{figure:,}", "█" * max(length, 1))
    for name in [name for name in figures if name not in _HEADINGS]:
        table.add_row(name, OURS, str(figures[name]))
    console.print(table)


if __name__ == "__main__":
    ground.run("bench-fanout", app)
