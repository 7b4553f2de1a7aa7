"""Dependencies: a task cannot begin before what it depends on is done."""

from typing import ClassVar, Self
from uuid import UUID

from tortoise import fields

from models.base import FirmModel, belongs_to
from models.errors import ValidationError
from models.events import EventKind
from models.tasks import Task, starting
from models.unit_of_work import current
from models.visibility import Sight, visible


class Dependency(FirmModel):
    """Finish-to-start: `blocked` waits for `blocker`."""

    thing: ClassVar[str] = "dependency"
    sight: ClassVar[Sight] = Sight.OF_CLIENT

    blocked = belongs_to("Task")
    blocked_id: UUID
    blocker = belongs_to("Task")
    blocker_id: UUID
    client = belongs_to("Client", null=True)
    client_id: UUID | None
    kind = fields.CharField(30, default="finish_to_start")

    class Meta:
        table = "dependency"

    @classmethod
    async def add(cls, blocked: Task, blocker: Task, *, id: UUID | None = None) -> Self:
        """Make one task wait for another; twice is once. Raises ValidationError on a cycle."""
        # Two people could each close one half of a cycle: one at a time, per firm.
        await current().execute(
            "select pg_advisory_xact_lock(hashtextextended('dependency' || $1::text, 0))",
            str(current().viewer.firm_id),
        )
        found = await cls.of(blocked, blocker)
        if found is not None:
            return found
        await _must_not_circle(blocked, blocker)
        return await cls.create(EventKind.DEPENDENCY_ADDED, id=id, given={
            "blocked_id": blocked.id, "blocker_id": blocker.id,
            "client_id": blocked.client_id, "kind": "finish_to_start",
        })  # fmt: skip

    @classmethod
    async def of(cls, blocked: Task, blocker: Task) -> Self | None:
        return await cls.held("blocked_id = $1 and blocker_id = $2", blocked.id, blocker.id)

    async def remove(self) -> None:
        """Let the one not wait for the other any more: nothing else open, it is ready."""
        blocker = await Task.get(id=self.blocker_id)
        await self.record_removal(EventKind.DEPENDENCY_REMOVED)
        if not blocker.status.is_over:
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
