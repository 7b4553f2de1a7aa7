"""Frames that are written at once, to a thousand sockets for each event: whatever is looked at for
each of them counts, and so does whose memory it lies in."""

from collections.abc import Callable, Mapping
from typing import NoReturn, TypeVar
from weakref import WeakSet

import structlog

from server.sockets.frames import NEXT_AFTER, next_before

log = structlog.get_logger("openpractice.sockets")

R = TypeVar("R")


class Gate:
    """Lets what is pushed to one socket through, or not: shut, each write raises."""

    __slots__ = ("_hushed", "_open", "_pushes", "_write")

    def __init__(self, write: Callable[[bytes], object]) -> None:
        self._write = write
        self._open = True
        self._hushed = False
        self._pushes: WeakSet[Push] = WeakSet()

    def push(self, operation_id: str) -> "Push":
        """What writes that operation's events through here."""
        made = Push(operation_id, self._way())
        self._pushes.add(made)
        return made

    def set(self, *, open: bool) -> None:
        self._open = open
        for push in self._pushes:
            push.write = self._way()

    def hush(self) -> None:
        """Shut it for good."""
        self._hushed = True
        self.set(open=False)

    def _way(self) -> Callable[[bytes], object]:
        return self._write if self._open and not self._hushed else _shut


def _shut(_: bytes) -> NoReturn:
    raise BlockingIOError("nothing can be written just now, or any more")


class Push:
    """Writes the events of one operation in `next` frames.

    What writes stands in itself, though it is its gate's to say: that is one place in memory less
    to look at for each of a thousand, none of which is at hand when an event comes.
    """

    __slots__ = ("__weakref__", "before", "write")

    def __init__(self, operation_id: str, write: Callable[[bytes], object]) -> None:
        self.before = next_before(operation_id)
        self.write = write

    def __call__(self, payload: bytes) -> bool:
        """Whether it was written."""
        return not self.to_each({None: self}, payload)

    @staticmethod
    def to_each(pushes: "Mapping[R, Push]", payload: bytes) -> list[R]:
        """Write it by each of them; whose could not. Nothing is looked at first: what cannot be
        written raises."""
        failed, rest = set[Push](), payload + NEXT_AFTER
        size, known, head = len(rest), -1, b""
        for push in pushes.values():
            before = push.before
            if len(before) != known:
                known = len(before)
                head = header(known + size)
            try:
                push.write(head + before + rest)
            except (BlockingIOError, RuntimeError):  # the latter is what uvloop says of a lost line
                failed.add(push)
            except Exception as fault:  # noqa: BLE001  (no reason to send it to others twice)
                log.warning("a frame cannot be pushed", reason=repr(fault))
                failed.add(push)
        return [whose for whose, push in pushes.items() if push in failed] if failed else []


def header(size: int) -> bytes:
    """What stands before an unfragmented text frame that a server sends (RFC 6455, 5.2)."""
    if size < 126:
        return b"\x81" + size.to_bytes(1)
    if size < 65536:
        return b"\x81\x7e" + size.to_bytes(2)
    return b"\x81\x7f" + size.to_bytes(8)
