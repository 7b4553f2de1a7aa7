"""Ctrl-C, SIGTERM and a closed terminal end a command the same way: once, and in order."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """Somebody has asked for the end. Not an Exception: nothing on the way out may swallow it."""


@contextmanager
def stoppable() -> Iterator[None]:
    """Raise Stopped at the first signal; from then on the way out is not to be disturbed."""
    before = {each: signal.signal(each, _stop) for each in _SIGNALS}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    for each in _SIGNALS:
        signal.signal(each, signal.SIG_IGN)
    raise Stopped
