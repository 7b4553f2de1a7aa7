"""`make bench-board`: how many boards a second one server process answers, and at what cost.

200 tasks with assignee, job and client, by HTTP with a bearer token, in a firm of 100,000 tasks;
`cpu_ms` is the server's CPU time for one of them while 32 connections ask.
The last line on standard output is the result as JSON; everything else goes to standard error.
"""

import asyncio
import json
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from typing import Annotated

import typer
import uvloop
from rich.table import Table

from benchmarks import cards, cores, firm, ground
from benchmarks.peers import Peer, those
from benchmarks.rounds import HEADINGS, Figures, checked, measure
from benchmarks.serving import Served, serving
from models.database import Database, install
from models.migrations import migrate
from resolvers import api_tokens, operators
from server.embedded import Servers
from server.progress import bar, console, step
from server.stopping import or_stopped

_WIDTH = 24
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def board(
    tasks: Annotated[int, typer.Option(min=1_000, help="Tasks in the firm.")] = 100_000,
    rounds: Annotated[int, typer.Option(min=1, help="Turns of each peer.")] = 5,
    seconds: Annotated[float, typer.Option(min=0.1, help="How long a turn is.")] = 4,
    only: Annotated[list[str] | None, typer.Option(help="Measure this peer, not all.")] = None,
) -> None:
    """Measure the board query."""
    commands = {peer: peer.command() for peer in those(only or ())}
    server, rest = cores.pinned()
    with cores.on_core(rest), ground.servers() as servers, ExitStack() as running:
        token = asyncio.run(_furnish(servers, firm.Size(tasks=tasks)))
        served: dict[Peer, Served] = {}
        for peer, command in commands.items():
            with cores.on_core(server), step(f"Starting {peer.name}"):
                served[peer] = running.enter_context(serving(peer, command, servers, token))
        figures = uvloop.run(or_stopped(_figures(servers, served, rounds, seconds)))
    _show(figures)
    if server is None:
        console.print("Not pinned: the load took its share of the measured server's core.")
    sys.stdout.write(json.dumps(figures) + "\n")


async def _furnish(servers: Servers, size: firm.Size) -> str:
    """Migrate and make the firm; returns the bearer token of the member who asks."""
    await migrate(servers.migrate_database_url)
    database = await Database.open(servers.database_url)
    try:
        await install(database)
        with bar(f"Making a firm with {size.tasks:,} tasks") as advance:
            await firm.make(size, advance, servers.migrate_database_url)
        await firm.settle(servers.migrate_database_url)
        asks = await operators.speaker_for(firm.ASKS.format("bench"))
        return await api_tokens.create_for(asks.viewer, "benchmark", [])
    finally:
        await database.close()


async def _figures(
    servers: Servers, served: Mapping[Peer, Served], rounds: int, seconds: float
) -> Figures:
    truth = await cards.truth(servers.migrate_database_url)
    with step(f"Checking that every answer shows the same {cards.CARDS} cards"):
        peers = {peer.name: await checked(peer, one, truth) for peer, one in served.items()}
    with bar(f"Measuring {rounds} rounds") as advance:
        return await measure(peers, rounds=rounds, seconds=seconds, advance=advance)


def _show(figures: Figures) -> None:
    """The figures as a picture: a bar for each peer under each heading."""
    table = Table(box=None, padding=(0, 2), show_header=False)
    for name, by_peer in figures.items():
        longest = max(by_peer.values())
        for peer, figure in by_peer.items():
            length = round(_WIDTH * figure / longest)
            table.add_row(HEADINGS[name], peer, f"{figure:,}", "█" * max(length, 1))
    console.print(table)


if __name__ == "__main__":
    ground.run("bench-board", app)
