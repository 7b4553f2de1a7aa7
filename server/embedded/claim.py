"""Who is using a data folder: one process at a time, and a killed one no longer.

The claim is a lock of the operating system on a file, so it ends with the process that holds it,
even by kill -9. What the holder says about itself stands in the file.
"""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass

from server.cannot_start import CannotStart
from server.embedded.folder import Folder

_PATIENCE_SECONDS = 60
_GLANCE_SECONDS = 0.05


@dataclass(frozen=True)
class Holder:
    """What the process that holds a folder says about itself; the addresses once it is ready."""

    pid: int
    command: str
    address: str = ""
    database_port: int = 0
    redis_port: int = 0
    files_port: int = 0

    @property
    def ready(self) -> bool:
        return bool(self.database_port)


class Claim:
    """The right to start servers on a folder, held until `release`."""

    def __init__(self, file: int, command: str) -> None:
        self._file = file
        # Whoever leaves empties the file: words in it are those of a killed process.
        self.after_a_kill = os.fstat(file).st_size > 0
        self._holder = Holder(os.getpid(), command)
        self.say()

    @classmethod
    def take(cls, folder: Folder, command: str) -> "Claim | None":
        """The claim, or None while another process holds it."""
        file = os.open(folder.claim, os.O_RDWR)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
            return None
        return cls(file, command)

    def say(
        self, *, address: str = "", database_port: int = 0, redis_port: int = 0, files_port: int = 0
    ) -> None:
        """Tell other commands where the servers of this folder answer."""
        pid, command = self._holder.pid, self._holder.command
        self._holder = Holder(pid, command, address, database_port, redis_port, files_port)
        self._write(json.dumps(asdict(self._holder)))

    @contextmanager
    def held(self, folder: Folder) -> Iterator["Claim"]:
        """Furnish the folder, and give the claim back at the end."""
        try:
            folder.furnish()
            yield self
        finally:
            self._write("")
            os.close(self._file)

    def _write(self, text: str) -> None:
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, text.encode(), 0)


def holder_of(folder: Folder) -> Holder | None:
    """What the holder says, or None between two holders."""
    try:
        return Holder(**json.loads(folder.claim.read_text()))
    except (ValueError, TypeError):
        return None


@contextmanager
def claimed(folder: Folder, command: str) -> Iterator[Claim]:
    """Hold the folder. Waits for a short command to end; refuses to wait for another `run`."""
    claim = None
    for _ in _glances():
        claim = Claim.take(folder, command)
        if claim is not None:
            break
        holder = holder_of(folder)
        if holder is not None and holder.command == "run":
            raise CannotStart(_in_use(folder, holder))
    if claim is None:
        raise CannotStart(_in_use(folder, holder_of(folder)))
    with claim.held(folder):
        yield claim


def claim_or_guest(folder: Folder, command: str) -> "Claim | Holder":
    """The claim for a short command, or the `run` that is already there, once it is ready.

    Raises CannotStart when neither comes about in time.
    """
    for _ in _glances():
        claim = Claim.take(folder, command)
        if claim is not None:
            return claim
        holder = holder_of(folder)
        if holder is not None and holder.command == "run" and holder.ready:
            return holder
    raise CannotStart(_in_use(folder, holder_of(folder)))


def _glances() -> Iterator[None]:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    yield
    while time.monotonic() < deadline:
        time.sleep(_GLANCE_SECONDS)
        yield


def _in_use(folder: Folder, holder: Holder | None) -> str:
    who = "Another OpenPractice"
    if holder is not None:
        who += f" (process {holder.pid}{', ' + holder.address if holder.address else ''})"
    return f"{who} is using {folder.path}: stop it, or choose another folder with --data."
