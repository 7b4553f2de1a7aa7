"""One subscription over HTTP, from its first byte to its end; the same life as a socket's."""

import asyncio
import random
from collections.abc import Coroutine
from contextlib import aclosing
from typing import Any

import structlog
from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope, Send

from models.errors import Overloaded, Unauthenticated
from server.doors import Call, Door, StreamItem
from server.errors import reason_of
from server.event_streams.frames import BEAT, COMPLETE, cursor_in, following, parting, shared
from server.event_streams.outbox import Outbox
from server.event_streams.resuming import resumable
from server.event_streams.transport import LINE, Line
from server.metrics import EVENT_STREAM_CLOSES, EVENT_STREAMS
from server.operations import Operation, encode, open_stream, refused, told
from server.sockets.frames import Close, Closing
from server.sockets.registry import Sockets
from subscriptions.telling import Push


def may_listen(call: Call, sockets: Sockets) -> None:
    """Raises Unauthenticated for a stranger, Overloaded when too many listen already."""
    if call.viewer is None:
        raise Unauthenticated
    if sockets.full:
        raise Overloaded


log = structlog.get_logger("openpractice.sockets")


class EventStream:
    """The answer to a subscription. It stands among the sockets while it goes on."""

    def __init__(self, door: Door, sockets: Sockets, operation: Operation, call: Call) -> None:
        self.token = call.presented
        self.viewer = call.viewer
        self.sessions = door.sessions
        self._door = door
        self._sockets = sockets
        self._operation = operation
        self._call = call
        how = resumable(operation)
        self._field = how.field if how else None
        self._ending: asyncio.Future[Closing | None] = asyncio.get_running_loop().create_future()

    def end(self, closing: Closing) -> None:
        """Tell them nothing more; the first reason counts."""
        if not self._ending.done():
            self._ending.set_result(closing)

    def leave(self) -> None:
        """Nobody is there to be told anything."""
        if not self._ending.done():
            self._ending.set_result(None)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        line: Line | None = scope["state"].get(LINE)
        self._sockets.add(self)
        EVENT_STREAMS.labels(self._door.name).inc()
        if line is not None:
            line.carry(self)
        outbox = Outbox(send, patience=self._door.bounds.send_seconds)
        try:
            self._call.push = self._pushing(line)
            await self._run(outbox, receive)
            await self._close(outbox, line)
        finally:
            if line is not None:
                line.carry(None)
            self._sockets.remove(self)
            EVENT_STREAMS.labels(self._door.name).dec()
        if line is not None and not outbox.over:
            # Whoever returns with a response half sent is at fault, says uvicorn.
            await self._hear_leaving(receive)

    async def _run(self, outbox: Outbox, receive: Receive) -> None:
        """Go on until there is nothing more, nobody there, or a reason to end; leave nothing."""
        telling = self._task(self._follow(outbox))
        tasks = [telling, self._task(self._beat(outbox)), self._task(self._hear_leaving(receive))]
        try:
            either: list[asyncio.Future[Any]] = [telling, self._ending]
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def _task(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        return asyncio.create_task(self._ending_it(work), name="event stream")

    async def _ending_it(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Closing as closing:
            self.end(closing)
        except ClientDisconnect:
            self.leave()
        except Exception as fault:
            log.exception("event stream fault", exc_info=fault)
            self.end(Closing(Close.INTERNAL, "Something went wrong on our side"))

    async def _follow(self, outbox: Outbox) -> None:
        await outbox.send(BEAT)
        # Streams come back by themselves: whose session has just ended is not to hear more.
        await self._sockets.judge(self)
        why = await self._tell_all(outbox)
        # What ended it may be that access has changed, which the firm's feed can see before anybody
        # looks at the session: who may not come back is to be told so.
        await self._sockets.judge(self)
        await self._say(outbox, why + COMPLETE, last=True)

    async def _tell_all(self, outbox: Outbox) -> bytes:
        """Tell what comes; at the end there is the error to be told that ended it, if it did."""
        if self._ending.done():
            raise ClientDisconnect
        try:
            stream = await open_stream(self._door, self._operation, self._call)
            async with aclosing(stream) as items:
                async for item in items:
                    await self._say(outbox, self._event(item))
        except (Closing, ClientDisconnect):
            raise
        except Exception as fault:  # noqa: BLE001  (masked, logged, told)
            request_id = self._call.request_id
            return following(encode(refused(reason_of(fault, request_id), request_id), request_id))
        return b""

    def _pushing(self, line: Line | None) -> Push | None:
        """What tells an event at once, where the server at the port can."""
        if line is None:
            return None
        return lambda payload: not self._ending.done() and line.push(shared(payload, self._field))

    async def _say(self, outbox: Outbox, piece: bytes, *, last: bool = False) -> None:
        if self._ending.done():  # in this very moment: who may not hear it any more does not
            raise ClientDisconnect
        await outbox.send(piece, last=last)

    def _event(self, item: StreamItem) -> bytes:
        if isinstance(item, bytes):
            return shared(item, self._field)
        request_id = self._call.request_id
        payload = encode(told(item, self._operation, request_id), request_id)
        return following(payload, cursor_in(item.data, self._field))

    async def _beat(self, outbox: Outbox) -> None:
        """Proxies take a silent line for a dead one. Others go on taking what is for a client that
        vanished behind them, so whoever is there comes back once in a while."""
        bounds, clock = self._door.bounds, asyncio.get_running_loop().time
        until = clock() + bounds.stream_seconds * random.uniform(0.5, 1)  # noqa: S311
        while clock() < until:
            await asyncio.sleep(bounds.beat_seconds)
            await outbox.send(BEAT)
        raise Closing(Close.NORMAL, "Long enough: connect again")

    async def _hear_leaving(self, receive: Receive) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        self.leave()

    async def _close(self, outbox: Outbox, line: Line | None) -> None:
        closing = self._ending.result() if self._ending.done() else None
        if closing is None or outbox.over:
            return
        EVENT_STREAM_CLOSES.labels(self._door.name, str(closing.code.value)).inc()
        last_words = self._last_words(closing)
        try:
            async with asyncio.timeout(1):
                await outbox.send(last_words, last=True)
        except (TimeoutError, Closing, ClientDisconnect):
            if line is not None:
                line.cut(last_words if outbox.begun else b"")

    def _last_words(self, closing: Closing) -> bytes:
        """Only who may not come back is told that it is over: all others connect again."""
        if closing.code is not Close.FORBIDDEN:
            return parting(closing)
        request_id = self._call.request_id
        reason = reason_of(Unauthenticated(closing.reason), request_id)
        return following(encode(refused(reason, request_id), request_id)) + COMPLETE
