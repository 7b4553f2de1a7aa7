"""Frames that are written at once, to a thousand sockets for each event: whatever is looked at for
each of them counts, and so does whose memory it lies in."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import NoReturn, TypeVar

R = TypeVar("R")


class Shut(Exception):
    """Nothing can be written just now, or any more."""


class Gate:
    """What writes to one socket at once. Shut, it raises Shut instead."""

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
    raise Shut


class Push:
    """Writes texts between two others as text frames, through a socket's gate."""

    __slots__ = ("_after", "_before", "_gate")

    def __init__(self, gate: Gate, before: bytes, after: bytes) -> None:
        self._gate = gate
        self._before = before
        self._after = after

    def __call__(self, text: bytes) -> bool:
        """Whether it was written."""
        return not self.to_each({None: self}, text)

    @staticmethod
    def to_each(pushes: "Mapping[R, Push]", text: bytes) -> list[R]:
        """Write it by each of them; whose could not. Nothing is looked at first: what cannot be
        written through its gate raises."""
        left, size = [], len(text)
        for whose, push in pushes.items():
            before, after = push._before, push._after  # noqa: SLF001
            try:
                push._gate.write(  # noqa: SLF001
                    header(len(before) + size + len(after)) + before + text + after
                )
            except (Shut, RuntimeError):  # the latter is what uvloop says of a line that is gone
                left.append(whose)
        return left


@lru_cache(maxsize=1024)
def header(size: int) -> bytes:
    """What stands before an unfragmented text frame that a server sends (RFC 6455, 5.2)."""
    if size < 126:
        return b"\x81" + size.to_bytes(1)
    if size < 65536:
        return b"\x81\x7e" + size.to_bytes(2)
    return b"\x81\x7f" + size.to_bytes(8)
