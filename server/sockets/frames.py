"""The frames of graphql-transport-ws: text into what it asks for, answers into text.

Whatever is not exactly a frame of the protocol raises BadFrame, which closes the socket with 4400.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import orjson

from server.decoding import decode_object
from server.errors import Refusal
from server.limits import Bounds

PROTOCOL = "graphql-transport-ws"
LONGEST_ID = 128


class Close(IntEnum):
    """Why a socket is closed: the protocol's own codes, and ours."""

    NORMAL = 1000
    TOO_BIG = 1009
    DRAINING = 1012
    TRY_LATER = 1013
    BAD_REQUEST = 4400
    UNAUTHORIZED = 4401
    FORBIDDEN = 4403
    SUBPROTOCOL_NOT_ACCEPTABLE = 4406
    INIT_TIMEOUT = 4408
    SUBSCRIBER_EXISTS = 4409
    SLOW_CONSUMER = 4410
    ACCESS_CHANGED = 4411
    TOO_MANY_INITS = 4429
    INTERNAL = 4500


class Closing(Exception):
    """The socket is to be closed, with this code and reason."""

    def __init__(self, code: Close, reason: str) -> None:
        self.code = code
        # A close frame holds 123 bytes of reason.
        self.reason = reason.encode("ascii", "replace")[:123].decode()
        super().__init__(f"{code.value} {self.reason}")


class BadFrame(Closing):
    """What came in is no frame of the protocol."""

    def __init__(self, reason: str) -> None:
        super().__init__(Close.BAD_REQUEST, reason)


@dataclass(frozen=True, slots=True)
class Init:
    """`connection_init`, with what the client brings to be let in."""

    payload: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Ping:
    """`ping`: answered at once, with the same payload."""

    payload: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Pong:
    """`pong`: nothing to do."""


@dataclass(frozen=True, slots=True)
class Subscribe:
    """`subscribe`: run this under that id; its parameters are read by the operation."""

    id: str
    payload: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Complete:
    """`complete`: the client wants no more of this id."""

    id: str


Frame = Init | Ping | Pong | Subscribe | Complete


def read_frame(message: Mapping[str, Any], bounds: Bounds) -> Frame:
    """The frame in one message of the socket. Raises BadFrame."""
    text = message.get("text")
    if text is None:
        raise BadFrame("Text frames only")
    raw = text.encode("utf-8", "surrogatepass")
    if len(raw) > bounds.frame_bytes:
        raise Closing(Close.TOO_BIG, f"Frames are at most {bounds.frame_bytes} bytes")
    try:
        frame = decode_object(raw, depth=bounds.json_depth + 2, what="The frame")
    except Refusal as reason:
        raise BadFrame(str(reason)) from None
    match frame.get("type"):
        case "connection_init":
            return Init(_payload(frame) or {})
        case "ping":
            return Ping(_payload(frame))
        case "pong":
            _payload(frame)
            return Pong()
        case "subscribe":
            payload = _payload(frame)
            if payload is None:
                raise BadFrame("A subscribe frame needs a payload")
            return Subscribe(_id(frame), payload)
        case "complete":
            return Complete(_id(frame))
        case _:
            raise BadFrame("The frame's type is unknown")


def _payload(frame: Mapping[str, Any]) -> Mapping[str, Any] | None:
    payload = frame.get("payload")
    if payload is not None and not isinstance(payload, Mapping):
        raise BadFrame("The frame's payload must be an object")
    return payload


def _id(frame: Mapping[str, Any]) -> str:
    found = frame.get("id")
    if not isinstance(found, str) or not 1 <= len(found) <= LONGEST_ID:
        raise BadFrame(f"The frame needs an id of 1 to {LONGEST_ID} characters")
    return found


ACK = '{"type":"connection_ack"}'


def pong(payload: Mapping[str, Any] | None) -> str:
    frame = {"type": "pong"} if payload is None else {"type": "pong", "payload": payload}
    return _text(frame)


def following(operation_id: str, payload: bytes) -> str:
    """A `next` frame around JSON that may be shared by many sockets."""
    return (next_before(operation_id) + payload + NEXT_AFTER).decode()


NEXT_AFTER = b"}"


def next_before(operation_id: str) -> bytes:
    """What stands before the payload in a `next` frame."""
    return b'{"id":' + orjson.dumps(operation_id) + b',"type":"next","payload":'


def failed(operation_id: str, errors: list[dict[str, Any]]) -> str:
    return _text({"id": operation_id, "type": "error", "payload": errors})


def completed(operation_id: str) -> str:
    return f'{{"id":{_text(operation_id)},"type":"complete"}}'


def _text(item: object) -> str:
    # Text, not bytes: bytes would go out as a binary frame.
    return orjson.dumps(item).decode()
