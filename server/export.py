"""/export/<name>.csv: what a viewer may read, streamed from the database in constant memory."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID
from weakref import WeakValueDictionary

import structlog
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from models.errors import Overloaded, PracticeError, ValidationError
from models.viewer import Viewer
from resolvers.exports import export, must_be_known
from schema.ids import PREFIX_OF
from server.authentication import Sessions
from server.envelope import request_id_of
from server.errors import Refusal
from server.plain_answers import in_words, reader_of

log = structlog.get_logger("openpractice.export")

AT_ONCE = 2
"""Exports at a time in one process: each has a connection for as long as its reader takes."""
WAITS_SECONDS = 10
"""How long one waits for its turn before it is told to come again."""
PIECE_SECONDS = 30
"""How long a reader may take over one piece, some tens of kilobytes."""


def route(sessions: Sessions, *, secure: bool) -> Route:
    return Route("/export/{name}.csv", Exports(sessions, secure=secure), methods=["GET"])


class Gone(Exception):
    """Whoever asked does not listen any more, or reads too slowly."""


class Exports:
    """An ASGI application: the database is read no faster than whoever asked."""

    def __init__(self, sessions: Sessions, *, secure: bool) -> None:
        self._sessions = sessions
        self._secure = secure
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._firms: WeakValueDictionary[UUID, asyncio.Lock] = WeakValueDictionary()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        answer = Answer(request.path_params["name"], send)
        try:
            viewer = await reader_of(request, self._sessions, secure=self._secure)
            await self._write(answer, request, viewer, receive)
        except (PracticeError, Refusal, Gone) as error:
            if isinstance(error, Gone) or answer.begun:
                # Left unfinished: that is how whoever reads it knows that something is missing.
                log.warning("export broken off", name=answer.name, request_id=request_id_of(scope),
                            why=str(error))  # fmt: skip
                return
            await in_words(error)(scope, receive, send)

    async def _write(
        self, answer: "Answer", request: Request, viewer: Viewer, receive: Receive
    ) -> None:
        must_be_known(answer.name)
        async with self._turn(viewer.firm_id):
            asked = _each_once(request.query_params)
            await _unless_gone(receive, export(answer.name, viewer, asked, PREFIX_OF, answer.take))
        await answer.end()

    @asynccontextmanager
    async def _turn(self, firm_id: UUID) -> AsyncIterator[None]:
        """One export of a firm after the other: slow readers cost their own firm a turn, no other.
        Raises Overloaded."""
        firm = self._firms.setdefault(firm_id, asyncio.Lock())
        try:
            async with asyncio.timeout(WAITS_SECONDS) as patience, firm, self._turns:
                patience.reschedule(None)
                yield
        except TimeoutError:
            raise Overloaded from None


def _each_once(params: QueryParams) -> dict[str, str]:
    """The parameters by name. Raises ValidationError for one that is said twice."""
    asked = dict(params)
    for name in asked:
        if len(params.getlist(name)) > 1:
            raise ValidationError(f"{name[:50]} is said twice.", path=(name[:50],))
    return asked


class Answer:
    """Begins with the first piece, so that what is refused before is still told in words."""

    def __init__(self, name: str, send: Send) -> None:
        self.name = name
        self.begun = False
        self._send = send

    async def take(self, piece: bytes) -> None:
        """Send a piece. Raises Gone unless it is taken in time."""
        if not self.begun:
            await self._begin()
        try:
            async with asyncio.timeout(PIECE_SECONDS):
                await self._send({"type": "http.response.body", "body": piece, "more_body": True})
        except TimeoutError:
            raise Gone("it is read too slowly") from None

    async def end(self) -> None:
        await self._send({"type": "http.response.body", "body": b""})

    async def _begin(self) -> None:
        self.begun = True
        headers = {
            "content-type": "text/csv; charset=utf-8; header=present",
            "content-disposition": f'attachment; filename="{self.name}.csv"',
            "cache-control": "private, no-store",
            "vary": "Authorization, Cookie",
        }
        pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
        await self._send({"type": "http.response.start", "status": 200, "headers": pairs})


async def _unless_gone(receive: Receive, work: Coroutine[Any, Any, None]) -> None:
    """Do the work. Raises Gone, the work cancelled, when whoever asked has left."""
    writing, leaving = asyncio.create_task(work), asyncio.create_task(_left(receive))
    try:
        await asyncio.wait((writing, leaving), return_when=asyncio.FIRST_COMPLETED)
    finally:
        leaving.cancel()
        unfinished = writing.cancel()
        await asyncio.wait((writing,))
    if unfinished and writing.cancelled():
        raise Gone("whoever asked has left")
    writing.result()


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
