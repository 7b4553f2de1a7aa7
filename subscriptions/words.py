"""What processes tell each other of who is where: short, and read with care."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson

from subscriptions.gathering import Place, Presence

AT_ONCE = 50
"""How many presences one word tells of."""

Said = Mapping[int, Presence | None]
"""Presences of one process by their numbers there; None is over."""


@dataclass(frozen=True, slots=True)
class Word:
    """What a process says: who is there, and whether it asks the others for the same."""

    process: str
    said: Said
    asks: bool = False


def written(process: str, said: Said, *, asks: bool = False) -> Iterator[str]:
    """The words that say so; none for nothing."""
    rows = [[number, *_row(presence)] for number, presence in said.items()]
    for start in range(0, max(len(rows), int(asks)), AT_ONCE):
        yield orjson.dumps([process, rows[start : start + AT_ONCE], asks and start == 0]).decode()


def read(text: str) -> Word | None:
    """The word in a text; None for whatever a stranger says on the channel."""
    try:
        process, rows, asks = orjson.loads(text)
        said = {int(number): _presence(row) for number, *row in rows}
        return Word(str(process), said, bool(asks))
    except (ValueError, TypeError, AttributeError):
        return None


def _row(presence: Presence | None) -> Sequence[Any]:
    if presence is None:
        return ()
    member, place, holds = presence.member_id.hex, presence.place, presence.holds
    return member, _named(place), holds and _named(holds), presence.edits


def _presence(row: Sequence[Any]) -> Presence | None:
    if not row:
        return None
    member, place, holds, edits = row
    return Presence(UUID(hex=member), _place(place), holds and _place(holds), edits and str(edits))


def _named(place: Place) -> str:
    return place.kind if place.id is None else f"{place.kind}:{place.id.hex}"


def _place(text: str) -> Place:
    kind, _, id = text.partition(":")
    return Place(kind, UUID(hex=id) if id else None)
