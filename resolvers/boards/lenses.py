"""Boards as lenses on what has changed: which cards each of many boards shows, in one statement."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, Self
from uuid import UUID

from models import clients
from models.unit_of_work import current
from models.viewer import Viewer
from resolvers.boards import scope
from resolvers.boards.kinds import JOBS, TASKS, Kind
from resolvers.filters import Where

_COLUMNS, _VALUES = 400, 10_000
"""How many a statement has at most: PostgreSQL takes 1,664 of the ones and 32,767 of the others."""

Asked = tuple[tuple[str, Any], ...]
"""A board's filter, as pairs."""

_ANY_DAY = date(2000, 1, 1)
"""For when a filter is only looked at, not asked."""

_HANGS_ON = {"my_teams": "team_membership", "my_clients": "client_role"}


class Lens(NamedTuple):
    """A board's filter, and the member whose teams, clients and work it means, if any; a tuple,
    since it is looked up for every screen and event."""

    asked: Asked
    member_id: UUID | None

    @classmethod
    def on(cls, kind: Kind, asked: Mapping[str, Any], viewer: Viewer) -> Self:
        """The viewer's, through a filter.

        Raises ValidationError for one that no board can have: here and not when something has
        changed, for then all who share the statement would have the error.
        """
        scope.narrow(Where(), kind, asked, _ANY_DAY)
        member_id = None if scope.whose(asked) == "everything" else viewer.member_id
        return cls(tuple(sorted(asked.items())), member_id)

    @property
    def hangs_on(self) -> tuple[str, UUID] | None:
        """The table, and the member in it, whose rows say which teams or clients are meant."""
        table = _HANGS_ON.get(scope.whose(dict(self.asked)))
        return (table, self.member_id) if table and self.member_id else None


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
    while members:
        some, rows = await _some(kind, members, list(ids), today)
        for row in rows:
            for asked, found in zip(some, row[1:], strict=True):
                for member_id in found:
                    shown[Lens(asked, member_id)].add(row["id"])
    return [shown[lens] for lens in lenses]


async def _some(
    kind: Kind, members: dict[Asked, list[UUID | None]], ids: list[UUID], today: date
) -> tuple[list[Asked], list[Any]]:
    """What one statement finds: the filters that went into it, taken out of `members`, and the
    cards, each with a column for each of these: to whom of its members it shows the card."""
    where = Where()
    some, columns, these = list[Asked](), list[str](), where.value(ids)
    while members and len(columns) < _COLUMNS and len(where.values) < _VALUES:
        asked, whose = members.popitem()
        shows = where.inner()
        scope.narrow(shows, kind, dict(asked), today, me="m")
        some.append(asked)
        columns.append(
            f"array(select m from unnest({where.value(whose)}::uuid[]) m where {shows.sql})"
        )
    rows = await current().fetch(
        f"select t.id, {', '.join(columns)} from {kind.table} t where t.id = any({these})",
        *where.values,
    )
    return some, rows
