"""Boards as lenses on what has changed: which cards each of many boards shows, in one statement."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from models import clients
from models.unit_of_work import current
from resolvers.boards import scope
from resolvers.boards.kinds import JOBS, TASKS, Kind
from resolvers.filters import Where

_AT_ONCE = 400
"""A statement's columns are at most 1,664."""


Asked = tuple[tuple[str, Any], ...]
"""A board's filter, as pairs."""


class Lens(NamedTuple):
    """A board's filter, and the member whose teams, clients and work it means, if any; a tuple,
    since it is looked up for every screen and event."""

    asked: Asked
    member_id: UUID | None


async def jobs_on(lenses: Sequence[Lens], ids: Sequence[UUID]) -> Sequence[Collection[UUID]]:
    """Those of the jobs that each board shows now, to who may see them."""
    return await _on(JOBS, lenses, ids)


async def tasks_on(lenses: Sequence[Lens], ids: Sequence[UUID]) -> Sequence[Collection[UUID]]:
    """Those of the tasks that each board shows now, to who may see them."""
    return await _on(TASKS, lenses, ids)


async def _on(
    kind: Kind, lenses: Sequence[Lens], ids: Sequence[UUID]
) -> Sequence[Collection[UUID]]:
    today = await clients.firm_today()
    members: dict[Asked, list[UUID | None]] = {}
    for lens in lenses:
        members.setdefault(lens.asked, []).append(lens.member_id)
    shown: dict[Lens, set[UUID]] = {lens: set() for lens in lenses}
    filters = list(members)
    for start in range(0, len(filters), _AT_ONCE):
        some = {asked: members[asked] for asked in filters[start : start + _AT_ONCE]}
        for row in await _statement(kind, some, list(ids), today):
            for asked, found in zip(some, row[1:], strict=True):
                for member_id in found:
                    shown[Lens(asked, member_id)].add(row["id"])
    return [shown[lens] for lens in lenses]


async def _statement(
    kind: Kind, members: Mapping[Asked, list[UUID | None]], ids: list[UUID], today: date
) -> list[Any]:
    """The cards, each with a column for each filter: to whom of its members it shows the card."""
    where = Where()
    columns, these = [], where.value(ids)
    for asked, whose in members.items():
        shows = where.inner()
        scope.narrow(shows, kind, dict(asked), today, me="m")
        columns.append(
            f"array(select m from unnest({where.value(whose)}::uuid[]) m where {shows.sql})"
        )
    return await current().fetch(
        f"select t.id, {', '.join(columns)} from {kind.table} t where t.id = any({these})",
        *where.values,
    )
