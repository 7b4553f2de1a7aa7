"""What every stream says: its changes, that it is alive, and that it cannot go on."""

from collections.abc import Callable
from typing import Annotated, Any

import strawberry

from schema.enums import ResyncReason
from schema.fields import argument, field
from schema.following import Follow
from schema.scalars import DateTime, StreamCursor
from subscriptions.cursors import StreamCursor as Position
from subscriptions.interest import Interest
from subscriptions.items import Batch, Item
from subscriptions.items import Heartbeat as Beat
from subscriptions.items import Resync as Stop

Since = Annotated[StreamCursor | None, argument("Resume after this cursor; now unless said.")]
AFTER = "Resume from here: these changes are in."


@strawberry.type(description="Nothing happened; the stream is alive.")
class Heartbeat:
    server_time: DateTime = field("The database's clock.")
    cursor: StreamCursor = field("Resume from here.")


@strawberry.type(description="The stream cannot go on from that cursor: fetch your snapshot anew.")
class Resync:
    reason: ResyncReason = field("Why.")
    cursor: StreamCursor = field("Where the stream stands now.")


def item(name: str, what: type) -> Any:
    """The union of what a stream of `what` can say."""
    return Annotated[
        what | Heartbeat | Resync,
        strawberry.union(name, description="Changes, a heartbeat, or the end of the stream."),
    ]


def follow(
    name: str,
    change: Callable[[Any], dict[str, Any]],
    interest: Interest[Any],
    since: str | None,
) -> Follow:
    """Following that interest; its batches are called `name`, each change made a row of by
    `change`. Raises ValidationError for what is no cursor."""

    def row(one: Item[Any]) -> dict[str, Any]:
        told: dict[str, Any] = {"cursor": str(one.cursor)}
        match one:
            case Beat():
                return told | {"__typename": "Heartbeat", "server_time": one.server_time}
            case Stop():
                return told | {"__typename": "Resync", "reason": one.reason}
            case Batch():
                return told | {"__typename": name, "changes": [change(c) for c in one.changes]}

    return Follow(interest, None if since is None else Position.parse(since), row)
