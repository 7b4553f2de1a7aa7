"""Where people stand: what they may see, as a value that is equal for those who see the same."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from uuid import UUID

from models.permissions import Role
from models.unit_of_work import current
from models.viewer import Viewer
from subscriptions import cursors
from subscriptions.cursors import Extent, StreamCursor
from subscriptions.firm_feed import FirmFeed
from subscriptions.rounds import Rounds
from subscriptions.turns import Part, turns_between
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
    it depends on who asks, or `hangs_on` somebody's parts."""

    viewer: Viewer
    personal: bool
    since: StreamCursor | None
    hangs_on: Part | None = None

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
    reach = await cursors.extent()
    turned = await _turned(asked, reach)
    trusted = await _trusted_with([one.viewer.member_id for one in asked])
    return [
        Standing(
            Sight(
                (one.viewer.role, one.viewer.permissions), one.alone,
                None if one.alone is not None or one.viewer.sees_restricted_clients
                else frozenset(trusted.get(one.viewer.member_id, ())),
            ),
            reach.head.seq, one in turned,
        )
        for one in asked
    ]  # fmt: skip


async def _turned(asked: Sequence[Asked], reach: Extent) -> set[Asked]:
    """Those who have seen otherwise between where they were told last and now; who cannot go on
    from there is told so anyway."""
    since = {one: one.since.seq for one in asked if one.since and not reach.refuses(one.since)}
    if not since:
        return set()
    turns = await turns_between(min(since.values()), reach.head.seq)
    return {
        one for one, seq in since.items() if turns.concern(one.viewer, one.hangs_on, after=seq)
    }  # fmt: skip


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
