"""Ctrl-C, SIGTERM and a closed terminal end a command the same way: once, and in order."""

import asyncio
import signal
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, TypeVar

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

T = TypeVar("T")


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


async def or_stopped(work: Coroutine[Any, Any, T]) -> T:
    """What the work comes to. For uvloop, which logs what a signal raises and goes on.

    Raises Stopped once the work has ended: it is cancelled by the first signal and by no other.
    """
    loop = asyncio.get_running_loop()
    task = loop.create_task(work)
    after = {each: signal.getsignal(each) for each in _SIGNALS}
    for each in _SIGNALS:
        loop.add_signal_handler(each, _cancel_once, task)
    try:
        return await task
    except asyncio.CancelledError:
        after = dict.fromkeys(_SIGNALS, signal.SIG_IGN)
        raise Stopped from None
    finally:
        for each, handler in after.items():
            loop.remove_signal_handler(each)
            signal.signal(each, handler)


def _cancel_once(task: "asyncio.Task[Any]") -> None:
    if not task.cancelling():
        task.cancel()


def _stop(_signal: int, _frame: FrameType | None) -> None:
    for each in _SIGNALS:
        signal.signal(each, signal.SIG_IGN)
    raise Stopped
