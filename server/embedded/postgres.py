"""PostgreSQL 18 on loopback: made once, started, healed after a kill -9, stopped last."""

import asyncio
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg

from server.cannot_start import CannotStart
from server.embedded import children
from server.embedded.account import Account
from server.embedded.binaries import postgres_program
from server.embedded.folder import Folder
from server.embedded.logins import DATABASE, make_logins_and_database

MAJOR = "18"
_START_SECONDS = 60
# Fast shutdown (sessions are cut, a checkpoint is written), at once, and what nothing survives.
_GOODBYE = [(signal.SIGINT, 30.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0)]
_COMPLAINTS = ("FATAL:", "PANIC:", "error:")

_FLAGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "timezone": "UTC",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "random_page_cost": "1.1",
    # One machine, nothing to replicate to; what is committed is on the disk all the same.
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
}
_CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@contextmanager
def running(folder: Folder, account: Account, *, durable: bool) -> Iterator[int]:
    """The running server's port. `durable=False` (tests) trades a power cut's safety for speed.

    Raises CannotStart with PostgreSQL's own complaint when it does not come up, or ends by itself.
    """
    heal(folder)
    passwords = folder.passwords()
    if not folder.cluster.exists():
        _make_cluster(folder, account, passwords["postgres"], durable=durable)
    _check_cluster(folder)
    process, port = _start(folder, account, durable=durable)
    try:
        with children.watched(process, "PostgreSQL", folder.log("postgres")):
            _let_in(folder, port, passwords)
            yield port
    finally:
        children.stop(process, _GOODBYE)


def _let_in(folder: Folder, port: int, passwords: dict[str, str]) -> None:
    try:
        asyncio.run(make_logins_and_database(address(port, "postgres", passwords), passwords))
    except asyncpg.PostgresError as error:
        complaint = str(error).splitlines()[0]
        raise CannotStart(
            f"PostgreSQL cannot work with {folder.cluster}: {complaint} "
            f"(more in {folder.log('postgres')})"
        ) from error


def address(port: int, login: str, passwords: dict[str, str], database: str = "") -> str:
    """The embedded server's URL for a login. No TLS: it never leaves loopback."""
    name = database or ("postgres" if login == "postgres" else DATABASE)
    return f"postgresql://{login}:{passwords[login]}@127.0.0.1:{port}/{name}?sslmode=disable"


def heal(folder: Folder) -> None:
    """Stop the server that a killed launcher has left running. A fresh start recovers by itself."""
    pid_file = folder.cluster / "postmaster.pid"
    if not pid_file.exists():
        return
    children.end_left_behind("postgres", folder.cluster, _GOODBYE)
    # Its number may be another program's by now, or a zombie's: PostgreSQL would refuse for ever.
    pid_file.unlink(missing_ok=True)


def _make_cluster(folder: Folder, account: Account, password: str, *, durable: bool) -> None:
    """Run initdb next to where the cluster will be: it is there whole, or not at all."""
    log, said = folder.log("postgres"), children.end_of(folder.log("postgres"))
    folder.unfinished_cluster.mkdir(mode=0o700)
    secret = folder.path / "postgres.first-password"
    secret.touch(mode=0o600)
    secret.write_text(password)
    for path in (folder.unfinished_cluster, secret):
        account.own(path)
    initdb = postgres_program("initdb")
    command = [
        *(str(initdb), "--pgdata", str(folder.unfinished_cluster), "--username", "postgres"),
        *("--pwfile", str(secret), "--auth", "scram-sha-256", "--encoding", "UTF8"),
        *("--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"),
        *([] if durable else ["--no-sync"]),
    ]
    try:
        failed = children.start(
            command,
            account=account,
            folder=folder.unfinished_cluster,
            log=log,
            reaching=[folder.unfinished_cluster, initdb],
        ).wait()
    finally:
        secret.unlink()
    if failed:
        shutil.rmtree(folder.unfinished_cluster)
        complaint = children.last_words(log, said, marks=_COMPLAINTS)
        raise CannotStart(f"PostgreSQL could not make its files in {folder.path}: {complaint}")
    folder.unfinished_cluster.rename(folder.cluster)


def _check_cluster(folder: Folder) -> None:
    version = folder.cluster / "PG_VERSION"
    try:
        found = version.read_text().strip()
    except PermissionError as error:
        raise CannotStart(
            f"{folder.cluster} belongs to {_owner(folder.cluster)}: start OpenPractice as before "
            "(as root, perhaps), or choose another folder with --data."
        ) from error
    except OSError as error:
        raise CannotStart(
            f"{folder.cluster} is not what PostgreSQL left there (no PG_VERSION): "
            "put it back, or choose another folder with --data."
        ) from error
    if found != MAJOR:
        raise CannotStart(
            f"{folder.cluster} was written by PostgreSQL {found}, this is {MAJOR}: "
            "choose another folder with --data."
        )


def _owner(path: Path) -> str:
    try:
        return path.owner()
    except KeyError:
        return f"user number {path.stat().st_uid}"


def _start(
    folder: Folder, account: Account, *, durable: bool
) -> "tuple[subprocess.Popen[bytes], int]":
    """Start on a free port; another one when somebody was quicker to take it."""
    log, complaint = folder.log("postgres"), ""
    for _ in range(3):
        port, said = children.free_port(), children.end_of(log)
        process = _launch(folder, account, port, durable=durable)
        if _ready(process, folder.cluster / "postmaster.pid"):
            return process, port
        children.stop(process, _GOODBYE)
        complaint = children.last_words(log, said, marks=_COMPLAINTS)
        if "TCP/IP sockets" not in complaint:
            break
    raise CannotStart(
        f"PostgreSQL could not start on {folder.cluster}: {complaint} (more in {log})"
    )


def _launch(
    folder: Folder, account: Account, port: int, *, durable: bool
) -> "subprocess.Popen[bytes]":
    program = postgres_program("postgres")
    command = [str(program), "-D", str(folder.cluster), "-p", str(port)]
    for name, value in {**_FLAGS, **({} if durable else _CARELESS)}.items():
        command += ["-c", f"{name}={value}"]
    return children.start(
        command,
        account=account,
        folder=folder.cluster,
        log=folder.log("postgres"),
        reaching=[folder.cluster, program],
    )


def _ready(process: "subprocess.Popen[bytes]", pid_file: Path) -> bool:
    """Wait until the server has written that it accepts connections, or has given up."""
    deadline = time.monotonic() + _START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            lines = pid_file.read_text().splitlines()
        except FileNotFoundError:
            lines = []
        if len(lines) > 7 and lines[0] == str(process.pid) and lines[7].strip() == "ready":
            return True
        time.sleep(0.01)
    return False
