"""A door as an ASGI application for sockets: the handshake, then one connection."""

from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket

from server.doors import Door
from server.metrics import SOCKETS
from server.origins import origin_of
from server.sockets.connection import Connection
from server.sockets.frames import PROTOCOL, Close
from server.sockets.registry import Sockets


class SocketEndpoint:
    """Accepts sockets that speak graphql-transport-ws and come from nowhere foreign."""

    def __init__(self, door: Door, sockets: Sockets, *, secure: bool) -> None:
        self._door = door
        self._sockets = sockets
        self._secure = secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        socket = WebSocket(scope, receive, send)
        if origin_of(socket).foreign:
            # Before it is accepted: the handshake is answered with 403.
            await socket.close()
            return
        if PROTOCOL not in socket.scope["subprotocols"]:
            await socket.accept()
            await socket.close(Close.SUBPROTOCOL_NOT_ACCEPTABLE, "Subprotocol not acceptable")
            return
        await socket.accept(PROTOCOL)
        if self._sockets.full:
            await socket.close(Close.TRY_LATER, "Try again in a moment")
            return
        connection = Connection(self._door, socket, secure=self._secure)
        self._sockets.add(connection)
        SOCKETS.labels(self._door.name).inc()
        try:
            await connection.run()
        finally:
            self._sockets.remove(connection)
            SOCKETS.labels(self._door.name).dec()
