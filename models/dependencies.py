"""Dependencies: a task cannot begin before what it depends on is done."""

from typing import ClassVar, Self
from uuid import UUID

from tortoise import fields

from models.base import FirmModel, belongs_to
from models.errors import ValidationError
from models.events import EventKind
from models.tasks import Task
from models.unit_of_work import current
from models.visibility import Sight


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
        row = await current().fetchrow(
            "select * from dependency where blocked_id = $1 and blocker_id = $2"
            " for no key update", blocked.id, blocker.id,
        )  # fmt: skip
        return None if row is None else cls.from_row(row)


async def _must_not_circle(blocked: Task, blocker: Task) -> None:
    path = await current().fetchval(
        """with recursive chain as (
             select $1::uuid as id, array[$1::uuid] as path
             union all
             select d.blocker_id, chain.path || d.blocker_id
             from chain join dependency d on d.blocked_id = chain.id
             where d.blocker_id <> all (chain.path)
           ) select path from chain where id = $2 limit 1""",
        blocker.id, blocked.id,
    )  # fmt: skip
    if path is None:
        return
    titles = {
        row["id"]: row["title"]
        for row in await current().fetch("select id, title from task where id = any($1)", path)
    }
    circle = " → ".join(f"“{titles[id]}”" for id in [blocked.id, *path])
    raise ValidationError(f"That would be a circle: {circle}.", path=("blockerId",),
                          code="CYCLE")  # fmt: skip
