"""Who may see a row: one SQL predicate per kind of thing.

Reads, lists, counts, loaders, streams and exports all take it from here. The tenant's wall is
row-level security; this is the firm's own rule within: a restricted client is seen by its team
and by admins, a contractor sees assigned clients only.
"""

from collections.abc import Collection, Sequence
from enum import Enum
from typing import ClassVar, Protocol

from models.permissions import Role
from models.viewer import Viewer


class Sight(Enum):
    FIRM = "everyone in the firm"
    CLIENT = "who may see the client it is"
    OF_CLIENT = "who may see the client in its client_id; without one, everyone"
    WORKED = "as OF_CLIENT; without a client a contractor sees their own alone, in member_id"
    BETWEEN_CLIENTS = "who may see both clients, in its client_id and its other_id"
    CONTACT = "who may see one of its clients; without any, everyone but contractors"
    VIEWER = "the member in its member_id, and admins"


class Seen(Protocol):
    """A model, as far as it says who may see its rows."""

    sight: ClassVar[Sight]


# A member's own clients: those they hold a role at today.
_MINE = (
    "select r.client_id from client_role r where r.member_id = viewer_member()"
    " and r.until_date is null"
)
_HIDDEN = f"select h.id from client h where h.restricted and h.id not in ({_MINE})"


def visible(  # noqa: PLR0911  (one for each sight)
    model: type[Seen], viewer: Viewer, alias: str = "t"
) -> str:
    """The predicate for rows of `model` under `alias`, for the unit of work's viewer."""
    if viewer.contact_id is not None:
        return "true"  # the portal's role sees nothing else: its policies are the rule
    match model.sight:
        case Sight.FIRM:
            return "true"
        case Sight.CLIENT:
            return client_visible(viewer, f"{alias}.id")
        case Sight.OF_CLIENT:
            return client_visible(viewer, f"{alias}.client_id")
        case Sight.WORKED:
            return _worked_visible(viewer, alias)
        case Sight.BETWEEN_CLIENTS:
            return _both_visible(viewer, alias)
        case Sight.CONTACT:
            return _contact_visible(viewer, f"{alias}.id")
        case Sight.VIEWER:
            mine = f"{alias}.member_id = viewer_member()"
            return "true" if viewer.sees_restricted_clients else mine


def hidden_clients(viewer: Viewer) -> str | None:
    """The query for the ids of the few clients whose work the viewer does not see, all other work
    being theirs to see; None where it is the other way about: few are theirs."""
    if viewer.role is Role.CONTRACTOR:
        return None
    # The same query for all, which for who sees every client is `and false`: it finds none.
    return f"{_HIDDEN} and {not viewer.sees_restricted_clients}"


def few_visible(model: type[Seen], viewer: Viewer) -> Sequence[str] | None:
    """What `visible` says, for a contractor: predicates for the few rows `t` that they see, each of
    which leads there by an index, so that they are not looked for among all. No row is in two of
    them. None for everybody else, and for rows that are not told by their client."""
    if viewer.role is not Role.CONTRACTOR or viewer.contact_id is not None:
        return None
    assigned = f"any(array({_MINE}))"
    match model.sight:
        case Sight.CLIENT:
            return [f"t.id = {assigned}"]
        case Sight.OF_CLIENT:
            return [f"t.client_id = {assigned}", "t.client_id is null"]
        case Sight.WORKED:
            mine = f"t.member_id = viewer_member() and (t.client_id = {assigned}) is not true"
            return [f"t.client_id = {assigned}", mine]
    return None


def client_visible(viewer: Viewer, column: str) -> str:
    """The predicate on a column that names a client; a row about no client is the firm's."""
    if viewer.role is Role.CONTRACTOR:
        return f"({column} is null or {column} in ({_MINE}))"
    if viewer.sees_restricted_clients:
        return "true"
    return f"({column} is null or {column} not in ({_HIDDEN}))"


def _both_visible(viewer: Viewer, alias: str) -> str:
    """The predicate on rows that name two clients."""
    both = (client_visible(viewer, f"{alias}.{name}") for name in ("client_id", "other_id"))
    return f"({' and '.join(both)})"


def _contact_visible(viewer: Viewer, column: str) -> str:
    """The predicate on a contact's id: what one may know of a client, one may of its people."""
    if viewer.sees_restricted_clients:
        return "true"
    # One value for each contact: `exists` could be planned as all links of the firm at once.
    known = (
        f"select bool_or({client_visible(viewer, 'k.client_id')}) from client_contact k"
        f" where k.contact_id = {column}"
    )
    alone = "false" if viewer.role is Role.CONTRACTOR else "true"
    return f"coalesce(({known}), {alone})"


def _worked_visible(viewer: Viewer, alias: str) -> str:
    """What the firm does for itself is not a contractor's to read, but for their own part in it."""
    if viewer.role is Role.CONTRACTOR:
        return f"({alias}.client_id in ({_MINE}) or {alias}.member_id = viewer_member())"
    return client_visible(viewer, f"{alias}.client_id")


def event_visible(
    viewer: Viewer, alias: str = "e", *, of: Collection[str] = ("client_relation", "contact")
) -> str:
    """The predicate for events; where it is known which entities they are `of`, no more is asked.

    An event names one client at most. What is between two clients asks its row for the other, too;
    what is about a contact, which names none, asks whose contact it is.
    """
    own = client_visible(viewer, f"{alias}.client_id")
    if own == "true":
        return own
    if viewer.role is Role.CONTRACTOR:
        # These entities are WORKED: without a client they are for who did the work.
        own += (
            f" and ({alias}.client_id is not null or {alias}.actor_id = viewer_member()"
            f" or {alias}.entity not in ('timer', 'time_entry'))"
        )
    if "client_relation" in of:
        # One value for each event, as for each contact above.
        own += (
            f" and ({alias}.entity <> 'client_relation' or (select {_both_visible(viewer, 'r')}"
            f" from client_relation r where r.id = {alias}.entity_id))"
        )
    if "contact" in of:
        people = _contact_visible(viewer, f"{alias}.entity_id")
        own += f" and ({alias}.entity <> 'contact' or {people})"
    return f"({own})"
