"""Bytes from outside into a JSON object, or a clear refusal: nothing sent here is a fault of ours.

Python's own decoder is used, not orjson: orjson turns an integer beyond 64 bits into a float and
keeps the last of two equal keys, and both would change what was sent without a word.
"""

import asyncio
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, NoReturn

import orjson
from starlette.types import Receive

from server.errors import Code, Refusal, refusal

# Strings are skipped whole, so that only real brackets count; a string that does not end takes
# the rest, which keeps this linear.
_SIGNS = re.compile(rb'"(?:[^"\\]|\\.)*+(?:"|\Z)|[\[{]|[\]}]', re.DOTALL)
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
_LONGEST_NUMBER = 1_000


async def read_body(
    receive: Receive, *, limit: int, within: float, announced: str | None = None
) -> bytes:
    """The whole request body; counted while it streams, so that no more than `limit` is held.

    Raises Refusal: 413 when larger than `limit` bytes, 408 when not there `within` seconds.
    """
    if announced is not None and announced.isdigit() and int(announced[:12]) > limit:
        raise _too_large(limit)
    body = bytearray()
    try:
        async with asyncio.timeout(within):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise refusal(400, Code.BAD_REQUEST, "The request was cut off.")
                body += message.get("body", b"")
                if len(body) > limit:
                    raise _too_large(limit)
                if not message.get("more_body", False):
                    return bytes(body)
    except TimeoutError:
        raise refusal(
            408, Code.BODY_TOO_SLOW, f"The body took longer than {within:g} s.", connection="close"
        ) from None


def decode_object(raw: bytes, *, depth: int, what: str = "The body") -> dict[str, Any]:
    """The JSON object in `raw`. Raises Refusal (400) for anything else, saying what is wrong."""
    decoded = _decode(raw, depth, what)
    if isinstance(decoded, list) and what == "The body":
        raise refusal(
            400, Code.BATCHING_REFUSED, "Send one operation a request: batches are not taken."
        )
    if not isinstance(decoded, dict):
        raise _bad(f"{what} must be a JSON object.")
    return decoded


def _decode(raw: bytes, depth: int, what: str) -> object:
    if not raw.strip():
        raise _bad(f"{what} is empty.")
    if _nests_deeper(raw, depth):
        raise _bad(f"{what} is nested deeper than {depth} levels.")
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        raise _bad(f"{what} is not UTF-8.") from None
    try:
        decoded: object = _DECODER.decode(text)
    except _NotTaken as reason:
        raise _bad(f"{what} {reason}") from None
    except ValueError as error:
        position = f" (at character {error.pos})" if isinstance(error, json.JSONDecodeError) else ""
        raise _bad(f"{what} is not JSON{position}.") from None
    if _SURROGATE.search(raw) and not _is_text(decoded):
        raise _bad(f"{what} has half a character in it (a lone surrogate).")
    return decoded


def _nests_deeper(raw: bytes, depth: int) -> bool:
    if raw.count(b"{") + raw.count(b"[") <= depth:  # most do not have so many, even in strings
        return False
    deepest = level = 0
    for found in _SIGNS.finditer(raw):
        sign = raw[found.start()]
        if sign in b"[{":
            level += 1
            deepest = max(deepest, level)
        elif sign in b"]}":
            level -= 1
    return deepest > depth


class _NotTaken(Exception):
    """Proper JSON for a lax reader, yet nothing that everybody reads alike."""


def _object(pairs: Iterable[tuple[str, Any]]) -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for key, item in pairs:
        if key in found:
            raise _NotTaken(f"has the key {key[:50]!a} twice in one object.")
        found[key] = item
    return found


def _integer(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER:
        raise _NotTaken(f"has a number of more than {_LONGEST_NUMBER:,} digits.")
    return int(digits)


def _fraction(digits: str) -> object:
    try:
        return orjson.loads(digits)
    except orjson.JSONDecodeError:
        raise _NotTaken("has a number too large to be kept.") from None


def _constant(name: str) -> NoReturn:
    raise _NotTaken(f"has {name} in it, which is not JSON.")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object,
    parse_int=_integer,
    parse_float=_fraction,
    parse_constant=_constant,
)


def _is_text(decoded: object) -> bool:
    try:
        json.dumps(decoded, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def _bad(message: str) -> Refusal:
    return refusal(400, Code.BAD_REQUEST, message)


def _too_large(limit: int) -> Refusal:
    # The rest of the body is not read: the connection cannot serve another request.
    return refusal(
        413,
        Code.BODY_TOO_LARGE,
        f"The body is larger than {limit:,} bytes.",
        connection="close",
    )
