"""One screen: a socket that greets the server and then takes whatever comes."""

import socket
import struct
from collections.abc import Sequence
from contextlib import suppress
from typing import Protocol

from benchmarks.screens import wire

_AT_MOST = 1 << 16
_AT_ONCE_AWAY = struct.pack("ii", 1, 0)
"""Closed by a reset, as by a cable that is pulled; and no port is kept waiting."""


class Audience(Protocol):
    """Who holds the screens and is told what happens on them."""

    def came_up(self, screen: "Screen") -> None: ...

    def came(self, data: bytes, ends: int, frames: int) -> None:
        """So many whole frames, which lie before `ends`."""

    def went(self, screen: "Screen", why: str) -> None: ...


class Screen:
    """Reads without a loop of its own: `readable` is called when there is something to read."""

    __slots__ = ("_audience", "_left", "_rest", "following", "heard", "socket")

    def __init__(self, audience: Audience, port: int, greeting: Sequence[bytes]) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE_AWAY)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.setblocking(False)
        self.following = False
        self.heard = b""
        """The last frames that came."""
        self._audience = audience
        self._rest = b""
        self._left = list(greeting)
        self._say_next()

    def readable(self) -> None:
        """Take what has come; the first two answers are to the greeting."""
        try:
            data = self.socket.recv(_AT_MOST)
        except BlockingIOError:
            return
        except OSError as error:
            data = b""
            self.heard = repr(error).encode()
        if not data:
            self._audience.went(self, self.heard[-200:].decode(errors="replace"))
            return
        if self._rest:
            data, self._rest = self._rest + data, b""
        if self.following:
            self._take(data)
        else:
            self._greet(data)

    def _take(self, data: bytes) -> None:
        if wire.is_one_frame(data):
            self.heard = data
            self._audience.came(data, len(data), 1)
            return
        count = ends = 0
        for opcode, begins, ends in wire.frames(data):
            if opcode == wire.TEXT:
                count += 1
            else:
                self._control(opcode, data[begins:ends])
        self._rest = data[ends:]
        if count:
            self.heard = data
            self._audience.came(data, ends, count)

    def _greet(self, data: bytes) -> None:
        """Said after each other, for a server need not take what comes before it has answered."""
        ends = len(data)
        if data.startswith(b"HTTP"):
            ends = data.find(b"\r\n\r\n") + 4
            if ends < 4:
                self._rest = data
                return
        if b" 101 " not in data[:ends] and b"connection_ack" not in data:
            self._audience.went(self, data[:200].decode(errors="replace"))
            return
        self._say_next()
        if not self._left:
            self.following = True
            self._audience.came_up(self)
        if data[ends:]:
            self._take(data[ends:])

    def _say_next(self) -> None:
        if self._left:
            self._say(self._left.pop(0))

    def _say(self, frame: bytes) -> None:
        with suppress(OSError):  # a line that is gone is noticed at the next read
            self.socket.send(frame)

    def _control(self, opcode: int, payload: bytes) -> None:
        if opcode == wire.PING:
            self._say(wire.masked(wire.PONG, payload))
        elif opcode == wire.CLOSE:
            self.heard = payload
