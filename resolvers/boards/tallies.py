"""What a board's columns count: sums of many cards where there are any, else card by card.

A board of the whole firm, of teams or of people is read from the sums that the worker keeps behind
the stream (`models/migrations/0040_tallies.sql`). What events since then have touched is looked at
by itself: as it is now, less what the sums hold of it. So the figures are those of this moment.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from models.unit_of_work import current
from models.visibility import few_visible, hidden_clients, visible
from resolvers.boards import scope
from resolvers.boards.columns import WEEKS_AHEAD
from resolvers.boards.kinds import JOBS, Kind, a_week_before
from resolvers.filters import Where

_DAY = timedelta(days=1)
_MOST_BEHIND = 1000
"""Events that are looked at one by one; where more wait for the worker, all cards are."""

_NOT_SUMMED = ("client_id", "service_id")
"""Filters by what the sums do not tell apart; nor do they know words."""


class Sums(NamedTuple):
    """Some of the rows of `tally`: those that are kept `per` firm, team or holder; and of those
    `these`, a predicate over `s`."""

    per: str
    these: str = "true"


def summed(
    kind: Kind, asked: Mapping[str, Any], grouping: str, *, in_teams: bool | None
) -> Sequence[Sums]:
    """The sums that together make up a board, each card in one of them alone; none where what is
    asked is not added up."""
    whose = scope.whose(asked)
    # One's own jobs are also those in which one has a task, which no sum of holders knows.
    if whose == "my_clients" or (whose == "mine" and kind is JOBS):
        return ()
    of_words = (asked.get("text") or "").strip()
    if of_words or any(asked.get(name) is not None for name in _NOT_SUMMED):
        return ()
    of_holders = grouping == "person" or whose == "mine" or asked.get("member_id") is not None
    if whose == "my_teams" and in_teams:
        teams, mine = f"s.team_id in ({scope.teams_of()})", f"s.holder_id = {scope.VIEWER}"
        return (
            Sums("team and holder" if of_holders else "team", teams),
            Sums("team and holder", f"{mine} and ({teams}) is not true"),
        )
    if asked.get("team_id") is not None:
        return (Sums("team and holder" if of_holders else "team"),)
    return (Sums("holder" if of_holders else "firm"),)


Days = tuple[date, date]
"""The first and the last of some."""


async def cards(
    kind: Kind, summed: Sequence[Sums], today: date, where: Where, due: Days | None = None
) -> str:
    """The relation of what is counted, all in the viewer's sight: rows with what `where` and a
    board's columns ask of a card, with how many `cards` each means and the `seconds` left in them.
    Of a calendar that is only what is `due` within its days.

    Its parameters are added to `where`.
    """
    hidden = hidden_clients(current().viewer)
    if not summed or hidden is None:
        return _seen(kind, today)
    touched = await _touched(kind, today)
    if touched is None:
        return _seen(kind, today)
    cells = _of_weeks(where, today) if due is None else _of_days(where, due)
    parts = [_sums(kind, sums, cells) for sums in summed]
    if touched:
        these = where.value(touched)
        parts += [f"{_each(kind, today, _as_in_sums(kind))} where t.id = any({these})",
                  _as_summed(kind, these)]  # fmt: skip
    return f"({' union all '.join([*parts, _hidden(kind, today, hidden)])})"


_HEARD = (
    "with heard as materialized (select e.entity, e.entity_id as id, e.payload from event e"
    f" where e.seq > $1 order by e.seq limit {_MOST_BEHIND})"
)
_TASKS_TOUCHED = f"{_HEARD} select distinct id from heard where entity = 'task'"
_JOBS_TOUCHED = f"""{_HEARD},
    task_of as materialized (select distinct id from heard where entity = 'task')
    select id from heard where entity = 'job'
    union select t.job_id from task_of h join task t on t.id = h.id
    union select c.job_id from task_of h join tallied c on c.kind = 'task' and c.id = h.id
    union select named::uuid from heard, jsonb_array_elements_text(payload -> 'job_id') named
      where entity = 'task' and named is not null"""
"""A job is touched through its tasks, too: those that are its now or were when they were added up,
and those of which an event says so, for they may be neither any more."""


async def _touched(kind: Kind, today: date) -> list[UUID] | None:
    """The cards that the sums may not hold as they are now; None where that cannot be told, or is
    too much."""
    row = await current().fetchrow(
        "select r.seq as tallied, s.seq as head, r.done_from from tally_reach r"
        " join firm_stream s on s.firm_id = r.firm_id"
    )
    if row is None or row["head"] - row["tallied"] > _MOST_BEHIND:
        return None
    if row["done_from"] > a_week_before(today).date():
        return None  # of what was done then, some is no longer in the sums
    if row["head"] == row["tallied"]:
        return []
    found = await current().fetch(_JOBS_TOUCHED if kind is JOBS else _TASKS_TOUCHED, row["tallied"])
    return [row["id"] for row in found]


def _each(kind: Kind, today: date, columns: str = "t.*") -> str:
    """The cards that any board shows, one by one."""
    return f"select {columns}, 1 as cards, {kind.remaining} as seconds from {kind.shown(today)} t"


def _seen(kind: Kind, today: date) -> str:
    """Those of them that the viewer sees."""
    viewer = current().viewer
    few = few_visible(kind.model, viewer)
    if few is None:
        return f"({_each(kind, today)} where {visible(kind.model, viewer)})"
    parts = (f"({_each(kind, today)} where {these} offset 0)" for these in few)
    return f"({' union all '.join(parts)})"


def _as_in_sums(kind: Kind) -> str:
    """The columns of a card that the sums tell apart, in the order in which `_sums` has them."""
    return f"t.{kind.status}, t.{kind.holder}, t.team_id, t.due_date, t.completed_at"


def _as_summed(kind: Kind, these: str) -> str:
    """The cards of these ids, taken away as the sums hold them."""
    return f"""select c.status, c.holder_id, c.team_id, c.due_date,
          c.done_on::timestamp at time zone 'UTC', -1, -c.seconds
        from tallied c where c.kind = '{kind.table}' and c.id = any({these})"""


def _hidden(kind: Kind, today: date, hidden: str) -> str:
    """Cards of clients that the viewer does not see, taken away as they are: found by each of these
    few, which `offset 0` keeps the planner to, not looked for among all."""
    theirs = f"({_each(kind, today)} where t.client_id = h.id offset 0)"
    return (
        f"select {_as_in_sums(kind)}, -t.cards, -t.seconds"
        f" from ({hidden}) h cross join lateral {theirs} t"
    )


def _sums(kind: Kind, sums: Sums, cells: Sequence[str]) -> str:
    """The `cells` of some sums: predicates over the sums `s` and their cells `c`."""
    rows = f"""select c.status as {kind.status}, s.holder_id as {kind.holder}, s.team_id,
        case when c.status <> 'done' then c.date end as due_date,
        case c.status when 'done' then c.date::timestamp at time zone 'UTC' end as completed_at,
        c.cards, c.seconds
      from tally s
        cross join unnest(s.statuses, s.dates, s.cards, s.seconds) c (status, date, cards, seconds)
      where s.kind = '{kind.table}' and s.per = '{sums.per}' and {sums.these}"""
    return " union all ".join(f"{rows} and {these}" for these in cells)


def _of_weeks(where: Where, today: date) -> list[str]:
    """Those of each day in the weeks that a board tells apart, and in the one before, of which it
    shows what was done; of what is open besides, those of weeks."""
    monday = today - timedelta(days=today.weekday())
    first, last = monday - timedelta(weeks=1), monday + timedelta(weeks=WEEKS_AHEAD) - _DAY
    begun, until, near = where.value(monday), where.value(last), _in_quarters(where, (first, last))
    return [
        f"{near} and (c.status = 'done' or c.date between {begun} and {until})",
        f"s.quarter is null and (c.date < {begun} or c.date > {until} or c.date is null)",
    ]


def _of_days(where: Where, due: Days) -> list[str]:
    """Those of what is due on each of these days, and to be done."""
    first, last = (where.value(day) for day in due)
    within = f"c.status <> 'done' and c.date between {first} and {last}"
    return [f"{_in_quarters(where, due)} and {within}"]


def _in_quarters(where: Where, days: Days) -> str:
    # They are some weeks, which lie in two quarters at most: those of their ends.
    return f"s.quarter in ({', '.join(where.value(_quarter(day)) for day in days)})"


def _quarter(day: date) -> date:
    """The first day of its quarter, under which the sums of its days are kept."""
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
