"""The screens as seen from outside their process: opened, waited for, counted."""

import asyncio
import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psutil

from benchmarks.load import WrongAnswer
from benchmarks.screens.crowd import (
    AskHeard,
    AskTimes,
    Close,
    Command,
    Glance,
    Open,
    Times,
    TimeThem,
    WaitFor,
    hold,
)
from benchmarks.screens.follows import Follows
from benchmarks.screens.tally import MARK, Tally, title
from server.progress import Advance

AT_ONCE = 250
"""Who comes in at once, unless that is what is measured."""
PATIENCE_SECONDS = 90
_GLANCE_SECONDS = 0.001
_SELDOM_SECONDS = 0.02


class Screens:
    """What may be asked of the process that holds them."""

    def __init__(self, commands: Any, tally: Tally, pid: int) -> None:
        self.tally = tally
        self.process = psutil.Process(pid)
        self._commands = commands

    async def open(
        self, name: str, follows: Follows, count: int, *, at_once: int = AT_ONCE,
        advance: Advance = lambda _done, _of: None,
    ) -> None:  # fmt: skip
        """Open so many and return when all have subscribed. Raises WrongAnswer."""
        before = self.tally.ready
        self._tell(Open(name, follows, count, at_once))

        def all_there() -> bool:
            advance(self.tally.ready - before, count)
            return self.tally.ready - before >= count

        await self.until(name, all_there, f"{count:,} screens to be let in")

    def close(self, name: str) -> None:
        """Close them all at once."""
        self._tell(Close(name))

    def wait_for(self, number: int | None) -> None:
        """Begin to count who shows that event."""
        self._tell(WaitFor(None if number is None else MARK[:9] + title(number).encode()))

    async def show(self, name: str, count: int) -> int:
        """Wait until so many show the event that is waited for; when the last one came to, in
        ns."""
        await self.until(name, lambda: self.tally.reached >= count, f"{count:,} to be at head")
        return self.tally.reached_at

    def heard(self, name: str) -> bytes:
        """The last frames of the first of them. Raises WrongAnswer when any was lost."""
        self._must_all_be_there(name)
        self._tell(AskHeard(name))
        return bytes(self._commands.recv())

    @contextmanager
    def seldom_read(self) -> Iterator[None]:
        """While the block runs they cost little, and are counted some hundredths late."""
        self._tell(Glance(_SELDOM_SECONDS))
        try:
            yield
        finally:
            self._tell(Glance(0))

    def time_them(self) -> None:
        """Begin to time every message."""
        self._tell(TimeThem())

    def times(self) -> Times:
        """How long each was on its way."""
        self._tell(AskTimes())
        times: Times = self._commands.recv()
        return times

    async def until(
        self, name: str, condition: Callable[[], bool], what: str,
        seconds: float = PATIENCE_SECONDS,
    ) -> None:  # fmt: skip
        """Wait for a state of the counts, which nobody announces: they are another process's.

        Raises WrongAnswer when it does not come about, or a screen is lost meanwhile.
        """
        deadline = asyncio.get_running_loop().time() + seconds
        while not condition():
            self._must_all_be_there(name)
            if asyncio.get_running_loop().time() > deadline:
                raise WrongAnswer(f"{name}: waited {seconds:g} s for {what} in vain.")
            await asyncio.sleep(_GLANCE_SECONDS)

    def _must_all_be_there(self, name: str) -> None:
        if self.tally.lost:
            self._tell(AskHeard(name))
            why = self._commands.recv().decode(errors="replace")
            raise WrongAnswer(f"{name} lost {self.tally.lost} screens: {why}")

    def _tell(self, command: Command) -> None:
        self._commands.send(command)


@contextmanager
def screens() -> Iterator[Screens]:
    """A process that holds them for as long as the block runs."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    tally = Tally(context)
    process = context.Process(target=hold, args=(theirs, tally), name="screens")
    process.start()
    theirs.close()
    try:
        assert process.pid is not None
        yield Screens(ours, tally, process.pid)
    finally:
        ours.close()
        process.join(5)
        process.kill()
