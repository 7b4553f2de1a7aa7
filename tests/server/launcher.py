"""The launcher as what it is to a person: a process that is started, asked, stopped, killed."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from server.settings import CHECKOUT

COMMAND = [sys.executable, "-m", "server.cli"]
_SECONDS = 110


@dataclass
class Running:
    """A launcher that has said where it is."""

    process: asyncio.subprocess.Process
    address: str

    def family(self) -> list[psutil.Process]:
        """Every process it has started."""
        return psutil.Process(self.process.pid).children(recursive=True)

    async def end(self, by: signal.Signals) -> int:
        """Send the signal and wait; the exit code."""
        if self.process.returncode is None:
            self.process.send_signal(by)
        return await asyncio.wait_for(self.process.wait(), _SECONDS)


@asynccontextmanager
async def running(folder: Path, *more: str, **environment: str) -> AsyncIterator[Running]:
    """`openpractice run --empty` on the folder, stopped at the end if it still runs."""
    arguments = ["run", "--empty", "--port", "0", "--data", str(folder), *more]
    process = await asyncio.create_subprocess_exec(
        *COMMAND,
        *arguments,
        cwd=CHECKOUT,
        env={**surroundings(), **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    launched = Running(process, "")
    try:
        launched.address = await asyncio.wait_for(_said_address(process), _SECONDS)
        yield launched
    finally:
        await launched.end(signal.SIGINT)


async def _said_address(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None
    assert process.stderr is not None
    async for line in process.stdout:
        if b"running at" in line:
            return line.decode().split()[-1]
    raise AssertionError((await process.stderr.read()).decode())


async def say(
    *arguments: str, before: tuple[str, ...] = (), **environment: str
) -> tuple[int, str, str]:
    """Run a command to its end: exit code, what it printed, what it complained about."""
    process = await asyncio.create_subprocess_exec(
        *before,
        *COMMAND,
        *arguments,
        cwd=CHECKOUT,
        env={**surroundings(), **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await asyncio.wait_for(process.communicate(), _SECONDS)
    assert process.returncode is not None
    return process.returncode, out.decode(), err.decode()


async def refusal(*arguments: str, before: tuple[str, ...] = (), **environment: str) -> str:
    """The one sentence of a command that cannot do its work."""
    code, _, complaint = await say(*arguments, before=before, **environment)
    assert code == 1, complaint
    assert "Traceback" not in complaint
    sentences = [line for line in complaint.splitlines() if line.startswith("openpractice: ")]
    assert len(sentences) == 1, complaint
    assert complaint.endswith(sentences[0] + "\n")
    return sentences[0].removeprefix("openpractice: ")


async def lives(address: str) -> bool:
    """Whether a server process answers there."""
    async with httpx.AsyncClient() as client:
        return (await client.get(f"{address}/health/live")).status_code == 200


async def gone(processes: list[psutil.Process]) -> list[psutil.Process]:
    """Those that still run after a fair while; a zombie that nobody collects does not run."""
    _, alive = await asyncio.to_thread(psutil.wait_procs, processes, 10)
    return [process for process in alive if process.status() != psutil.STATUS_ZOMBIE]


def surroundings() -> dict[str, str]:
    """This process's environment, without what would point a command at other servers."""
    ours = ("DATABASE_URL", "MIGRATE_DATABASE_URL", "REDIS_URL", "S3_ENDPOINT_URL")
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ours and not name.startswith("OPENPRACTICE_")
    }
    return {**kept, "COLUMNS": "300"}
