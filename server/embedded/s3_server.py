"""S3 on loopback by SeaweedFS: a real server, which refuses what a signed form does not allow.

It comes up beside the others (`starting`), and whoever needs it waits (`Starting.wait`).
"""

import random
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from server.cannot_start import CannotStart
from server.embedded import children
from server.embedded.account import Account
from server.embedded.binaries import s3_program
from server.embedded.folder import Folder

ACCESS_KEY = "openpractice"
_START_SECONDS = 30
_GOODBYE = [(signal.SIGTERM, 5.0), (signal.SIGKILL, 5.0)]
# What ends it is logged as F (fatal) with month and day behind it.
_THE_END = re.compile(rb"^(?:panic:|F\d{4} )", re.MULTILINE)
_COMPLAINTS = ("panic:", *(f"F{month:02}" for month in range(1, 13)))

# Each part listens on a port of its own, and for its own kind once more this much further up.
_PARTS = ("s3", "master", "volume", "filer", "admin")
_FURTHER = 10_000
# Below what systems give to outgoing connections: nobody takes one of these by chance.
_PORTS = range(12_000, 22_000, len(_PARTS))

_FLAGS = (
    "-dir=.",
    "-ip=127.0.0.1",
    "-ip.bind=127.0.0.1",
    "-s3.localSocket=s3.sock",
    "-filer.localSocket=filer.sock",
    "-master.telemetry=false",
    "-volume.preStopSeconds=0",
    "-webdav=false",
    "-admin.ui=false",
    "-s3.port.iceberg=0",
    "-s3.port.lance=0",
)
# Its inner ports ask for no signature unless they are told a key; then only its own parts have it.
_INNER_DOORS = ("jwt.signing", "jwt.signing.read", "jwt.filer_signing", "jwt.filer_signing.read")


@dataclass(frozen=True)
class Starting:
    """A server that has been started, and answers at `port` before long."""

    port: int
    process: "subprocess.Popen[bytes]"
    log: Path
    said: int

    def wait(self) -> None:
        """Until it answers. Raises CannotStart with its own complaint when it does not."""
        deadline = time.monotonic() + _START_SECONDS
        while not self._has_given_up() and time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.01)
        complaint = children.last_words(self.log, self.said, marks=_COMPLAINTS)
        raise CannotStart(f"The S3 server could not start: {complaint} (more in {self.log})")

    def watched(self) -> AbstractContextManager[None]:
        """Once it answers: whoever needs it is stopped when it ends, as `children.watched` says."""
        return children.watched(self.process, "The S3 server", self.log)

    def _has_given_up(self) -> bool:
        """It says why at once, and takes a quarter of a minute to end."""
        return self.process.poll() is not None or children.has_said(self.log, self.said, _THE_END)


@contextmanager
def starting(folder: Folder, account: Account) -> Iterator[Starting | None]:
    """The server on its way up, or None on a platform without a binary."""
    program = s3_program()
    if program is None:
        yield None
        return
    heal(folder)
    folder.s3.mkdir(mode=0o700, exist_ok=True)
    account.own(folder.s3)
    begun = _start(folder, account, program)
    try:
        yield begun
    finally:
        children.stop(begun.process, _GOODBYE)
        _pid_file(folder).unlink(missing_ok=True)


def heal(folder: Folder) -> None:
    """Stop the server that a killed launcher has left running."""
    if _pid_file(folder).exists():
        children.end_left_behind("weed", folder.s3, _GOODBYE)


def address(port: int) -> str:
    return f"http://127.0.0.1:{port}"


def _pid_file(folder: Folder) -> Path:
    return folder.s3 / "pid"


def _start(folder: Folder, account: Account, program: Path) -> Starting:
    log, ports = folder.log("s3"), _free_ports()
    said, secret = children.end_of(log), folder.passwords()["s3"]
    _lock_inner_doors(folder, account, secret)
    for notes in folder.s3.glob("m[0-9]*"):  # of the master at another port; it makes them anew
        shutil.rmtree(notes)
    process = children.start(
        [
            str(program), "-logtostderr", "mini", *_FLAGS,
            *(f"-{part}.port={port}" for part, port in ports.items()),
        ],
        account=account,
        folder=folder.s3,
        log=log,
        reaching=[folder.s3, program],
        also={
            "AWS_ACCESS_KEY_ID": ACCESS_KEY,
            "AWS_SECRET_ACCESS_KEY": secret,
            # Small by collecting early: a fixed limit, once near, is a tenth of a core for ever.
            "GOGC": "50",
        },
    )  # fmt: skip
    _pid_file(folder).write_text(str(process.pid))
    return Starting(ports["s3"], process, log, said)


def _lock_inner_doors(folder: Folder, account: Account, secret: str) -> None:
    doors = folder.s3 / "security.toml"
    doors.unlink(missing_ok=True)
    doors.touch(mode=0o600)
    doors.write_text("".join(f'[{door}]\nkey = "{secret}"\n' for door in _INNER_DOORS))
    account.own(doors)


def _free_ports() -> dict[str, int]:
    for first in random.sample(_PORTS, len(_PORTS)):
        ports = range(first, first + len(_PARTS))
        if all(_is_free(port) and _is_free(port + _FURTHER) for port in ports):
            return dict(zip(_PARTS, ports, strict=True))
    raise CannotStart("No ports are free for the S3 server: set S3_ENDPOINT_URL to another one.")


def _is_free(port: int) -> bool:
    with socket.socket() as probe, suppress(OSError):
        probe.bind(("127.0.0.1", port))
        return True
    return False
