"""Every socket and event stream of this process: how many, whose, and whether they may stay."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Protocol
from uuid import UUID

import structlog

from models.viewer import Viewer
from server.authentication import Sessions
from server.sockets.frames import Close, Closing

log = structlog.get_logger("openpractice.sockets")

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
    (`look_again`) makes it as fast as the hint.
    """

    def __init__(self, *, every: float = 5, most: int = 20_000) -> None:
        self._every = every
        self._most = most
        self._open: set[Listener] = set()
        self._draining = False

    def __len__(self) -> int:
        return len(self._open)

    @property
    def full(self) -> bool:
        """Whether another socket is refused: too many, or the process is about to stop."""
        return self._draining or len(self._open) >= self._most

    def add(self, connection: Listener) -> None:
        self._open.add(connection)

    def remove(self, connection: Listener) -> None:
        self._open.discard(connection)

    async def watch(self) -> None:
        """Look again and again, until cancelled."""
        while True:
            await asyncio.sleep(self._every)
            await self._look_at(self._open)

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
