"""A board's columns: what they are called and which cards fall into each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from models.unit_of_work import current
from models.workflows import WorkCategory
from resolvers.boards.kinds import Kind
from resolvers.boards.stretches import DONE, DUE, OPEN, Stretch
from resolvers.filters import Where

_TITLES = {
    WorkCategory.PLANNED: "Planned", WorkCategory.READY: "Ready",
    WorkCategory.IN_PROGRESS: "In progress", WorkCategory.WAITING_ON_CLIENT: "Waiting on client",
    WorkCategory.WAITING_ON_OTHER: "Waiting on others", WorkCategory.ON_HOLD: "On hold",
    WorkCategory.IN_REVIEW: "In review", WorkCategory.DONE: "Done",
}  # fmt: skip
WEEKS_AHEAD = 4


@dataclass(frozen=True)
class Alike:
    """What columns have in common that are alike but for two values, `c.a` and `c.b`: so their
    cards are found by one part of a statement.

    `cards` is a predicate over `t` and these values, `stretches` say in what order they stand. The
    column of all other holders has `but`, the ids of those it leaves out, as SQL: in it `c.a` is
    each of the others by turns.
    """

    cards: str
    stretches: tuple[Stretch, ...] = (OPEN,)
    but: str | None = None


@dataclass(frozen=True)
class Column:
    """A column; `cards` is its predicate over `t`, from values of ours alone, by which cards and
    sums are counted. Pages are found by `alike` and its `values`, which mean the same."""

    key: str
    title: str
    cards: str
    alike: Alike
    values: tuple[str | None, str | None] = (None, None)
    category: WorkCategory | None = None
    member_id: UUID | None = None
    days: tuple[date, date] | None = None
    """The first and the last of those that it plans for, where it is a day's or a week's."""


async def of(kind: Kind, grouping: str, people: Where, today: date) -> list[Column]:
    """The columns of a grouping, in order, empty ones included; `people` are its members `m`."""
    match grouping:
        case "person":
            named = f"select m.id, m.name from member m where {people.sql} order by m.name, m.id"
            return _persons(kind, await current().fetch(named, *people.values))
        case "due_week":
            return _weeks(kind, today)
    standing = Alike(f"t.{kind.status} = c.a")
    return [
        _done(kind, WorkCategory.DONE.name, today, WorkCategory.DONE)
        if category is WorkCategory.DONE else
        Column(key=category.name, title=title, category=category, alike=standing,
               cards=f"t.{kind.status} = '{category.value}'", values=(category.value, None))
        for category, title in _TITLES.items()
    ]  # fmt: skip


def _done(kind: Kind, key: str, today: date, category: WorkCategory | None = None) -> Column:
    cards = kind.done_lately(today)
    return Column(
        key=key, title=_TITLES[WorkCategory.DONE], category=category, cards=cards,
        alike=Alike(cards, (DONE,)),
    )  # fmt: skip


def _persons(kind: Kind, people: Sequence[Mapping[str, Any]]) -> list[Column]:
    open_and_done = (OPEN, DONE)
    held = Alike(f"t.{kind.holder} = c.a::uuid", open_and_done)
    named = [
        Column(key=f"member_{row['id'].hex}", title=row["name"], member_id=row["id"], alike=held,
               cards=f"t.{kind.holder} = '{row['id']}'", values=(str(row["id"]), None))
        for row in people
    ]  # fmt: skip
    free = f"t.{kind.holder} is null"
    of_nobody = OPEN.without(kind.holder), DONE.without(kind.holder)
    nobody = Column(key="nobody", title="Nobody", cards=free, alike=Alike(free, of_nobody))
    listed = ", ".join(f"'{row['id']}'" for row in people)
    if not listed:
        return [nobody]
    others = Column(
        key="others", title="Others", alike=Alike(held.cards, open_and_done, but=listed),
        cards=f"t.{kind.holder} is not null and t.{kind.holder} not in ({listed})",
    )  # fmt: skip
    return [*named, nobody, others]


_DUE_WITHIN = Alike("t.due_date >= c.a::date and t.due_date < c.b::date", (DUE,))


def _to_do(kind: Kind) -> str:
    return f"t.{kind.status} <> 'done'"  # what is cancelled is on no board


def of_days(kind: Kind, first: date, count: int) -> list[Column]:
    """The columns of a calendar: of each day what is due then and to be done."""
    return [
        Column(
            key=day.isoformat(), title=f"{day:%-d %b}", days=(day, day), alike=_DUE_WITHIN,
            cards=f"t.due_date = '{day}' and {_to_do(kind)}",
            values=(day.isoformat(), (day + timedelta(days=1)).isoformat()),
        )
        for day in (first + timedelta(days=number) for number in range(count))
    ]  # fmt: skip


def _weeks(kind: Kind, today: date) -> list[Column]:
    monday = today - timedelta(days=today.weekday())
    is_open, due = _to_do(kind), _DUE_WITHIN
    columns = [
        Column(key="overdue", title="Overdue", cards=f"t.due_date < '{today}' and {is_open}",
               alike=due, values=("-infinity", today.isoformat()))
    ]  # fmt: skip
    for number in range(WEEKS_AHEAD):
        week = monday + timedelta(weeks=number)
        first, until = (today if number == 0 else week), week + timedelta(weeks=1)
        title = ("This week", "Next week")[number] if number < 2 else f"Week of {week:%-d %b}"
        columns.append(Column(
            key=week.isoformat(), title=title, days=(week, week + timedelta(days=6)), alike=due,
            cards=f"t.due_date >= '{first}' and t.due_date < '{until}' and {is_open}",
            values=(first.isoformat(), until.isoformat()),
        ))  # fmt: skip
    later = monday + timedelta(weeks=WEEKS_AHEAD)
    undated = "t.due_date is null"
    return [
        *columns,
        Column(key="later", title="Later", cards=f"t.due_date >= '{later}' and {is_open}",
               alike=due, values=(later.isoformat(), "infinity")),
        Column(key="none", title="No date", cards=f"{undated} and {is_open}",
               alike=Alike(undated, (OPEN.without("due_date"),))),
        _done(kind, "done", today),
    ]  # fmt: skip
