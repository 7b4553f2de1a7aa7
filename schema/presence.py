"""Who is here: on a board, at a job, a task or whatever else has an id. Told, never kept."""

import re
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import Annotated, Any

import strawberry

from models.errors import NotFound, ValidationError
from models.members import Member as MemberRow
from models.permissions import Permission
from resolvers import nodes
from schema import ids
from schema.fields import argument, batch, field, live, relation, viewer_of
from schema.members import Member
from schema.nodes import TYPE_NAMES
from subscriptions.gathering import Place
from subscriptions.gathering import Presence as Present

BOARDS = ("job_board", "task_board")
CARDS = ("job", "task")
MOST = 100
_FIELD = re.compile(r"[A-Za-z][A-Za-z0-9.]{0,63}", re.ASCII)


async def _seen(rows: Sequence[Any]) -> list[str | None]:
    """What is in each hand, where the viewer may know of it."""
    held = [row["holds"] for row in rows]
    wanted = [(place.kind, place.id) for place in held if place is not None]
    found = {row["id"] for row in await nodes.by_table(wanted, TYPE_NAMES) if row is not None}
    return [_written(place) if place is not None and place.id in found else None for place in held]


@strawberry.type(description="Somebody who is there.")
class PersonPresent:
    member: Member | None = relation(MemberRow, by="member_id", allow=Permission.READ_FIRM,
                                     description="Who it is.")  # fmt: skip
    holds: strawberry.ID | None = batch(
        _seen, allow=Permission.READ_WORK, of=("holds",),
        description="The job or task whose card is in their hand; null where it is hidden.",
    )  # fmt: skip
    edits: str | None = field("The field that they write in, as they call it.")


@strawberry.type(description="All who are at a place just now, oneself too.")
class Presence:
    place: strawberry.ID = field("The place.")
    people: list[PersonPresent] = field(
        "Each once, however many windows they have; at most 100, busy hands first.",
        metadata={"size": 20},
    )
    count: int = field("How many they are.")


@strawberry.type
class PresenceSubscription:
    @live(allow=Permission.READ_WORK)
    async def presence(
        info,
        place: Annotated[strawberry.ID, argument(
            "Where: `job_board`, `task_board`, or the id of any thing that the viewer may see.")],
        holds: Annotated[strawberry.ID | None, argument(
            "The job or task whose card is in the viewer's own hand.")] = None,
        edits: Annotated[str | None, argument(
            "The field that the viewer writes in: a name of letters, digits and dots, at most"
            " 64.")] = None,
    ) -> AsyncGenerator[Presence, None]:  # fmt: skip
        """Be at a place, and hear who else is, anew at each change. Whoever follows it with a
        session is there until it ends, or until their socket says nothing for 15 seconds (a ping
        is enough); an API token looks on unseen. Nothing of it is kept. To say that one takes
        something in hand, open it anew with that, then end the one before."""
        if edits is not None and not _FIELD.fullmatch(edits):
            raise ValidationError("Not the name of a field.", path=("edits",))
        where, card = _place(place), None if holds is None else _card(holds)
        stream = info.context.presences.attend(
            viewer_of(info), where, holds=card, edits=edits, silence=info.context.silence
        )
        async with aclosing(stream) as told:
            async for people in told:
                row: Any = {"place": place, "count": len(people), "people": _first(people)}
                yield row


def _place(text: str) -> Place:
    if text in BOARDS:
        return Place(text)
    known = ids.kind_of(text)
    if known is None:
        raise NotFound("place", path=("place",))
    return Place(ids.PREFIXES[known[0]].table(), known[1])


def _card(text: str) -> Place:
    known = ids.kind_of(text)
    if known is None or known[0] not in CARDS:
        raise NotFound("card", path=("holds",))
    return Place(known[0], known[1])


def _written(place: Place) -> str | None:
    prefix = ids.PREFIX_OF_TABLE.get(place.kind)
    return None if prefix is None or place.id is None else ids.written(prefix, place.id)


def _first(people: Sequence[Present]) -> list[dict[str, Any]]:
    busy = sorted(people, key=lambda one: one.holds is None and one.edits is None)
    return [{"member_id": one.member_id, "holds": one.holds, "edits": one.edits}
            for one in busy[:MOST]]  # fmt: skip
