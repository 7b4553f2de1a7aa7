"""Tasks and their dependencies."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from models.base import FirmModel
from models.dependencies import Dependency
from models.errors import NotFound
from models.tasks import Task
from models.unit_of_work import Row, current
from models.visibility import visible
from resolvers import progress
from resolvers.filters import WORK, Where
from resolvers.pages import Order, Window
from resolvers.pages import page as page_of
from resolvers.reading import grouped

_ORDERS = {
    "due_date": Order("t.due_date", "date", optional=True),
    "position": Order("t.position", "text"),
    "newest": Order("t.id", "uuid", descending=True),
}


async def page(
    window: Window, order: str, *,
    job: Mapping[str, Any] | None = None, client: Mapping[str, Any] | None = None,
    assignee: Mapping[str, Any] | None = None, team: Mapping[str, Any] | None = None,
    status: Mapping[str, Any] | None = None, due_date: Mapping[str, Any] | None = None,
    search: str | None = None,
) -> Row:  # fmt: skip
    where = Where()
    for column, asked in (
        ("job_id", job),
        ("client_id", client),
        ("assignee_id", assignee),
        ("team_id", team),
        ("status", status),
        ("due_date", due_date),
    ):
        where.compare(f"t.{column}", asked)
    where.search(search, WORK)
    return await page_of(Task, _ORDERS[order], window, where)


async def overdue(parents: Sequence[Row]) -> list[bool]:
    return await progress.overdue("status", parents)


async def blocked_by(parents: Sequence[Row]) -> list[list[Row]]:
    return await _linked("blocked_id", "blocker_id", parents)


async def blocks(parents: Sequence[Row]) -> list[list[Row]]:
    return await _linked("blocker_id", "blocked_id", parents)


async def _linked(here: str, there: str, parents: Sequence[Row]) -> list[list[Row]]:
    unit, ids = current(), [row["id"] for row in parents]
    rows = await unit.fetch(
        f"select d.{here} as parent, t.* from dependency d join task t on t.firm_id = d.firm_id"
        f" and t.id = d.{there} where d.{here} = any($1) and {visible(Task, unit.viewer)}"
        " order by t.step, t.id", ids,
    )  # fmt: skip
    return grouped(ids, rows)


async def tracked_seconds(parents: Sequence[Row]) -> list[int]:
    return await progress.tracked("task_id", parents)


async def add(**given: Any) -> Task:
    return await Task.add(**given)


async def update(*, id: UUID, expected_version: int | None = None, **changes: Any) -> Task:
    return await (await Task.load(id)).change(changes, expected_version)


async def assign(*, id: UUID, assignee_id: UUID | None) -> Task:
    return await (await Task.load(id)).assign(assignee_id)


async def move(*, id: UUID, **to: Any) -> Task:
    return await (await Task.load(id)).move(**to)


async def complete(*, id: UUID, override_reason: str | None = None) -> Task:
    return await (await Task.load(id)).complete(override_reason)


async def reopen(*, id: UUID) -> Task:
    return await (await Task.load(id)).reopen()


async def remove(*, id: UUID) -> None:
    await (await Task.load(id)).remove()


async def add_dependency(*, blocked_id: UUID, blocker_id: UUID, **how: Any) -> dict[str, FirmModel]:
    blocked, blocker = await _pair(blocked_id, blocker_id)
    return {"dependency": await Dependency.add(blocked, blocker, **how), "blocked": blocked}


async def remove_dependency(*, blocked_id: UUID, blocker_id: UUID) -> dict[str, FirmModel]:
    blocked, blocker = await _pair(blocked_id, blocker_id)
    link = await Dependency.of(blocked, blocker)
    if link is None:
        raise NotFound("dependency", path=("blockerId",))
    await link.remove()
    return {"blocked": blocked}


async def _pair(blocked_id: UUID, blocker_id: UUID) -> tuple[Task, Task]:
    blocked = await Task.load(blocked_id, path=("blockedId",))
    return blocked, await Task.load(blocker_id, lock=False, path=("blockerId",))
