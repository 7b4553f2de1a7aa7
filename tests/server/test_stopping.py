"""How a command ends that is asked to: at the first signal, undisturbed by the others."""

import asyncio
import signal

import pytest
import uvloop

from server.stopping import Stopped, or_stopped, stoppable


async def works_until_it_is_stopped(done: list[str]) -> None:
    try:
        signal.raise_signal(signal.SIGTERM)
        await asyncio.Event().wait()
    finally:
        signal.raise_signal(signal.SIGINT)
        await asyncio.to_thread(done.append, "tidied up")
        done.append("left")


def test_who_asks_twice_does_not_disturb_the_way_out() -> None:
    done: list[str] = []

    with pytest.raises(Stopped), stoppable():
        uvloop.run(or_stopped(works_until_it_is_stopped(done)))

    assert done == ["tidied up", "left"]
