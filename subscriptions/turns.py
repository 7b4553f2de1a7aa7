"""Turns: by which events somebody sees otherwise than before, or is somebody else."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from models.permissions import Role
from models.unit_of_work import current
from models.viewer import Viewer
from subscriptions import cursors

K = TypeVar("K")

Part = tuple[str, UUID]
"""The rows of a table (`client_role` or `team_membership`) that are of a member."""


@dataclass(frozen=True, slots=True)
class Turns:
    """The number of the last turn of each kind, by whom it concerns."""

    people: Mapping[UUID, int]
    """Members, sessions and tokens that were changed."""
    clients: int
    """Of any client that became restricted, or open."""
    parts: Mapping[Part, int]
    """Begun or ended."""
    trusted: Mapping[UUID, int]
    """Members, whose part at a restricted client began or ended."""
    doors: Mapping[UUID, int]
    """Contacts, to whom the portal was opened or closed."""

    def concern(self, viewer: Viewer, hangs_on: Part | None, *, after: int) -> bool:
        """Whether one of them, after that number, is the viewer's, or of what they hang on."""
        own = [self.people.get(id, 0) for id in _identities(viewer)]
        if hangs_on is not None:
            own.append(self.parts.get(hangs_on, 0))
        if viewer.contact_id is not None:
            own.append(self.doors.get(viewer.contact_id, 0))
        elif viewer.member_id is not None and not viewer.sees_restricted_clients:
            # A part at a client opens its door to a contractor; to others, where it is restricted.
            at_any = viewer.role is Role.CONTRACTOR
            part = self.parts.get(("client_role", viewer.member_id), 0) if at_any else 0
            own += [self.clients, part, self.trusted.get(viewer.member_id, 0)]
        return max(own, default=0) > after


async def turns_between(since: int, until: int) -> Turns:
    """Those of the firm's events above `since`, up to `until`; asked in a unit of the firm's."""
    events = await cursors.turns(since, until)
    roles = await _roles([event.entity_id for event in events if event.entity == "client_role"])
    doors = await _doors([event.entity_id for event in events if event.entity == "portal_access"])
    parts: list[tuple[Part, int]] = []
    trusted: list[tuple[UUID, int]] = []
    for event in events:
        members = event.named("member_id")
        if event.entity_id in roles:
            member_id, restricted = roles[event.entity_id]
            members.add(member_id)
            trusted += [(member_id, event.seq)] if restricted else []
        if event.entity in ("client_role", "team_membership"):
            parts += [((event.entity, id), event.seq) for id in members]
    return Turns(
        people=_last((event.entity_id, event.seq) for event in events),
        clients=max((event.seq for event in events if event.entity == "client"), default=0),
        parts=_last(parts),
        trusted=_last(trusted),
        doors=_last((doors[e.entity_id], e.seq) for e in events if e.entity_id in doors),
    )


def _last(pairs: Iterable[tuple[K, int]]) -> dict[K, int]:
    """The highest number of each; they come in order."""
    return dict(pairs)


def _identities(viewer: Viewer) -> Sequence[UUID]:
    ids = (viewer.member_id, viewer.session_id, viewer.api_token_id)
    return [id for id in ids if id is not None]


async def _roles(ids: Sequence[UUID]) -> dict[UUID, tuple[UUID, bool]]:
    """Of each part at a client, whose it is, and whether the client is restricted."""
    if not ids:
        return {}
    rows = await current().fetch(
        "select r.id, r.member_id, c.restricted from client_role r join client c"
        " on c.firm_id = r.firm_id and c.id = r.client_id where r.id = any($1)", ids,
    )  # fmt: skip
    return {row["id"]: (row["member_id"], row["restricted"]) for row in rows}


async def _doors(ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """Of each access to the portal, whose it is."""
    if not ids:
        return {}
    rows = await current().fetch("select id, contact_id from portal_access where id = any($1)", ids)
    return {row["id"]: row["contact_id"] for row in rows}
