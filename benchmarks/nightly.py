"""`make bench-nightly`: the jobs of the next period for all clients of a large firm, by a worker.

The worker is the command people run, in a process of its own, on a PostgreSQL that keeps what it
commits; it adds up the boards' cards meanwhile, as it always does. Afterwards every period that was
owed has one job, and jobs look as those that are made one by one. The last line on standard output
is the result as JSON.
"""

import asyncio
import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer
import uvloop
from rich.table import Table

from benchmarks import ground, returning
from benchmarks.load import WrongAnswer
from benchmarks.serving import environment
from models.database import Database, install
from models.migrations import migrate
from models.recurrences import Recurrence
from models.tallies import add_up
from models.templates import Template
from models.templates.applying import apply
from models.unit_of_work import current, reading, unit_of_work
from models.viewer import Viewer
from server.cannot_start import CannotStart
from server.embedded import Servers
from server.progress import bar, console, step
from server.settings import CHECKOUT
from server.stopping import or_stopped

_LOOKED_AT = 100
"""Jobs that are made once more, one by one, to be compared."""
_KIB = 1024
_GOODBYE_SECONDS = 30

Figures = dict[str, float]

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def nightly(
    clients: Annotated[int, typer.Option(min=11, help="Each has five services.")] = 10_000,
) -> None:
    """Measure how long the jobs of the next period take to be made."""
    with ground.servers(durable=True) as servers:
        figures = uvloop.run(or_stopped(_measured(servers, clients)))
    _show(figures)
    sys.stdout.write(json.dumps(figures) + "\n")


async def _measured(servers: Servers, clients: int) -> Figures:
    await migrate(servers.migrate_database_url)
    database = await Database.open(servers.database_url)
    queue = await Database.open(servers.database_url, role="openpractice_queue", size=1)
    try:
        await install(database)
        with bar(f"Making a firm of {clients:,} clients") as advance:
            firm = await returning.make(clients, advance, servers.migrate_database_url)
        await add_up(queue)
        with step("Making what is due"), _worker(servers) as worker:
            seconds = await _until_made(queue, worker)
            peak = worker.peak()
            worker.stop()
        made = await _made(firm)
        with step("Making some of it one by one"):
            await _must_look_as_one_by_one(firm)
    finally:
        await queue.close()
        await database.close()
    return {
        "clients": clients, "jobs_created": made.jobs, "seconds": round(seconds, 1),
        "peak_mib": peak, "twice": made.twice,
    }  # fmt: skip


@dataclass
class _Worker:
    process: "subprocess.Popen[bytes]"
    began: float

    def peak(self) -> int:
        """The most MiB it has had. What wait() tells holds those of whoever started it, too."""
        told = Path(f"/proc/{self.process.pid}/status")
        if not told.exists():
            raise CannotStart("Here nothing tells how much memory a process has had.")
        (most,) = (line.split()[1] for line in told.read_text().splitlines() if "VmHWM" in line)
        return int(most) // _KIB

    def stop(self) -> None:
        """Asked to, it ends what it has begun. Raises WrongAnswer where it does not end well."""
        self.process.terminate()
        if self.process.wait(_GOODBYE_SECONDS):
            raise WrongAnswer(f"The worker ended with {self.process.returncode}.")


@contextmanager
def _worker(servers: Servers) -> Iterator[_Worker]:
    process = subprocess.Popen(
        [sys.executable, "-m", "server.cli", "worker"], cwd=CHECKOUT,
        env={**environment(servers), "OPENPRACTICE_FILE_SCANNER": "off"},
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield _Worker(process, time.perf_counter())
    finally:
        if process.returncode is None:
            process.kill()
            process.wait()


async def _until_made(queue: Database, worker: _Worker) -> float:
    """Seconds since the worker was started until nothing waits any more."""
    while True:
        if await queue.pool.fetchval(
            "select not exists (select from queue.pgqueuer where status in ('queued', 'picked'))"
            " and exists (select from queue.pgqueuer_log where status = 'successful')"
        ):
            return time.perf_counter() - worker.began
        if worker.process.poll() is not None:
            raise WrongAnswer("The worker ended before it was done.")
        await asyncio.sleep(0.1)  # what the figure is exact to: nobody says that all is made


@dataclass(frozen=True)
class _Made:
    jobs: int
    twice: int


async def _made(firm: Viewer) -> _Made:
    """Raises WrongAnswer where a period that was owed has no job."""
    async with reading(firm) as unit:
        row = await unit.fetchrow(
            "select count(*) as jobs, count(distinct (recurrence_id, period_key)) as periods,"
            " count(distinct recurrence_id) as recurrences,"
            " (select count(*) from recurrence) as owing,"
            " (select count(*) from recurrence"
            "  where next_date is null or next_date <= current_date) as left"
            " from job where recurrence_id is not null"
        )
    assert row is not None
    if row["recurrences"] != row["owing"] or row["left"]:
        raise WrongAnswer(f"Not everything was made, or too much of it: {dict(row)}.")
    return _Made(row["jobs"], row["jobs"] - row["periods"])


class _Undone(Exception):
    """What was made to be looked at is not kept."""


async def _must_look_as_one_by_one(firm: Viewer) -> None:
    async with reading(firm) as unit:
        rows = await unit.fetch("select id from job where recurrence_id is not null order by id")
    for row in random.Random(1).sample(rows, min(_LOOKED_AT, len(rows))):
        with suppress(_Undone):
            async with unit_of_work(firm):
                together = await _looks(row["id"])
                alone = await _looks(await _made_alone(row["id"]))
                raise _Undone
        if together != alone:
            raise WrongAnswer(f"Made together: {together}\nmade alone: {alone}")


async def _made_alone(id: UUID) -> UUID:
    """A job like that one, for the same client and period, as a person makes it."""
    job = await current().fetchrow("select * from job where id = $1", id)
    assert job is not None
    recurrence = await Recurrence.load(job["recurrence_id"], lock=False)
    template = await Template.load(recurrence.template_id, lock=False)
    dates = ("period_start", "period_end", "start_date", "due_date")
    made = await apply(template, client_id=job["client_id"], team_id=recurrence.team_id,
                       **{name: job[name] for name in dates})  # fmt: skip
    return made.id


_OWN = ("id", "created_at", "updated_at", "position", "recurrence_id", "period_key", "job_id")


async def _looks(job_id: UUID) -> Any:
    """The job, its tasks in order and what waits for what, without what is one's own alone."""
    fetch = current().fetch
    parts = [
        await fetch("select * from job where id = $1", job_id),
        await fetch("select * from task where job_id = $1 order by step, id", job_id),
    ]
    links = await fetch(
        "select a.step as waits, b.step as for from dependency d"
        " join task a on a.id = d.blocked_id join task b on b.id = d.blocker_id"
        " where a.job_id = $1 order by 1, 2", job_id,
    )  # fmt: skip
    shown = [[{k: v for k, v in row.items() if k not in _OWN} for row in rows] for rows in parts]
    return [*shown, [tuple(row.values()) for row in links]]


def _show(figures: Figures) -> None:
    table = Table(box=None, padding=(0, 2), show_header=False)
    for name, figure in figures.items():
        table.add_row(name.replace("_", " "), f"{figure:,}")
    table.add_row("jobs a second", f"{figures['jobs_created'] / figures['seconds']:,.0f}")
    console.print(table)


if __name__ == "__main__":
    ground.run("bench-nightly", app)
