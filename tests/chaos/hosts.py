"""Hosts and workers as real processes, by the product's own commands."""

import asyncio
import os
import re
import signal
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import psutil

from server.settings import CHECKOUT
from tests.chaos.proxy import Road
from tests.server.launcher import COMMAND, surroundings

_SECONDS = 100
# Not uvicorn's, which says so when a process cannot start while the database is away.
_FAULT = re.compile(r"\[(error|critical)\s*\].*\[openpractice\.")


class Program:
    """A command of ours that runs until it is ended, and its words in a log."""

    def __init__(
        self, name: str, command: list[str], ready: bytes, folder: Path, settings: Mapping[str, str]
    ) -> None:
        self.name = name
        self.log = folder / f"{name}.log"
        self._command = [*COMMAND, *command]
        self._ready = ready
        self._environment = {**surroundings(), **settings}
        self._process: asyncio.subprocess.Process | None = None
        self._listening: asyncio.Task[None] | None = None

    @property
    def runs(self) -> bool:
        return self._process is not None and self._process.returncode is None

    def faults(self) -> list[str]:
        """What it has logged as a fault of ours: whatever fails around it, nothing is."""
        lines = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
        return [f"{self.name} said: {line}" for line in lines if _FAULT.search(line)]

    async def start(self) -> str:
        """The line with which it says that it is ready."""
        self._process = await asyncio.create_subprocess_exec(
            *self._command, cwd=CHECKOUT, env=self._environment, start_new_session=True,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip
        said: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._listening = asyncio.create_task(self._listen(self._process, said))
        async with asyncio.timeout(_SECONDS):
            return await said

    async def end(self, by: signal.Signals) -> None:
        """SIGKILL ends its children, too: the whole host is gone."""
        if self._process is None or self._process.returncode is not None:
            return
        if by is signal.SIGKILL:
            # It leads a session, and so a group, of its own.
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, by)
        else:
            self._process.send_signal(by)
        async with asyncio.timeout(_SECONDS):
            await self._process.wait()
        if self._listening is not None:
            await self._listening

    def servers(self) -> list[psutil.Process]:
        """The server processes that it has started."""
        if self._process is None or self._process.returncode is not None:
            return []
        with suppress(psutil.NoSuchProcess):
            children = psutil.Process(self._process.pid).children()
            return [child for child in children if "spawn_main" in " ".join(child.cmdline())]
        return []

    async def _listen(
        self, process: asyncio.subprocess.Process, said: "asyncio.Future[str]"
    ) -> None:
        """A pipe that nobody empties would stop it."""
        assert process.stdout is not None
        with self.log.open("ab", buffering=0) as log:
            async for line in process.stdout:
                log.write(line)
                if self._ready in line and not said.done():
                    said.set_result(line.decode())
        if not said.done():
            said.set_exception(AssertionError(f"{self.name} did not come up: see {self.log}"))


class Host(Program):
    """`openpractice run` on servers that are not its own, behind a road."""

    def __init__(
        self, name: str, folder: Path, settings: Mapping[str, str], *, workers: int
    ) -> None:
        arguments = ["--empty", "--port", "0", "--workers", str(workers)]
        command = ["run", "--data", str(folder / name), *arguments]
        super().__init__(name, command, b"running at", folder, settings)
        self.road = Road()

    async def start(self) -> str:
        said = await super().start()
        self.road.leads_to = urlsplit(said.split()[-1]).port
        return said

    async def end(self, by: signal.Signals) -> None:
        if by is signal.SIGKILL:
            self.road.leads_to = None
        await super().end(by)
        self.road.leads_to = None


def worker(folder: Path, settings: Mapping[str, str]) -> Program:
    """`openpractice worker`."""
    return Program("worker", ["worker"], b"At work", folder, settings)
