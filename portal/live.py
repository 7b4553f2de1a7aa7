"""What a contact can follow: that something of theirs has changed."""

from typing import Any

import strawberry

from schema import ids
from schema.enums import described
from schema.fields import CONTACT, computed, field, followed, query
from schema.following import Follow
from schema.scalars import StreamCursor
from schema.streams import AFTER, Since, follow, item
from subscriptions import cursors
from subscriptions.portal import THEIRS, PortalEntity
from subscriptions.portal import Change as Changed

described(
    PortalEntity, "What has changed.", CLIENT="A client that they look at.", JOB="A piece of work.",
    REQUEST="A request.", REQUEST_ITEM="One thing that a request asks for.", DOCUMENT="A file.",
    MESSAGE="A message, sent or read.", INVOICE="An invoice, issued, paid or credited.",
)  # fmt: skip


@strawberry.type(description="One thing that changed: ask for it to see how it is now.")
class PortalChange:
    entity: PortalEntity = field("What it is.")
    id: strawberry.ID = computed(
        "Its typed id.", lambda row: ids.written(ids.PREFIX_OF_TABLE[row["entity"]], row["id"])
    )
    removed: bool = field("Whether it is not to be seen any more.")


@strawberry.type(description="Changes in order, each thing once.")
class PortalChanges:
    cursor: StreamCursor = field(AFTER)
    changes: list[PortalChange] = field("What has changed.")


PortalChangesItem = item("PortalChangesItem", PortalChanges)


@strawberry.type
class StreamQuery:
    @query(allow=CONTACT)
    async def stream_cursor(info) -> StreamCursor:
        """Where the stream stands, in the same snapshot as the rest of this query."""
        return str(await cursors.head())


def _row(change: Changed) -> dict[str, Any]:
    return {"entity": change.entity, "id": change.id, "removed": change.removed}


@strawberry.type(description="What a client's contact can follow, live.")
class Subscription:
    @followed(PortalChangesItem, allow=CONTACT)
    async def portal_changes(info, since: Since = None) -> Follow:
        """What changes of all that the contact sees; it can be resumed."""
        return follow("PortalChanges", _row, THEIRS, since)
