"""Who may see which event, and which events change that."""

from collections.abc import Sequence
from functools import lru_cache

from models.permissions import Permission, Role
from models.unit_of_work import current
from models.viewer import Viewer
from models.visibility import Sight, event_visible
from subscriptions.events import Event, models

READ_BY = {
    Permission.READ_FIRM: (
        "firm", "legal_entity", "office", "member", "team", "team_membership", "capacity",
        "time_off", "credential", "session", "api_token", "external_id",
    ),
    Permission.READ_CLIENTS: (
        "client", "client_role", "client_relation", "client_tax_id", "client_address",
        "client_key_date", "contact", "client_contact",
        "portal_access", "magic_link", "portal_session",
    ),
    Permission.READ_WORK: (
        "workflow", "stage", "service", "engagement", "engagement_service", "job", "waiting",
        "review", "review_point", "task", "dependency", "comment", "template", "template_version",
        "template_step", "recurrence", "request", "request_item", "document", "message",
    ),
    Permission.READ_TIME: ("timer", "time_entry"),
    Permission.READ_BILLING: (
        "rate", "invoice", "invoice_line", "invoice_line_time", "invoice_series", "payment",
        "credit_note", "ledger_transaction", "ledger_entry",
    ),
}  # fmt: skip
"""Which permission one needs to hear of an entity; what stands nowhere is told to nobody."""


def readable(viewer: Viewer) -> frozenset[str]:
    """The entities that the viewer may hear of; what is personal is told to admins alone."""
    return _readable(viewer.permissions, viewer.sees_restricted_clients)


@lru_cache(maxsize=256)  # API tokens have any permissions
def _readable(permissions: frozenset[Permission], personal: bool) -> frozenset[str]:
    tables = models()
    return frozenset(
        entity
        for permission, entities in READ_BY.items()
        if permission in permissions
        for entity in entities
        if personal or tables[entity].sight is not Sight.VIEWER
    )


def may_read(viewer: Viewer, entity: str) -> bool:
    """Whether the viewer's permissions reach this kind of thing at all."""
    return any(viewer.may(permission) for permission, told in READ_BY.items() if entity in told)


async def visible(events: Sequence[Event]) -> list[Event]:
    """Those events that the unit of work's viewer may see as things stand now."""
    viewer = current().viewer
    if viewer.contact_id is not None:
        return await _of_own_clients(events)
    told = [event for event in events if event.entity in readable(viewer)]
    hides_the_firms_own = viewer.role is Role.CONTRACTOR
    if viewer.sees_restricted_clients or not (
        hides_the_firms_own
        or any(event.client_id is not None or event.entity == "contact" for event in told)
    ):
        return told
    return (await _looked_at(told, _NOTHING_LATER))[0]


async def visible_by_parts(events: Sequence[Event], since: int) -> list[Event] | None:
    """The same to one who sees restricted clients by their parts at them; None where anybody's part
    at a client has changed after that number."""
    told = [event for event in events if event.entity in readable(current().viewer)]
    shown, changed = await _looked_at(told, since)
    return None if changed else shown


_NOTHING_LATER = 2**63 - 1


async def _looked_at(events: Sequence[Event], since: int) -> tuple[list[Event], bool]:
    """Those that the viewer may see, and whether a part at a client has changed after `since`."""
    unit = current()
    sees = event_visible(unit.viewer, of={event.entity for event in events})
    row = await unit.fetchrow(
        "select array(select e.number"
        " from unnest($1::text[], $2::uuid[], $3::uuid[], $4::uuid[])"
        " with ordinality e (entity, entity_id, client_id, actor_id, number)"
        f" where {sees} order by e.number) as numbers,"
        " exists (select from event p where p.seq > $5 and p.entity = 'client_role'"
        " and p.seq <= (select f.seq from firm_stream f)) as changed",
        [event.entity for event in events],
        [event.entity_id for event in events],
        [event.client_id for event in events],
        [event.actor_id for event in events],
        since,
    )
    assert row is not None
    return [events[number - 1] for number in row["numbers"]], row["changed"]


async def _of_own_clients(events: Sequence[Event]) -> list[Event]:
    """What happened to a contact's clients; how much of it is shown is subscriptions/portal.py's
    to say, row by row."""
    own = {row["id"] for row in await current().fetch("select id from client")}
    return [event for event in events if event.client_id in own]


TURNING = ("member", "session", "api_token", "portal_session", "client", "client_role",
           "portal_access", "team_membership")  # fmt: skip
"""The entities whose changes may change what somebody sees."""


def changes_access(event: Event) -> bool:
    """Whether somebody may see more or less, is somebody else, or has other work as their own,
    since this event."""
    match event.entity:
        case "member":
            return not event.made and not event.payload.keys().isdisjoint(("role", "leave_date"))
        case "session" | "api_token" | "portal_session":
            return not event.made and "revoked_at" in event.payload
        case "client":
            return not event.made and "restricted" in event.payload
        case "client_role" | "portal_access" | "team_membership":
            return True
    return False
