"""The events of a stream, as text/event-stream writes them: `next`, `complete`, and a sign of life.

JSON is written without line breaks, so that one data line holds it.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

import orjson

from server.sockets.frames import Closing

BEAT = b":\n\n"
# The empty data line makes browsers tell of an event that has nothing to say.
COMPLETE = b"event: complete\ndata:\n\n"
HEADERS: Mapping[str, str] = {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store",
    "vary": "Accept, Authorization, Cookie",
    "x-accel-buffering": "no",
}

_CURSOR = re.compile(r"[A-Za-z0-9_=-]{1,200}")


def following(payload: bytes, id: str | None = None) -> bytes:
    """A `next` event around JSON; by its `id` a client that was cut off says where it stood."""
    numbered = f"id: {id}\n" if id else ""
    return f"event: next\n{numbered}data: ".encode() + payload + b"\n\n"


@lru_cache(maxsize=32)
def shared(payload: bytes, field: str | None) -> bytes:
    """The same around a payload that many streams are given: made once for all of them."""
    return following(payload, cursor_in(orjson.loads(payload).get("data"), field))


def cursor_in(data: object, field: str | None) -> str | None:
    """The cursor of an answer's one item, where it was asked for by that name; not one that says
    that the stream cannot go on: whoever comes back has to be told so again."""
    item = data.get(field) if isinstance(data, Mapping) and field is not None else None
    if not isinstance(item, Mapping) or "reason" in item:
        return None
    found = item.get("cursor")
    return found if isinstance(found, str) and _CURSOR.fullmatch(found) else None


def parting(closing: Closing) -> bytes:
    """A word for people who look on: no `complete` comes, so that clients connect again."""
    return f": {closing.code.value} {closing.reason}\n\n".encode()
