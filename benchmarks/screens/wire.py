"""A WebSocket's bytes as a client writes and reads them: frames are told by their length, and
nothing within them is parsed."""

import struct
from collections.abc import Iterator

TEXT, CLOSE, PING, PONG = 0x1, 0x8, 0x9, 0xA

_FINAL = 0x80
_WHOLE_TEXT = _FINAL | TEXT
_TWO_BYTES, _EIGHT_BYTES = 126, 127
_NO_MASK = bytes(4)


def upgrade(port: int, path: str, protocol: str | None) -> bytes:
    """The request of the handshake."""
    lines = [
        f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Upgrade: websocket",
        "Connection: Upgrade", "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
    ]  # fmt: skip
    if protocol:
        lines.append(f"Sec-WebSocket-Protocol: {protocol}")
    return "\r\n".join([*lines, "", ""]).encode()


def masked(opcode: int, payload: bytes) -> bytes:
    """A client's frame. Its mask is zeros, so that the payload stays as it is."""
    length = len(payload)
    if length < _TWO_BYTES:
        head = struct.pack("!BB", _FINAL | opcode, 0x80 | length)
    elif length < 1 << 16:
        head = struct.pack("!BBH", _FINAL | opcode, 0x80 | _TWO_BYTES, length)
    else:
        head = struct.pack("!BBQ", _FINAL | opcode, 0x80 | _EIGHT_BYTES, length)
    return head + _NO_MASK + payload


def unmasked(payload: bytes) -> bytes:
    """A server's text frame."""
    length = len(payload)
    if length < _TWO_BYTES:
        return struct.pack("!BB", _WHOLE_TEXT, length) + payload
    if length < 1 << 16:
        return struct.pack("!BBH", _WHOLE_TEXT, _TWO_BYTES, length) + payload
    return struct.pack("!BBQ", _WHOLE_TEXT, _EIGHT_BYTES, length) + payload


def is_one_frame(data: bytes) -> bool:
    """Whether it is exactly one text frame of middling length, as most that is read at once is."""
    return (
        data[0] == _WHOLE_TEXT and len(data) > 4 and data[1] == _TWO_BYTES
        and (data[2] << 8 | data[3]) + 4 == len(data)
    )  # fmt: skip


def frames(data: bytes) -> Iterator[tuple[int, int, int]]:
    """The opcode of each whole frame, and where its payload begins and ends."""
    at, end = 0, len(data)
    while end - at >= 2:
        length, begins = data[at + 1], at + 2
        if length == _TWO_BYTES:
            begins = at + 4
            length = int.from_bytes(data[at + 2 : begins], "big")
        elif length == _EIGHT_BYTES:
            begins = at + 10
            length = int.from_bytes(data[at + 2 : begins], "big")
        ends = begins + length
        if ends > end or begins > end:
            return
        yield data[at] & 0xF, begins, ends
        at = ends
