"""Where people stand: what they may see, as a value that is equal for those who see the same."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from uuid import UUID

from models.permissions import Role
from models.unit_of_work import current
from models.viewer import Viewer
from subscriptions import audience, cursors
from subscriptions.cursors import StreamCursor
from subscriptions.firm_feed import FirmFeed
from subscriptions.rounds import Rounds
from subscriptions.watch import Watch


@dataclass(frozen=True, slots=True)
class Sight:
    """All that makes a difference to what is shown: whoever has an equal one is told the same.

    `alone` is who they are, where that does; `trusted_with` the restricted clients they see.
    """

    rights: Hashable
    alone: Hashable = None
    trusted_with: frozenset[UUID] | None = None

    @property
    def is_by_roles(self) -> bool:
        """Whether one of them may come to see otherwise than the others, by a part at a client."""
        return self.trusted_with is not None


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody saw after event `seq`, and whether they had seen otherwise since they were last
    told something (`turned`)."""

    sight: Sight
    seq: int
    turned: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """Who comes to follow, was last told something at `since`, and asks for what is `personal` if
    it depends on who asks."""

    viewer: Viewer
    personal: bool
    since: StreamCursor | None

    @property
    def alone(self) -> Hashable:
        """Who they are, where that makes a difference to what is shown."""
        if self.viewer.contact_id is not None:
            return self.viewer.contact_id
        by_client = self.viewer.role is Role.CONTRACTOR
        return self.viewer.member_id if self.personal or by_client else None


def standings(feed: FirmFeed, watch: Watch) -> Rounds[Asked, Standing]:
    """Where those stand who come to follow the firm, of whom a thousand may come in one second."""

    async def answer(asked: Sequence[Asked]) -> Sequence[Standing]:
        return await watch.ask(feed.viewer, lambda: _standings(asked))

    return Rounds(answer)


async def _standings(asked: Sequence[Asked]) -> list[Standing]:
    """All in one snapshot: what changes any of it later has a higher number."""
    head = await cursors.head()
    turned = await _turned(asked, head)
    trusted = await _trusted_with([one.viewer.member_id for one in asked])
    return [
        Standing(
            Sight(
                (one.viewer.role, one.viewer.permissions), one.alone,
                None if one.alone is not None or one.viewer.sees_restricted_clients
                else frozenset(trusted.get(one.viewer.member_id, ())),
            ),
            head.seq, one in turned,
        )
        for one in asked
    ]  # fmt: skip


async def _turned(asked: Sequence[Asked], head: StreamCursor) -> set[Asked]:
    """Those who have seen otherwise between where they were told last and now."""
    since = {one: one.since.seq for one in asked if one.since and one.since.epoch == head.epoch}
    if not since:
        return set()
    turned: set[Asked] = set()
    for event in await cursors.turns(min(*since.values(), head.seq), head.seq):
        before = [one for one, seq in since.items() if seq < event.seq]
        viewers = await audience.turned([event], {one.viewer for one in before})
        turned |= {one for one in before if one.viewer in viewers}
    return turned


async def _trusted_with(member_ids: Sequence[UUID | None]) -> dict[UUID | None, list[UUID]]:
    """The restricted clients that members have a part at."""
    rows = await current().fetch(
        "select r.member_id, r.client_id from client_role r join client c"
        " on c.firm_id = r.firm_id and c.id = r.client_id"
        " where r.member_id = any($1) and r.until_date is null and c.restricted", member_ids,
    )  # fmt: skip
    found: dict[UUID | None, list[UUID]] = {}
    for row in rows:
        found.setdefault(row["member_id"], []).append(row["client_id"])
    return found
