"""What every stream says: its changes, that it is alive, and that it cannot go on."""

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import Annotated, Any

import strawberry

from schema.enums import ResyncReason
from schema.fields import argument, field
from schema.scalars import DateTime, StreamCursor
from subscriptions.cursors import StreamCursor as Position
from subscriptions.items import Batch
from subscriptions.items import Heartbeat as Beat
from subscriptions.items import Resync as Stop

Since = Annotated[StreamCursor | None, argument("Resume after this cursor; now unless said.")]
AFTER = "Resume from here: these changes are in."

Stream = AsyncGenerator[Batch[Any] | Beat | Stop, None]


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


async def items(
    name: str, row: Callable[[Any], dict[str, Any]], stream: Stream
) -> AsyncGenerator[dict[str, Any], None]:
    """A stream's items as GraphQL rows, each change made one by `row`."""
    async with aclosing(stream) as told_in_order:
        async for one in told_in_order:
            told: dict[str, Any] = {"cursor": str(one.cursor)}
            match one:
                case Beat():
                    yield told | {"__typename": "Heartbeat", "server_time": one.server_time}
                case Stop():
                    yield told | {"__typename": "Resync", "reason": one.reason}
                case Batch():
                    rows = [row(change) for change in one.changes]
                    yield told | {"__typename": name, "changes": rows}


def position(since: str | None) -> Position | None:
    return None if since is None else Position.parse(since)
