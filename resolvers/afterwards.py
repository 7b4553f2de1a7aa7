"""Work that begins when the answer is on its way: so how long it takes tells the caller nothing."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

log = structlog.get_logger("openpractice.afterwards")

_going: set[asyncio.Task[None]] = set()


def afterwards(work: Callable[[], Awaitable[None]]) -> None:
    """Let it run by itself; what fails is logged, for nobody waits to be told."""
    task = asyncio.create_task(_run(work), name="afterwards")
    _going.add(task)
    task.add_done_callback(_going.discard)


async def settled() -> None:
    """Wait for all that is still going on."""
    while _going:
        await asyncio.wait(_going)


async def _run(work: Callable[[], Awaitable[None]]) -> None:
    try:
        await work()
    except Exception as fault:
        log.exception("fault", exc_info=fault)
