"""What dependencies hold up, and from which day on they do not, of all parents at once."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from models.dependency_kinds import AT_ONCE, BLOCKER, STARTING, DependencyKind, FirmDays
from models.tasks.blockers import held_up, still_holding
from models.unit_of_work import Row, current
from models.workflows import WorkCategory

_LINKS = (f"select d.id, d.blocked_id, d.kind, d.lag_days, {BLOCKER} from dependency d"
          " join task b on b.firm_id = d.firm_id and b.id = d.blocker_id where ")  # fmt: skip


async def free_on(parents: Sequence[Row]) -> list[date | None]:
    """For each dependency the day from which on it holds nothing up; None before it is known."""
    links = await _of(parents)
    days = await FirmDays.mine()
    found = {link["id"]: days.free_on(link) for link in links}
    return [_told(found.get(row["id"])) for row in parents]


async def holds(parents: Sequence[Row]) -> list[bool]:
    """Whether each dependency holds its task up today."""
    held = {link["id"] for link in await still_holding(await _of(parents)) or ()}
    return [row["id"] in held for row in parents]


async def blocked(parents: Sequence[Row]) -> list[bool]:
    """Whether each task has to wait; what the viewer may not see counts too."""
    begun = [row["id"] for row in parents if _is_begun(row)]
    waiting = [row["id"] for row in parents if not _is_begun(row)]
    held = await held_up(waiting, STARTING) if waiting else set()
    if begun:
        held |= await held_up(begun, tuple(DependencyKind))
    return [row["id"] in held for row in parents]


async def ready_on(parents: Sequence[Row]) -> list[date | None]:
    """For each task the last of the days from which on nothing keeps it from being begun."""
    links = await current().fetch(
        f"{_LINKS} d.blocked_id = any($1) and d.kind = any($2)",
        [row["id"] for row in parents], STARTING,
    )  # fmt: skip
    if not links:
        return [None] * len(parents)
    days = await FirmDays.mine()
    found: dict[UUID, list[date | None]] = {}
    for link in links:
        found.setdefault(link["blocked_id"], []).append(days.free_on(link))
    return [_last(found.get(row["id"], ())) for row in parents]


async def _of(parents: Sequence[Row]) -> Sequence[Row]:
    return await current().fetch(f"{_LINKS} d.id = any($1)", [row["id"] for row in parents])


def _is_begun(row: Row) -> bool:
    status = WorkCategory(row["status"])
    return status.is_begun or status.is_over


def _last(days: Iterable[date | None]) -> date | None:
    known = list(days)
    if not known or None in known:
        return None
    return _told(max(day for day in known if day is not None))


def _told(day: date | None) -> date | None:
    return None if day == AT_ONCE else day
