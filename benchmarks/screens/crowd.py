"""All screens, held by one process that does nothing else: it reads, counts and times.

A loop over epoll (or what the system has in its place) and two searches in the bytes of each
read: so that thousands of screens cost less to show than they cost to serve.
"""

import gc
import selectors
from array import array
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from statistics import quantiles
from time import monotonic_ns, sleep

from benchmarks.screens.follows import Follows
from benchmarks.screens.screen import Screen
from benchmarks.screens.tally import DIGITS, EVENTS, MARK, Tally


@dataclass(frozen=True)
class Open:
    """Open `count` screens under that name, so many of them at once."""

    name: str
    follows: Follows
    count: int
    at_once: int


@dataclass(frozen=True)
class Close:
    """Close all screens of that name, as if their cable were pulled."""

    name: str


@dataclass(frozen=True)
class WaitFor:
    """Count which screens show this from now on (None: nothing)."""

    mark: bytes | None


@dataclass(frozen=True)
class Glance:
    """Look at the screens no more often than after so many seconds: what has come meanwhile is
    read at once, which is cheaper by far when nobody asks how soon it came."""

    seconds: float


@dataclass(frozen=True)
class TimeThem:
    """Time every message from its event to its screen, until `Times` is asked for."""


@dataclass(frozen=True)
class AskTimes:
    """What was timed since."""


@dataclass(frozen=True)
class AskHeard:
    """The last frames of the first screen of that name, or why screens were lost."""

    name: str


Command = Open | Close | WaitFor | Glance | TimeThem | AskTimes | AskHeard


@dataclass(frozen=True)
class Times:
    """How long so many messages were on their way."""

    count: int
    median_ms: float
    p99_ms: float

    @classmethod
    def of(cls, took: "array[int]") -> "Times":
        if len(took) < 2:
            return cls(len(took), 0, 0)
        cuts = quantiles(took, n=100)
        return cls(len(took), cuts[49] / 1e6, cuts[98] / 1e6)


class Crowd:
    """The screens by name, and one loop over all of them."""

    def __init__(self, commands: Connection, tally: Tally) -> None:
        self._commands = commands
        self._tally = tally
        self._selector = selectors.DefaultSelector()
        self._selector.register(commands, selectors.EVENT_READ, self._obey)
        self._screens: dict[str, list[Screen]] = defaultdict(list)
        self._wanted: Open | None = None
        self._numbers: Iterator[int] = iter(())
        self._why_lost = ""
        self._goes_on = True
        self._now = 0
        self._messages = self._frames = 0
        self._mark: bytes | None = None
        self._timed: array[int] | None = None
        self._pause: float = 0

    def run(self) -> None:
        """Serve until whoever commands hangs up."""
        gc.disable()
        while self._goes_on:
            for key, _ in self._selector.select():
                self._now = monotonic_ns()
                key.data()
            self._tally.messages, self._tally.frames = self._messages, self._frames
            if self._pause:
                sleep(self._pause)

    def came_up(self, screen: Screen) -> None:  # noqa: ARG002  (each counts the same)
        self._tally.ready += 1
        self._open_next()

    def came(self, data: bytes, ends: int, frames: int) -> None:
        self._frames += frames
        self._messages += data.count(MARK, 0, ends)
        if self._timed is not None:
            self._time(data, ends, self._timed)
        if self._mark is not None and data.find(self._mark, 0, ends) >= 0:
            self._tally.reached += 1
            self._tally.reached_at = self._now

    def went(self, screen: Screen, why: str) -> None:
        if screen.socket.fileno() < 0:
            return  # closed by ourselves a moment ago
        self._forget(screen)
        self._lost(why or "without a word")

    def _lost(self, why: str) -> None:
        self._why_lost = self._why_lost or why
        self._tally.lost += 1

    def _time(self, data: bytes, ends: int, timed: "array[int]") -> None:
        moments, width = self._tally.moments, len(MARK)
        at = data.find(MARK, 0, ends)
        while at >= 0:
            number = int(data[at + width : at + width + DIGITS])
            timed.append(self._now - moments[number % EVENTS])
            at = data.find(MARK, at + width, ends)

    def _obey(self) -> None:
        try:
            command: Command = self._commands.recv()
        except EOFError:
            self._goes_on = False
            return
        match command:
            case Open():
                self._open(command)
            case Close(name):
                for screen in self._screens.pop(name, ()):
                    self._forget(screen)
            case WaitFor(mark):
                self._tally.reached = 0
                self._mark = mark
            case Glance(seconds):
                self._pause = seconds
            case TimeThem():
                self._timed = array("q")
            case AskTimes():
                timed, self._timed = self._timed or array("q"), None
                self._commands.send(Times.of(timed))
            case AskHeard(name):
                first = next(iter(self._screens[name]), None)
                lost = self._tally.lost or first is None
                self._commands.send(self._why_lost.encode() if lost else first and first.heard)

    def _open(self, command: Open) -> None:
        begin = len(self._screens[command.name])
        self._wanted = command
        self._numbers = iter(range(begin, begin + command.count))
        for _ in range(command.at_once):
            self._open_next()

    def _open_next(self) -> None:
        number = next(self._numbers, None)
        if number is None or self._wanted is None:
            return
        follows = self._wanted.follows
        try:
            screen = Screen(self, follows.port, follows.greeting(number))
        except OSError as error:
            self._lost(repr(error))
            return
        self._screens[self._wanted.name].append(screen)
        self._selector.register(screen.socket, selectors.EVENT_READ, screen.readable)

    def _forget(self, screen: Screen) -> None:
        if screen.socket.fileno() >= 0:
            self._selector.unregister(screen.socket)
            screen.socket.close()


def hold(commands: Connection, tally: Tally) -> None:
    """What the process runs."""
    Crowd(commands, tally).run()
