"""Every socket and event stream of this process: how many, whose, and whether they may stay."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice, takewhile
from typing import Protocol
from uuid import UUID

import structlog

from models.viewer import Viewer
from server.authentication import Sessions
from server.sockets.frames import Close, Closing

log = structlog.get_logger("openpractice.sockets")

_PARTS = 20
"""In so many parts of the time after which somebody is looked at again it is asked who is due."""
AT_ONCE = 500
"""About how many sockets the database is asked in one question."""


class Listener(Protocol):
    """Who is told of changes for as long as a session holds: a socket, or an event stream."""

    token: str | None
    viewer: Viewer | None
    sessions: Sessions

    def end(self, closing: Closing) -> None:
        """Tell them nothing more; the first reason counts."""


class Sockets:
    """Knows who listens and asks, every few seconds, whether their sessions still hold.

    That bounds how long a revoked session is heard: `every` seconds and one look-up. A hint
    (`look_again`) makes it as fast as the hint. Each is looked at in its own time, so that a
    thousand are not all at once, and nobody's event waits for that.
    """

    def __init__(self, *, every: float = 5, most: int = 20_000) -> None:
        self._every = every
        self._most = most
        self._open: dict[Listener, float] = {}
        """When each was looked at last, in that order."""
        self._draining = False

    def __len__(self) -> int:
        return len(self._open)

    @property
    def full(self) -> bool:
        """Whether another socket is refused: too many, or the process is about to stop."""
        return self._draining or len(self._open) >= self._most

    def add(self, connection: Listener) -> None:
        self._open[connection] = time.monotonic()

    def remove(self, connection: Listener) -> None:
        self._open.pop(connection, None)

    async def watch(self) -> None:
        """Look again and again, until cancelled."""
        while True:
            await asyncio.sleep(self._every / _PARTS)
            await self._look_at(self._due())

    async def look_again(self, firm_id: UUID) -> None:
        """Look at once at the sockets of a firm in which sessions or rights have changed."""
        await self._look_at({c for c in self._open if c.viewer and c.viewer.firm_id == firm_id})

    async def judge(self, connection: Listener) -> None:
        """Look at one that has just come in by what was known of its session a while ago."""
        if connection.token is None:
            return
        try:
            viewer = await connection.sessions.ask(connection.token)
        except Exception as error:  # noqa: BLE001
            log.warning("a session cannot be looked at", reason=repr(error))
            return
        judge(connection, viewer)

    def drain(self) -> None:
        """Take no more sockets and close all there are; clients resume by their cursors."""
        self._draining = True
        for connection in list(self._open):
            connection.end(Closing(Close.DRAINING, "Restarting: connect again"))

    def _due(self) -> list[Listener]:
        """Those who have to be looked at now, or before it is asked again; and of many an equal
        part, however many have come, or were kept waiting, at once."""
        now = time.monotonic()
        before = now - self._every * (1 - 1 / _PARTS)
        due = list(takewhile(lambda one: self._open[one] <= before, self._open))
        due += islice(self._open, len(due), len(self._open) // _PARTS)
        for connection in due:
            del self._open[connection]
            self._open[connection] = now
        return due

    async def _look_at(self, connections: Iterable[Listener]) -> None:
        let_in: dict[Sessions, dict[Listener, str]] = defaultdict(dict)
        for connection in connections:
            if connection.token is not None:
                let_in[connection.sessions][connection] = connection.token
        for sessions, theirs in let_in.items():
            for some in _portions(theirs):
                try:
                    viewers = await sessions.ask_all({theirs[connection] for connection in some})
                except Exception as error:  # noqa: BLE001
                    # The database is away: nobody is thrown out, streams resume when it is back.
                    log.warning("sessions cannot be looked at", reason=repr(error))
                    return
                for connection in some:
                    judge(connection, viewers.get(theirs[connection]))


def _portions(connections: Iterable[Listener]) -> Iterator[list[Listener]]:
    """So many at a time that asking about them holds up nobody else."""
    left = iter(connections)
    while some := list(islice(left, AT_ONCE)):
        yield some


def judge(connection: Listener, viewer: Viewer | None) -> None:
    """End it unless its holder is who they were when they came, with the same rights."""
    if viewer is None:
        connection.end(Closing(Close.FORBIDDEN, "The session has ended"))
    elif not (connection.viewer is None or _alike(viewer, connection.viewer)):
        connection.end(Closing(Close.ACCESS_CHANGED, "Access has changed: connect again"))


def _alike(viewer: Viewer, known: Viewer) -> bool:
    """Whether they are the same person with the same rights, whatever they were asking for."""
    return viewer == known or viewer == replace(
        known, request_id=viewer.request_id, reason=viewer.reason
    )
