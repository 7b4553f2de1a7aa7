"""Frames that are written at once, to a thousand sockets for each event: whatever is looked at for
each of them counts, and so does whose memory it lies in."""

from collections.abc import Callable, Mapping
from typing import NoReturn, TypeVar

import structlog

from server.sockets.frames import NEXT_AFTER, next_before

log = structlog.get_logger("openpractice.sockets")

R = TypeVar("R")


class Gate:
    """What writes to one socket at once, and raises where it cannot; shut, it always does."""

    __slots__ = ("_hushed", "_write", "write")

    def __init__(self, write: Callable[[bytes], object]) -> None:
        self._write = write
        self._hushed = False
        self.write = write

    def set(self, *, open: bool) -> None:
        self.write = self._write if open and not self._hushed else _shut

    def hush(self) -> None:
        """Shut it for good."""
        self._hushed = True
        self.set(open=False)


def _shut(_: bytes) -> NoReturn:
    raise BlockingIOError("nothing can be written just now, or any more")


class Push:
    """Writes the events of one operation, in `next` frames, through its socket's gate."""

    __slots__ = ("before", "gate")

    def __init__(self, gate: Gate, operation_id: str) -> None:
        self.gate = gate
        self.before = next_before(operation_id)

    def __call__(self, payload: bytes) -> bool:
        """Whether it was written."""
        return not self.to_each({None: self}, payload)

    @staticmethod
    def to_each(pushes: "Mapping[R, Push]", payload: bytes) -> list[R]:
        """Write it by each of them; whose could not. Nothing is looked at first: what cannot be
        written through its gate raises."""
        left, rest = [], payload + NEXT_AFTER
        size, known, head = len(rest), -1, b""
        for whose, push in pushes.items():
            before = push.before
            if len(before) != known:
                known = len(before)
                head = header(known + size)
            try:
                push.gate.write(head + before + rest)
            except (BlockingIOError, RuntimeError):  # the latter is what uvloop says of a lost line
                left.append(whose)
            except Exception as fault:  # noqa: BLE001  (no reason to send it to others twice)
                log.warning("a frame cannot be pushed", reason=repr(fault))
                left.append(whose)
        return left


def header(size: int) -> bytes:
    """What stands before an unfragmented text frame that a server sends (RFC 6455, 5.2)."""
    if size < 126:
        return b"\x81" + size.to_bytes(1)
    if size < 65536:
        return b"\x81\x7e" + size.to_bytes(2)
    return b"\x81\x7f" + size.to_bytes(8)
