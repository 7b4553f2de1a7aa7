"""uvicorn's side of a request's head, which it would wait for without end and hold at any length.

Bodies are bounded where they are read (`server.decoding`); before there is a head, no
application is asked.
"""

import asyncio
from http import HTTPStatus
from typing import Any

import orjson
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_BYTES = 65_536
HEAD_SECONDS = 15
# Closed at once, a line on which more is coming takes what was said last with it.
LAST_WORD_SECONDS = 2


class BoundedHeads(HttpToolsProtocol):
    """Refuses a head that is not there in time, or that does not end within its bytes."""

    head_bytes = HEAD_BYTES
    head_seconds: float = HEAD_SECONDS

    _waiting: asyncio.TimerHandle | None = None
    _held = 0
    _begun = False
    _refused = False

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._begun = True
        self._await_head()

    def on_headers_complete(self) -> None:
        self._stop_waiting()
        super().on_headers_complete()

    def data_received(self, data: bytes) -> None:
        if self._refused:
            return
        before = self._waiting
        super().data_received(data)
        if self._waiting is None or self.transport.is_closing():
            return
        # The piece that a head begins in is not counted: it may end an earlier request too.
        self._held += len(data) if self._waiting is before else 0
        if self._held > self.head_bytes:
            self._refuse(
                HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
                f"The address and headers take more than {self.head_bytes:,} bytes.",
            )

    def _await_head(self) -> None:
        self._stop_waiting()
        self._waiting = self.loop.call_later(self.head_seconds, self._too_slow)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
        self._waiting, self._held = None, 0

    def _too_slow(self) -> None:
        if not self._begun:  # not one byte came: browsers open connections in advance
            self.transport.close()
            return
        self._refuse(
            HTTPStatus.REQUEST_TIMEOUT,
            f"The address and headers took longer than {self.head_seconds:g} s.",
        )

    def _refuse(self, status: HTTPStatus, message: str) -> None:
        self._stop_waiting()
        self._refused = True
        error = {"message": message, "extensions": {"code": "BAD_REQUEST"}}
        body = orjson.dumps({"errors": [error]})
        self.transport.write(
            f"HTTP/1.1 {status.value} {status.phrase}\r\nconnection: close\r\n"
            f"content-type: application/json; charset=utf-8\r\ncontent-length: {len(body)}\r\n\r\n"
            .encode() + body
        )  # fmt: skip
        self.transport.write_eof()
        self._waiting = self.loop.call_later(LAST_WORD_SECONDS, self.transport.abort)
