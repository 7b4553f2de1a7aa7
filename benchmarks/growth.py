"""`make bench-growth`: whether a firm of ten clients and one of ten thousand feel the same speed.

Both firms stand in one database and are asked the same by turns: as long a page in both, through
the engine, with everything on. The last line on standard output is the result as JSON.
"""

import json
import sys
from collections.abc import Mapping
from typing import Annotated

import typer
import uvloop
from rich.table import Table

from benchmarks import firm, ground
from benchmarks.growing import QUESTIONS, Cost, measure
from benchmarks.load import WrongAnswer
from benchmarks.teams import ByTeams
from models.database import Database, install
from models.migrations import migrate
from models.tallies import add_up
from resolvers import operators
from server.embedded import Servers
from server.progress import Advance, bar, console
from server.stopping import or_stopped

TASKS_A_CLIENT, JOBS_A_CLIENT = (10, 100), (3, 30)
"""In a young firm, and in one that has been at it for years."""
_AT_LEAST = 11
"""Members, so that ten things on a page may be ten people's, and one who asks."""
_STEPS = 400

Ratios = dict[str, dict[str, float]]

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def growth(
    clients: Annotated[int, typer.Option(min=40, help="Of the firm that has grown.")] = 10_000,
    rounds: Annotated[int, typer.Option(min=20, help="How often each is asked.")] = 400,
) -> None:
    """Measure the same questions in a small firm and in one that has grown."""
    sizes = {"small": _size(10, 0), "grown": _size(clients, 1)}
    with ground.servers() as servers:
        found = uvloop.run(or_stopped(_measured(servers, sizes, rounds)))
    ratios = _ratios(found["small"], found["grown"])
    _show(found)
    sys.stdout.write(json.dumps(ratios) + "\n")


def _size(clients: int, age: int) -> firm.Size:
    return firm.Size(
        tasks=clients * TASKS_A_CLIENT[age], jobs=clients * JOBS_A_CLIENT[age],
        clients=clients, members=min(max(clients // 20, _AT_LEAST), 200),
    )  # fmt: skip


async def _measured(
    servers: Servers, sizes: Mapping[str, firm.Size], rounds: int
) -> dict[str, dict[str, Cost]]:
    await migrate(servers.migrate_database_url)
    database = await Database.open(servers.database_url)
    try:
        await install(database)
        counts = " and ".join(f"{size.clients:,}" for size in sizes.values())
        with bar(f"Making firms of {counts} clients") as advance:
            await _side_by_side(servers, sizes, advance)
        await _add_up(servers)
        await firm.settle(servers.migrate_database_url)
        viewers = {
            name: (await operators.speaker_for(firm.ASKS.format(name))).viewer for name in sizes
        }
        with bar(f"Asking {len(QUESTIONS)} questions {rounds} times in both") as advance:
            return await measure(viewers, rounds, advance)
    finally:
        await database.close()


async def _add_up(servers: Servers) -> None:
    """What the worker does all the time: the sums that boards read."""
    queue = await Database.open(servers.database_url, role="openpractice_queue", size=1)
    try:
        if failed := await add_up(queue):
            raise WrongAnswer(f"Cards could not be added up: {failed}.")
    finally:
        await queue.close()


async def _side_by_side(servers: Servers, sizes: Mapping[str, firm.Size], advance: Advance) -> None:
    """Make all firms over the same time, as they live: where a small one's rows lie all others'
    lie between them, and a page of it is not a page of the disk."""
    whole = sum(size.rows for size in sizes.values())
    written = dict.fromkeys(sizes, 0)
    making = {
        name: firm.filling(
            size,
            servers.migrate_database_url,
            name,
            at_once=max(size.rows // _STEPS, 1),
            shares=ByTeams,
        )
        for name, size in sizes.items()
    }
    while making:
        behind = min(making, key=lambda name: written[name] / sizes[name].rows)
        rows = await anext(making[behind], None)
        if rows is None:
            del making[behind]
        else:
            written[behind] = rows
            advance(sum(written.values()), whole)


def _ratios(small: Mapping[str, Cost], grown: Mapping[str, Cost]) -> Ratios:
    """How many times as much the grown firm takes."""
    return {
        f"{name}_ratio": {
            question: round(getattr(grown[question], name) / getattr(small[question], name), 2)
            for question in QUESTIONS
        }
        for name in ("p50", "buffers", "p99")
    }


def _show(found: Mapping[str, Mapping[str, Cost]]) -> None:
    table = Table(box=None, padding=(0, 2))
    for heading in ("", *(f"{name}: {part}" for name in found for part in ("ms", "buffers"))):
        table.add_column(heading, justify="right" if heading else "left")
    for question in QUESTIONS:
        told = [(f"{each[question].p50:.2f}", f"{each[question].buffers:,}")
                for each in found.values()]  # fmt: skip
        table.add_row(question, *(text for pair in told for text in pair))
    console.print(table)


if __name__ == "__main__":
    ground.run("bench-growth", app)
