"""One socket from its handshake to its end."""

import asyncio
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from uuid import uuid4

import structlog
from starlette.websockets import WebSocket, WebSocketDisconnect

from models.errors import PracticeError
from models.viewer import Viewer
from server.authentication import token_in
from server.doors import Call, Door
from server.errors import Refusal
from server.metrics import SOCKET_CLOSES
from server.origins import origin_of
from server.sockets.frames import (
    ACK,
    BadFrame,
    Close,
    Closing,
    Complete,
    Frame,
    Init,
    Ping,
    Subscribe,
    pong,
    read_frame,
)
from server.sockets.operations import Operations
from server.sockets.outbox import Outbox
from server.sockets.registry import judge

log = structlog.get_logger("openpractice.sockets")


class Connection:
    """The state of one accepted socket: not yet let in, let in, ending."""

    def __init__(self, door: Door, socket: WebSocket, *, secure: bool) -> None:
        self.token: str | None = None
        self.viewer: Viewer | None = None
        self.sessions = door.sessions
        self._door = door
        self._socket = socket
        self._secure = secure
        self._heard_at = time.monotonic()
        self._ending: asyncio.Future[Closing] = asyncio.get_running_loop().create_future()
        self._outbox = Outbox(socket, patience=door.bounds.send_seconds)
        self._operations = Operations(door, self._outbox, self._new_call, self.end)

    def end(self, closing: Closing) -> None:
        """Close the socket from outside its own reading; the first reason counts."""
        if not self._ending.done():
            self._ending.set_result(closing)
            self._outbox.shut()

    async def run(self) -> None:
        """Read until the client leaves or there is a reason to close; then leave nothing behind."""
        reading = asyncio.create_task(self._read(), name="socket")
        try:
            either: list[asyncio.Future[Any]] = [reading, self._ending]
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)
            stopping = asyncio.create_task(self._operations.stop_all(), name="socket stops")
            await asyncio.sleep(0)  # from here on no operation says anything more
            try:
                if self._ending.done():
                    await self._close(self._ending.result())
            finally:
                await stopping  # a mutation that was begun comes to its end

    async def _read(self) -> None:
        try:
            await self._let_in()
            while True:
                await self._obey(await self._frame())
        except WebSocketDisconnect:
            pass
        except Closing as closing:
            self.end(closing)
        except Exception as fault:
            log.exception("socket fault", exc_info=fault)
            self.end(Closing(Close.INTERNAL, "Something went wrong on our side"))

    async def _let_in(self) -> None:
        """Wait for `connection_init` and acknowledge it. Raises Closing."""
        try:
            async with asyncio.timeout(self._door.bounds.init_seconds):
                while not isinstance(frame := await self._frame(), Init):
                    if isinstance(frame, (Subscribe, Complete)):
                        raise Closing(Close.UNAUTHORIZED, "Unauthorized")
                    await self._obey(frame)
                await self._authenticate(frame.payload)
        except TimeoutError:
            raise Closing(Close.INIT_TIMEOUT, "Connection initialisation timeout") from None
        await self._outbox.send(ACK)

    async def _authenticate(self, payload: Mapping[str, Any]) -> None:
        token = self._token(payload)
        try:
            # Never what is remembered: who comes back because their rights have changed would be
            # let in by the old ones, and nobody would tell of that change again.
            viewer = await self.sessions.ask(token) if token else None
        except PracticeError as error:
            raise Closing(Close.TRY_LATER, error.message) from None
        if viewer is None:
            raise Closing(Close.FORBIDDEN, "Forbidden")
        self.token, self.viewer = token, viewer

    def _token(self, payload: Mapping[str, Any]) -> str | None:
        """The token in the payload, else the cookie, which only a page of ours may use."""
        given = payload.get("token")
        if isinstance(given, str):
            return given
        for name in ("authorization", "Authorization"):
            header = payload.get(name)
            if isinstance(header, str):
                try:
                    return token_in(header)
                except Refusal:
                    return None
        origin = origin_of(self._socket)
        if origin.named and not origin.foreign:
            return self._socket.cookies.get(self.sessions.cookie_name(secure=self._secure))
        return None

    async def _frame(self) -> Frame:
        message = await self._socket.receive()
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(message.get("code", 1005))
        self._heard_at = time.monotonic()
        return read_frame(message, self._door.bounds)

    async def _obey(self, frame: Frame) -> None:
        match frame:
            case Init():
                raise Closing(Close.TOO_MANY_INITS, "Too many initialisation requests")
            case Ping(payload):
                await self._outbox.send(pong(payload))
            case Subscribe():
                await self._look_again()
                if not self._ending.done():
                    await self._operations.start(frame)
            case Complete(id=operation_id):
                self._operations.stop(operation_id)

    async def _look_again(self) -> None:
        """Who is told by a stream that their sight has changed asks again at once, maybe before the
        socket is closed for it: nothing is to begin by rights that are over."""
        assert self.token is not None
        with suppress(PracticeError):  # the database is away: they stay, as all others do
            judge(self, await self.sessions.viewer(self.token))

    def _new_call(self) -> Call:
        client = self._socket.client
        return Call(
            viewer=self.viewer,
            request_id=uuid4().hex,
            address=client.host if client else "unknown",
            presented=self.token,
            silence=lambda: time.monotonic() - self._heard_at,
        )

    async def _close(self, closing: Closing) -> None:
        SOCKET_CLOSES.labels(self._door.name, str(closing.code.value)).inc()
        if isinstance(closing, BadFrame):
            log.info("malformed frame", reason=closing.reason)
        try:
            # A reader that takes nothing takes no close frame either; the transport cuts it off.
            async with asyncio.timeout(1):
                await self._socket.close(closing.code, closing.reason)
        except (TimeoutError, RuntimeError, OSError, WebSocketDisconnect):
            pass
