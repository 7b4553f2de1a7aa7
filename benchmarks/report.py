"""`make bench-report`: 12,000 rows of hours by client and month, read as they are kept by month.

Ours runs in this process, with everything on; the same in Strawberry, Tortoise and DataLoader in
one of its own, from the same table. Answers are compared, then both are asked by turns. The last
line on standard output is the result as JSON.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from statistics import median
from typing import Annotated, Any

import typer
import uvloop
from graphql import parse
from rich.table import Table

from benchmarks import firm, ground
from benchmarks.load import WrongAnswer
from benchmarks.serving import environment
from models.database import Database, install
from models.events import EventKind
from models.jobs import Job
from models.members import Member
from models.migrations import migrate
from models.time_entries import TimeEntry
from models.unit_of_work import unit_of_work
from models.viewer import Viewer
from resolvers import operators
from schema.engine import Engine
from schema.execution import Context, execute
from schema.staff import staff
from server.embedded import Servers
from server.operations import encode
from server.progress import Advance, bar, console, step
from server.settings import CHECKOUT
from server.stopping import or_stopped

_RIVAL = "benchmarks.rivals.idiomatic.report"
_DOCUMENT = parse("""query Hours {
  reports {
    worked(period: {first: "2025-01-01", last: "2025-12-31"}, groupBy: [CLIENT, MONTH]) {
      rows { month seconds billableSeconds client { id name } }
    }
  }
}""")
_MONTHS = 12
_AT_ONCE = 4_000
_WARM_UP = 3

Figures = dict[str, dict[str, float]]
Ask = Callable[[str], dict[str, Any]]

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def report(
    clients: Annotated[int, typer.Option(min=2, help="Each has a row a month.")] = 1_000,
    entries: Annotated[int, typer.Option(min=1, help="Of each client in each month.")] = 8,
    rounds: Annotated[int, typer.Option(min=3, help="How often each is asked.")] = 25,
) -> None:
    """Measure a report of hours by client and month."""
    with ground.servers() as servers:
        figures = uvloop.run(or_stopped(_measured(servers, clients, entries, rounds)))
    _show(figures)
    sys.stdout.write(json.dumps(figures) + "\n")


async def _measured(servers: Servers, clients: int, entries: int, rounds: int) -> Figures:
    await migrate(servers.migrate_database_url)
    database = await Database.open(servers.database_url)
    try:
        await install(database)
        viewer = await _furnish(servers, clients, entries)
        with rival(servers, viewer) as theirs:
            return await _by_turns(viewer, theirs, clients * _MONTHS, rounds)
    finally:
        await database.close()


async def _furnish(servers: Servers, clients: int, entries: int) -> Viewer:
    """The firm and its time, and who asks."""
    size = firm.Size(tasks=1, jobs=clients, clients=clients, members=20)
    with step("Making a firm"):
        await firm.make(size, lambda *_: None, servers.migrate_database_url)
    asks = (await operators.speaker_for(firm.ASKS.format("bench"))).viewer
    async with unit_of_work(asks):
        jobs, members = await Job.all().order_by("id"), await Member.all().order_by("id")
    # Each client is one person's, on one job.
    rows = [_entry(jobs[n % clients], members[n % clients % len(members)], n // clients)
            for n in range(clients * _MONTHS * entries)]  # fmt: skip
    with bar(f"Writing {len(rows):,} time entries") as advance:
        await _log(asks, rows, advance)
    await firm.settle(servers.migrate_database_url)
    return asks


def _entry(job: Job, member: Member, turn: int) -> dict[str, Any]:
    return {
        "job_id": job.id, "client_id": job.client_id, "member_id": member.id, "note": "",
        "local_date": date(2025, turn % _MONTHS + 1, 1) + timedelta(days=turn // _MONTHS % 28),
        "time_zone": "Europe/London", "seconds": 900 + 60 * (turn % 7), "source": "import",
        "billing": "billable" if turn % 5 else "no_charge",
    }  # fmt: skip


async def _log(viewer: Viewer, rows: Sequence[dict[str, Any]], advance: Advance) -> None:
    for start in range(0, len(rows), _AT_ONCE):
        async with unit_of_work(viewer):
            await firm.fill(TimeEntry, EventKind.TIME_LOGGED, rows[start : start + _AT_ONCE])
        advance(min(start + _AT_ONCE, len(rows)), len(rows))


@contextmanager
def rival(servers: Servers, viewer: Viewer) -> Iterator[Ask]:
    """The other one at work, and what asks it."""
    process = subprocess.Popen(
        [sys.executable, "-m", _RIVAL, str(viewer.firm_id), str(viewer.member_id)],
        cwd=CHECKOUT, env=environment(servers), text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip

    def ask(how: str) -> dict[str, Any]:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(how + "\n")
        process.stdin.flush()
        told: dict[str, Any] = json.loads(process.stdout.readline() or '{"errors": ["it ended"]}')
        if told["errors"]:
            raise WrongAnswer(f"idiomatic: {told['errors'][0]}")
        return told

    try:
        yield ask
    finally:
        process.kill()
        process.wait()


async def _by_turns(viewer: Viewer, theirs: Ask, rows: int, rounds: int) -> Figures:
    engine = Engine()
    _, body = await _ours(viewer, engine)
    shown = json.loads(body)["data"]["reports"]["worked"]["rows"]
    other = theirs("show")["answer"]["worked"]
    if len(shown) != rows or _alike(shown) != _alike(other):
        raise WrongAnswer(f"The reports differ, or have not {rows:,} rows.")
    took: dict[str, list[float]] = {"ours": [], "idiomatic": []}
    with bar(f"Asking for {rows:,} rows {rounds} times") as advance:
        for number in range(-_WARM_UP, rounds):
            turn = {"ours": (await _ours(viewer, engine))[0], "idiomatic": theirs("go")["ms"]}
            if number >= 0:
                for name, ms in turn.items():
                    took[name].append(ms)
                advance(number + 1, rounds)
    ms = {name: round(median(each), 1) for name, each in took.items()}
    return {"ms": ms, "ratio": {"idiomatic": round(ms["idiomatic"] / ms["ours"], 1)}}


async def _ours(viewer: Viewer, engine: Engine) -> tuple[float, bytes]:
    """Milliseconds from the operation to its JSON, and that."""
    began = time.perf_counter()
    answer = await execute(staff(), _DOCUMENT, context=Context(viewer, "bench", None, engine))
    if answer.errors:
        raise WrongAnswer(f"ours: {answer.errors[0]}")
    body = encode({"data": answer.data}, "bench")
    return 1000 * (time.perf_counter() - began), body


def _alike(rows: Sequence[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return sorted((row["client"]["name"], row["month"], row["seconds"], row["billableSeconds"])
                  for row in rows)  # fmt: skip


def _show(figures: Figures) -> None:
    table = Table(box=None, padding=(0, 2), show_header=False)
    longest = max(figures["ms"].values())
    for name, ms in figures["ms"].items():
        table.add_row("milliseconds", name, f"{ms:,}", "█" * max(round(24 * ms / longest), 1))
    console.print(table)


if __name__ == "__main__":
    ground.run("bench-report", app)
