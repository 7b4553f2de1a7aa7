"""Redis on loopback, keeping nothing: it carries hints between processes, never the truth."""

import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from server.cannot_start import CannotStart
from server.embedded import children
from server.embedded.account import Account
from server.embedded.binaries import redis_program
from server.embedded.folder import Folder

ONE_PROCESS_ONLY = "memory://"
_START_SECONDS = 10
_GOODBYE = [(signal.SIGTERM, 3.0), (signal.SIGKILL, 3.0)]


@contextmanager
def running(folder: Folder, account: Account) -> Iterator[int]:
    """The running server's port, or 0 on a platform without a binary."""
    program = redis_program()
    if program is None:
        yield 0
        return
    heal(folder)
    folder.redis.mkdir(mode=0o700, exist_ok=True)
    account.own(folder.redis)
    process, port = _start(folder, account, program)
    try:
        yield port
    finally:
        children.stop(process, _GOODBYE)
        _pid_file(folder).unlink(missing_ok=True)


def heal(folder: Folder) -> None:
    """Stop the server that a killed launcher has left running."""
    if _pid_file(folder).exists():
        children.end_left_behind("redis-server", folder.redis, _GOODBYE)


def _pid_file(folder: Folder) -> Path:
    return folder.redis / "pid"


def address(port: int, passwords: dict[str, str]) -> str:
    """The bus's URL; without a server the bus of one process."""
    return f"redis://:{passwords['redis']}@127.0.0.1:{port}/0" if port else ONE_PROCESS_ONLY


def _start(
    folder: Folder, account: Account, program: Path
) -> "tuple[subprocess.Popen[bytes], int]":
    log, said = folder.log("redis"), children.end_of(folder.log("redis"))
    for _ in range(3):
        port = children.free_port()
        process = children.start(
            [str(program), "-"],
            account=account,
            folder=folder.redis,
            log=log,
            reaching=[folder.redis, program],
            told=_configuration(folder, port),
        )
        if _listening(process, port):
            return process, port
        children.stop(process, _GOODBYE)
    complaint = children.last_words(log, said, marks=("rror", "Can't"))
    raise CannotStart(f"Redis could not start: {complaint} (more in {log})")


def _configuration(folder: Folder, port: int) -> str:
    """Said on standard input, so that the password shows in no list of processes."""
    return "\n".join(
        [
            "bind 127.0.0.1",
            f"port {port}",
            f"requirepass {folder.passwords()['redis']}",
            'save ""',
            "appendonly no",
            "daemonize no",
            f'pidfile "{_pid_file(folder)}"',
            f'dir "{folder.redis}"',
            "maxmemory 128mb",
            "",
        ]
    )


def _listening(process: "subprocess.Popen[bytes]", port: int) -> bool:
    deadline = time.monotonic() + _START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.01)
    return False
