"""Where people stand: what they may see, as a value that is equal for those who see the same."""

import asyncio
from collections.abc import Hashable, Sequence
from contextvars import Context
from dataclasses import dataclass
from uuid import UUID

from models.permissions import Role
from models.unit_of_work import current
from models.viewer import Viewer
from subscriptions import audience, cursors
from subscriptions.cursors import StreamCursor
from subscriptions.firm_feed import FirmFeed
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


@dataclass(eq=False, slots=True)
class _Asked:
    viewer: Viewer
    personal: bool
    since: StreamCursor | None
    answer: asyncio.Future[Standing]

    @property
    def alone(self) -> Hashable:
        if self.viewer.contact_id is not None:
            return self.viewer.contact_id
        by_client = self.viewer.role is Role.CONTRACTOR
        return self.viewer.member_id if self.personal or by_client else None


class Standings:
    """Looks where those stand who come to follow a firm: all who came meanwhile at once, since a
    thousand may come back in the same second."""

    def __init__(self, feed: FirmFeed, watch: Watch) -> None:
        self._feed = feed
        self._watch = watch
        self._waiting: list[_Asked] = []
        self._looking: asyncio.Task[None] | None = None

    async def of(
        self, viewer: Viewer, *, personal: bool, since: StreamCursor | None = None
    ) -> Standing:
        """Where the viewer stands now, who was last told something at `since`; `personal` where
        what is asked depends on who asks."""
        answer = asyncio.get_running_loop().create_future()
        self._waiting.append(_Asked(viewer, personal, since, answer))
        if self._looking is None:
            self._looking = asyncio.create_task(self._look(), name="standings", context=Context())
        return await answer  # type: ignore[no-any-return]

    def stop(self) -> None:
        """Look no more; whoever waits is ended by whoever runs them."""
        if self._looking is not None:
            self._looking.cancel()

    async def _look(self) -> None:
        try:
            while self._waiting:
                asked, self._waiting = self._waiting, []
                await self._answer([one for one in asked if not one.answer.done()])
        finally:
            self._looking = None

    async def _answer(self, asked: Sequence[_Asked]) -> None:
        try:
            found = await self._watch.ask(self._feed.viewer, lambda: _standings(asked))
        except Exception as error:  # noqa: BLE001  (told to each of them)
            for one in asked:
                if not one.answer.done():
                    one.answer.set_exception(error)
            return
        for one, stands in zip(asked, found, strict=True):
            if not one.answer.done():
                one.answer.set_result(stands)


async def _standings(asked: Sequence[_Asked]) -> list[Standing]:
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


async def _turned(asked: Sequence[_Asked], head: StreamCursor) -> set[_Asked]:
    """Those who have seen otherwise between where they were told last and now."""
    since = {one: one.since.seq for one in asked if one.since and one.since.epoch == head.epoch}
    if not since:
        return set()
    turned: set[_Asked] = set()
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
