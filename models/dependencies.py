"""Dependencies: a task cannot begin, or not be finished, before what it depends on."""

from datetime import datetime
from typing import ClassVar, Self
from uuid import UUID

from tortoise import fields

from models.base import FirmModel, belongs_to
from models.dependency_kinds import STARTING, DependencyKind, must_be_a_lag
from models.errors import ValidationError
from models.events import EventKind
from models.tasks import Task, blockers, starting
from models.unit_of_work import current
from models.visibility import Sight, visible


class Dependency(FirmModel):
    """`blocked` waits for `blocker`, in one of three ways; of two tasks there is one."""

    thing: ClassVar[str] = "dependency"
    sight: ClassVar[Sight] = Sight.OF_CLIENT

    blocked = belongs_to("Task")
    blocked_id: UUID
    blocker = belongs_to("Task")
    blocker_id: UUID
    client = belongs_to("Client", null=True)
    client_id: UUID | None
    kind = fields.CharEnumField(DependencyKind, default=DependencyKind.FINISH_TO_START)
    lag_days: int = fields.IntField(default=0)
    """Business days that have to pass, too."""
    overridden_at: datetime | None = fields.DatetimeField(null=True)
    overridden_by = belongs_to("Member", null=True)
    overridden_by_id: UUID | None
    override_reason: str | None = fields.TextField(null=True)

    class Meta:
        table = "dependency"

    @classmethod
    async def add(cls, blocked: Task, blocker: Task, *, id: UUID | None = None,
                  kind: DependencyKind = DependencyKind.FINISH_TO_START,
                  lag_days: int = 0) -> Self:  # fmt: skip
        """Make one task wait for another; twice is once, and said otherwise it is otherwise.

        Raises ValidationError on a cycle, over whatever kinds it leads, and for a lag that is not
        0 to 250 business days.
        """
        must_be_a_lag(lag_days)
        # Two people could each close one half of a cycle: one at a time, per firm.
        await current().execute(
            "select pg_advisory_xact_lock(hashtextextended('dependency' || $1::text, 0))",
            str(current().viewer.firm_id),
        )
        found = await cls.of(blocked, blocker)
        if found is not None:
            await found.record(EventKind.DEPENDENCY_CHANGED, kind=kind, lag_days=lag_days)
            await starting.ready([blocked.id])
            return found
        await _must_not_circle(blocked, blocker)
        return await cls.create(EventKind.DEPENDENCY_ADDED, id=id, given={
            "blocked_id": blocked.id, "blocker_id": blocker.id,
            "client_id": blocked.client_id, "kind": kind, "lag_days": lag_days,
        })  # fmt: skip

    @classmethod
    async def of(cls, blocked: Task, blocker: Task) -> Self | None:
        return await cls.held("blocked_id = $1 and blocker_id = $2", blocked.id, blocker.id)

    async def remove(self) -> None:
        """Let the one not wait for the other any more: nothing else holds it up, it is ready."""
        held = await blockers.held_up([self.blocked_id], STARTING)
        await self.record_removal(EventKind.DEPENDENCY_REMOVED)
        if held:
            await starting.ready([self.blocked_id])


async def _must_not_circle(blocked: Task, blocker: Task) -> None:
    # Each link once, however many ways lead along it: steps that wait for two before them each
    # have more paths than could ever be walked.
    links = await current().fetch(
        """with recursive reached as (
             select $1::uuid as id, null::uuid as via
             union
             select d.blocker_id, d.blocked_id
             from reached join dependency d on d.blocked_id = reached.id
           ) select id, via from reached""",
        blocker.id,
    )  # fmt: skip
    via = {row["id"]: row["via"] for row in links}
    if blocked.id not in via:
        return
    way: list[UUID | None] = [blocked.id]
    while way[-1] != blocker.id:
        way.append(via[way[-1]])
    names = await _names([blocked.id, *reversed(way)])
    raise ValidationError(f"That would be a circle: {' → '.join(names)}.", path=("blockerId",),
                          code="CYCLE")  # fmt: skip


async def _names(ids: list[UUID | None]) -> list[str]:
    rows = await current().fetch(
        f"select t.id, t.title from task t where t.id = any($1)"
        f" and {visible(Task, current().viewer)}", ids,
    )  # fmt: skip
    titles = {row["id"]: f"“{row['title']}”" for row in rows}
    return [titles.get(id, "something you may not see") for id in ids]
