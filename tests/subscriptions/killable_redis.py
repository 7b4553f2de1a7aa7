"""A Redis of one test's own, which can be killed, stopped dead and started again."""

import asyncio
import signal
import socket
from pathlib import Path

from server.embedded.binaries import redis_program


class KillableRedis:
    """A server on a port that stays the same."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: asyncio.subprocess.Process | None = None
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    async def start(self) -> None:
        """Returns once it takes connections."""
        program = redis_program()
        assert program is not None
        self._process = await asyncio.create_subprocess_exec(
            program, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "",
            cwd=self._folder, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            if b"eady to accept connections" in line:
                return
        raise AssertionError("Redis ended before it was ready")

    async def kill(self) -> None:
        """As by kill -9; nothing when it is dead already."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()

    def freeze(self) -> None:
        """It keeps its connections, takes new ones and answers nobody."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)
