"""A board's columns: what they are called and which cards fall into each."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from models.unit_of_work import current
from models.workflows import WorkCategory
from resolvers.boards.kinds import Kind
from resolvers.filters import Where

_TITLES = {
    WorkCategory.PLANNED: "Planned", WorkCategory.READY: "Ready",
    WorkCategory.IN_PROGRESS: "In progress", WorkCategory.WAITING_ON_CLIENT: "Waiting on client",
    WorkCategory.WAITING_ON_OTHER: "Waiting on others", WorkCategory.ON_HOLD: "On hold",
    WorkCategory.IN_REVIEW: "In review", WorkCategory.DONE: "Done",
}  # fmt: skip
WEEKS_AHEAD = 4


@dataclass(frozen=True)
class Column:
    """A column; `cards` is its predicate over `t`, from values of ours alone."""

    key: str
    title: str
    cards: str
    category: WorkCategory | None = None
    member_id: UUID | None = None
    week_start: date | None = None


async def of(
    kind: Kind, grouping: str, people: Sequence[Mapping[str, Any]], today: date
) -> list[Column]:
    """The columns of a grouping, in order, empty ones included."""
    match grouping:
        case "person":
            return _persons(kind, people)
        case "due_week":
            return _weeks(kind, today)
    return [
        Column(key=category.name, title=title, category=category,
               cards=kind.done_lately(today) if category is WorkCategory.DONE
               else f"t.{kind.status} = '{category.value}'")
        for category, title in _TITLES.items()
    ]  # fmt: skip


def _persons(kind: Kind, people: Sequence[Mapping[str, Any]]) -> list[Column]:
    named = [
        Column(key=f"member_{row['id'].hex}", title=row["name"], member_id=row["id"],
               cards=f"t.{kind.holder} = '{row['id']}'")
        for row in people
    ]  # fmt: skip
    nobody = Column(key="nobody", title="Nobody", cards=f"t.{kind.holder} is null")
    listed = ", ".join(f"'{row['id']}'" for row in people)
    if not listed:
        return [nobody]
    others = Column(
        key="others",
        title="Others",
        cards=f"t.{kind.holder} is not null and t.{kind.holder} not in ({listed})",
    )
    return [*named, nobody, others]


def _weeks(kind: Kind, today: date) -> list[Column]:
    monday = today - timedelta(days=today.weekday())
    is_open = f"t.{kind.status} <> 'done'"
    columns = [
        Column(key="overdue", title="Overdue", cards=f"t.due_date < '{today}' and {is_open}")
    ]
    for number in range(WEEKS_AHEAD):
        first = monday + timedelta(weeks=number)
        title = ("This week", "Next week")[number] if number < 2 else f"Week of {first:%-d %b}"
        begun = f"t.due_date >= '{today if number == 0 else first}'"
        columns.append(Column(
            key=first.isoformat(), title=title, week_start=first,
            cards=f"{begun} and t.due_date < '{first + timedelta(weeks=1)}' and {is_open}",
        ))  # fmt: skip
    later = monday + timedelta(weeks=WEEKS_AHEAD)
    return [
        *columns,
        Column(key="later", title="Later", cards=f"t.due_date >= '{later}' and {is_open}"),
        Column(key="none", title="No date", cards=f"t.due_date is null and {is_open}"),
        Column(key="done", title="Done", cards=kind.done_lately(today)),
    ]


class Figures:
    """What the columns of a board count, looked up once for all of them when first asked for.

    `counted` finds the relation `t` that stands for the board's cards, see `tallies.cards`.
    """

    def __init__(
        self, where: Where, columns: Sequence[Column], counted: Callable[[Where], Awaitable[str]]
    ) -> None:
        self._where, self._columns, self._counted = where, columns, counted
        self._found: list[Mapping[str, Any]] | None = None

    async def all(self) -> list[Mapping[str, Any]]:
        """In the order of the columns: `count` and `remaining_seconds`."""
        if self._found is None:
            self._found = await self._look_up() if self._columns else []
        return self._found

    async def count(self, column: Column) -> int:
        """How many cards fall into this one."""
        place = self._columns.index(column)
        return int((await self.all())[place]["count"])

    async def _look_up(self) -> list[Mapping[str, Any]]:
        """Each column's cards and open seconds, in one pass over all."""
        where = self._where.and_also()
        figures = ", ".join(
            f"total(t.cards) filter (where {column.cards}) as n{i},"
            f" total(t.seconds) filter (where {column.cards}) as s{i}"
            for i, column in enumerate(self._columns)
        )
        cards = await self._counted(where)
        row = await current().fetchrow(
            f"select {figures} from {cards} t where {where.sql}", *where.values
        )
        assert row is not None
        return [{"count": row[f"n{i}"], "remaining_seconds": row[f"s{i}"]}
                for i in range(len(self._columns))]  # fmt: skip
