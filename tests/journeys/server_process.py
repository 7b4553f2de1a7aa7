"""OpenPractice as people reach it: a server process that can be killed and started again."""

import asyncio
import os
import signal
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from server.settings import CHECKOUT

_SECONDS = 90


@dataclass
class Site:
    """One server process on a database of its own, with the demo firms in it."""

    environment: dict[str, str]
    folder: Path
    port: int = 0
    process: asyncio.subprocess.Process | None = field(default=None, repr=False)
    sessions: dict[str, Any] = field(default_factory=dict, repr=False)
    """The cookies of who signed in already, by address."""

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    async def start(self) -> None:
        """Start, or start again at the same address, and wait until it answers."""
        assert self.process is None
        self.process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "server.cli", "run",
            "--port", str(self.port), "--data", str(self.folder),
            cwd=CHECKOUT, env={**os.environ, **self.environment, "COLUMNS": "300"},
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip
        self.port = int((await asyncio.wait_for(self._said_address(), _SECONDS)).rsplit(":")[-1])
        self._reading = asyncio.create_task(self._read_on())

    async def kill(self) -> None:
        """`kill -9`: whatever it was about, it does not finish it."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> None:
        """What Ctrl-C does."""
        if self.process is not None:
            await self._end(signal.SIGINT)

    async def _end(self, by: signal.Signals) -> None:
        assert self.process is not None
        family = psutil.Process(self.process.pid).children(recursive=True)
        self.process.send_signal(by)
        if by == signal.SIGKILL:
            for child in family:
                child.kill()
        try:
            await asyncio.wait_for(self.process.wait(), _SECONDS)
        except TimeoutError as error:
            state = psutil.Process(self.process.pid).status()
            raise AssertionError(f"After {by.name} the server is {state} still") from error
        await self._reading
        self.process = None

    async def _said_address(self) -> str:
        assert self.process is not None
        assert self.process.stdout is not None
        said = []
        async for line in self.process.stdout:
            said.append(line.decode())
            if b"running at" in line:
                return line.decode().split()[-1]
        raise AssertionError("".join(said))

    async def _read_on(self) -> None:
        """A pipe that nobody empties would stop the server."""
        assert self.process is not None
        assert self.process.stdout is not None
        while await self.process.stdout.read(65536):
            pass
