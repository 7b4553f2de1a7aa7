"""The firm's stream as a list: what changed, who did it, when."""

from collections.abc import Sequence
from typing import Annotated, Any

import strawberry

from models.contacts import Contact as ContactRow
from models.members import Member as MemberRow
from models.permissions import Permission
from models.unit_of_work import Row, current
from resolvers import changes, nodes
from schema import ids
from schema.fields import ANYONE, argument, batch, computed, field, query, relation
from schema.members import Member
from schema.nodes import TYPE_NAMES, Node
from schema.scalars import DateTime, Long, StreamCursor
from subscriptions import audience, cursors
from subscriptions.events import Event

_EVENT = tuple(Event.__dataclass_fields__)


def row_of(event: Event) -> dict[str, Any]:
    """An event as the row of a Change."""
    return {name: getattr(event, name) for name in _EVENT} | {
        "removed": event.removed,
        "fields": sorted(name for name, (old, new) in event.payload.items() if old != new),
    }


async def job_activity(parents: Sequence[Row]) -> list[list[dict[str, Any]]]:
    told = audience.readable(current().viewer)
    return [
        [row_of(Event.from_row({name: row[name] for name in _EVENT})) for row in rows]
        for rows in await changes.of_jobs(parents, told)
    ]


async def _nodes(parents: Sequence[Row]) -> list[Any]:
    wanted = [(row["entity"], row["entity_id"]) for row in parents]
    return await nodes.by_table(wanted, TYPE_NAMES)


async def _cursors(parents: Sequence[Row]) -> list[str]:
    head = await cursors.head()
    return [str(head.at(row["seq"])) for row in parents]


def _entity_id(row: Row) -> str:
    prefix = ids.PREFIX_OF_TABLE.get(row["entity"], row["entity"])
    return ids.written(prefix, row["entity_id"])


@strawberry.type(description="One change, as it is kept for good: an event of the firm's stream.")
class Change:
    id: strawberry.ID = computed("The event's own id.", lambda row: ids.written("event", row["id"]))
    seq: Long = field("Its number in the firm's stream, from 1, without a gap.")
    cursor: StreamCursor = batch(_cursors, allow=ANYONE,
                                 description="Its place in the stream.")  # fmt: skip
    kind: str = field("What happened, as `entity.verb`: `task.completed`.")
    entity: str = field("What kind of thing changed.")
    entity_id: strawberry.ID = computed("The id of what changed.", _entity_id)
    removed: bool = field("Whether the thing is gone.")
    node: Node | None = batch(
        _nodes,
        allow=Permission.READ_FIRM,
        cost=5,
        description="The thing as it is now; null when it is gone or hidden.",
    )
    actor: Member | None = relation(
        MemberRow, by="actor_id", allow=Permission.READ_FIRM,
        description="The member who did it; null for the system and for a client's contact.",
    )  # fmt: skip
    contact: Annotated["Contact", strawberry.lazy("schema.contacts")] | None = relation(
        ContactRow, by="actor_id", allow=Permission.READ_CLIENTS,
        description="The client's contact who did it; null for everybody else.",
    )  # fmt: skip
    at: DateTime = field("When it was done.")
    fields: list[str] = field("Which fields changed.")


@strawberry.type(description="A stretch of the firm's stream.")
class ChangePage:
    changes: list[Change] = field("The changes the viewer may see, in order.")
    cursor: StreamCursor = field("Where this stretch ends: pass it as `since` for the next.")
    has_more: bool = field("Whether more follows at once.")


@strawberry.type
class ChangeQuery:
    @query(allow=Permission.READ_FIRM, cost=10)
    async def changes(
        info,
        since: Annotated[StreamCursor, argument("From where on, exclusive.")],
        first: Annotated[int | None, argument("How many, 1 to 250; 100 unless said.")] = None,
    ) -> ChangePage:
        """What happened since a cursor: for phones that wake for seconds, and for BI."""
        asked = cursors.StreamCursor.parse(since)
        stretch = await cursors.changes(asked, 100 if first is None else first)
        return {
            "changes": [row_of(event) for event in stretch.events],
            "cursor": str(stretch.cursor),
            "has_more": stretch.has_more,
        }

    @query(allow=Permission.READ_FIRM)
    async def stream_cursor(info) -> StreamCursor:
        """Where the firm's stream stands, in the same snapshot as the rest of this query."""
        return str(await cursors.head())
