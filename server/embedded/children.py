"""Servers as child processes: started out of the terminal's reach, stopped in order, and found
again when a killed launcher has left them behind."""

import os
import re
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from server.cannot_start import CannotStart
from server.embedded.account import Account

# Nothing of the person's environment concerns the servers, and a PGOPTIONS would break one.
_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "HOME": "/", "LC_ALL": "C", "TZ": "UTC"}

_LOG_BYTES = 10_000_000

# Where a sentence of a log begins: at the moment as PostgreSQL, Redis or SeaweedFS writes it, or at
# the name of the program that speaks. Every other line goes on with what the line before has begun.
_BEGINNING = re.compile(
    r"\d{4}-\d\d-\d\d [\d:.]+ UTC \[\d+\] |^\d+:[A-Z] \d\d \w{3} \d{4} [\d:.]+ \S |^(?=\w+: )"
    r"|^(?=[IWEF]\d{4} [\d:.]+ \S+:\d+ )",
    re.MULTILINE,
)
_LEVEL = re.compile(r"^(?:(?:\w+: )?(?:LOG|FATAL|PANIC|error): |[IWEF]\d{4} [\d:.]+ \S+:\d+ )")

Signals = list[tuple[signal.Signals, float]]


def start(
    command: list[str],
    *,
    account: Account,
    folder: Path,
    log: Path,
    reaching: list[Path],
    told: str | None = None,
    also: Mapping[str, str] | None = None,
) -> "subprocess.Popen[bytes]":
    """Start a server in `folder` (by which it is found again), its words going to `log`.

    It has a session of its own: Ctrl-C reaches the launcher alone, which stops all in order.
    `told` goes to its standard input, where secrets belong rather than on the command line;
    `also` is its environment, which nobody else can read either.
    """
    with log.open("ab") as words:
        process = subprocess.Popen(
            account.command(command, reaching=reaching),
            cwd=folder,
            env={**_ENVIRONMENT, **(also or {})},
            stdin=subprocess.DEVNULL if told is None else subprocess.PIPE,
            stdout=words,
            stderr=words,
            start_new_session=True,
        )
    if process.stdin is not None and told is not None:
        with suppress(BrokenPipeError), process.stdin:
            process.stdin.write(told.encode())
    return process


def stop(process: "subprocess.Popen[bytes]", signals: Signals) -> None:
    """End a child, ever less politely: each signal with the seconds it is given to work."""
    for sent, seconds in signals:
        if process.poll() is not None:
            return
        process.send_signal(sent)
        with suppress(subprocess.TimeoutExpired):
            process.wait(seconds)


@contextmanager
def watched(process: "subprocess.Popen[bytes]", name: str, log: Path) -> Iterator[None]:
    """Stop this process as by SIGTERM when the child ends before the block does.

    Raises CannotStart at the end of the block then, with the child's last words, whatever else
    has come of its end.
    """
    said, over = log.stat().st_size, threading.Event()

    def watch() -> None:
        process.wait()
        if not over.is_set():
            os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name=f"{name} watch", daemon=True).start()
    try:
        yield
    finally:
        over.set()
        if (code := process.poll()) is not None:
            how = signal.Signals(-code).name if code < 0 else f"exit code {code}"
            raise CannotStart(
                f"{name} has ended ({how}), and nothing goes on without it;"
                f" its last words: {last_words(log, said)} (more in {log})"
            )


def end_left_behind(name: str, folder: Path, signals: Signals) -> None:
    """End the processes called `name` whose working folder is `folder`, the eldest first.

    Raises CannotStart when one of them belongs to somebody else and cannot be ended.
    """
    for sent, seconds in signals:
        alive = _left_behind(name, folder)
        if not alive:
            return
        try:
            alive[0].send_signal(sent)
            if sent == signal.SIGKILL:
                for process in alive:
                    process.kill()
        except psutil.AccessDenied as error:
            raise CannotStart(
                f"An earlier start has left process {alive[0].pid} ({name}) running on {folder}, "
                "and this user may not stop it."
            ) from error
        except psutil.NoSuchProcess:
            continue
        _wait_until_gone(alive, seconds)


def _wait_until_gone(processes: list[psutil.Process], seconds: float) -> None:
    """A zombie counts as gone: in a container without an init nobody may ever collect it."""
    deadline = time.monotonic() + seconds
    while not all(map(_gone, processes)) and time.monotonic() < deadline:
        time.sleep(0.02)


def _gone(process: psutil.Process) -> bool:
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def _left_behind(name: str, folder: Path) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            if process.name() == name and Path(process.cwd()) == folder.resolve():
                found.append(process)
    return sorted(found, key=lambda process: process.create_time())


def free_port() -> int:
    """A loopback port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def end_of(log: Path) -> int:
    """How long a log is before something starts, so that only what it says then is quoted.

    One that has grown too long is put aside first.
    """
    length = log.stat().st_size if log.exists() else 0
    if length <= _LOG_BYTES:
        return length
    log.replace(log.with_suffix(".log.old"))
    return 0


def has_said(log: Path, since: int, words: re.Pattern[bytes]) -> bool:
    """Whether a server has written this after `since` bytes of its log."""
    with log.open("rb") as file:
        file.seek(since)
        return words.search(file.read()) is not None


def last_words(log: Path, since: int, *, marks: tuple[str, ...] = ()) -> str:
    """What a server said after `since` bytes of its log: the first sentence that carries one of
    the marks, or its last; whole, and without the moment and the level in front of it."""
    with log.open("rb") as file:
        file.seek(since)
        said = file.read().decode(errors="replace")
    sentences = [whole for part in _BEGINNING.split(said) if (whole := " ".join(part.split()))]
    marked = (sentence for sentence in sentences if any(mark in sentence for mark in marks))
    chosen = next(marked, sentences[-1] if sentences else "it said nothing")
    return _LEVEL.sub("", chosen)
