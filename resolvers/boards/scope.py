"""Which cards are on a board, and whose hours it is planned with."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from models.unit_of_work import current
from models.visibility import visible
from resolvers.boards.kinds import JOBS, Kind, a_week_before
from resolvers.filters import WORK, Where

HORIZON = timedelta(days=14)
_MY_TEAMS = "select o.team_id from team_membership o where o.member_id = viewer_member()"


async def cards(kind: Kind, asked: Mapping[str, Any], today: date) -> Where:
    """The predicate for a board's cards, visibility included."""
    where = Where()
    where.parts.append(visible(kind.model, current().viewer))
    where.add(f"t.{kind.status} <> 'cancelled'")
    await _whose(kind, asked, where)
    for name, column in (("team_id", "team_id"), ("member_id", kind.holder),
                         ("client_id", "client_id")):  # fmt: skip
        if asked.get(name) is not None:
            where.add(f"t.{column} = {{}}", asked[name])
    _service(kind, asked.get("service_id"), where)
    where.search(asked.get("text"), WORK, "text")
    _due(kind, asked, where, today)
    return where


async def _whose(kind: Kind, asked: Mapping[str, Any], where: Where) -> None:
    scope = asked.get("scope", "my_teams")
    mine = f"t.{kind.holder} = viewer_member()"
    if kind is JOBS:
        mine = (f"({mine} or exists (select 1 from task s where s.firm_id = t.firm_id"
                " and s.job_id = t.id and s.assignee_id = viewer_member()"
                " and s.status not in ('done', 'cancelled')))")  # fmt: skip
    match scope:
        case "my_teams" if await current().fetchval(f"select exists ({_MY_TEAMS})"):
            where.add(f"(t.team_id in ({_MY_TEAMS}) or t.{kind.holder} = viewer_member())")
        case "my_clients":
            where.add("t.client_id in (select r.client_id from client_role r"
                      " where r.member_id = viewer_member() and r.until_date is null)")  # fmt: skip
        case "mine":
            where.add(mine)


def _service(kind: Kind, service_id: UUID | None, where: Where) -> None:
    if service_id is None:
        return
    if kind is JOBS:
        where.add("t.service_id = {}", service_id)
    else:
        where.add("(select j.service_id from job j where j.id = t.job_id) = {}", service_id)


def _due(kind: Kind, asked: Mapping[str, Any], where: Where, today: date) -> None:
    monday = today - timedelta(days=today.weekday())
    days = {
        "soon": ("t.due_date is null or t.due_date <= {}", [today + HORIZON]),
        "overdue": ("t.due_date < {}", [today]),
        "this_week": ("t.due_date between {} and {}", [monday, monday + timedelta(days=6)]),
        "next_week": ("t.due_date between {} and {}",
                      [monday + timedelta(days=7), monday + timedelta(days=13)]),
        "any": ("true", []),
    }  # fmt: skip
    sql, values = days[asked.get("due", "soon")]
    dated = sql.format(*(where.value(value) for value in values))
    done = "false"
    if asked.get("include_done", True) and asked.get("due", "soon") != "overdue":
        done = kind.done_since(where.value(a_week_before(today)))
    where.parts.append(f"((t.{kind.status} <> 'done' and ({dated})) or ({done}))")


async def people(asked: Mapping[str, Any], today: date) -> list[Mapping[str, Any]]:
    """The members whose board it is, by name: of the team, the viewer's teams, or everyone."""
    where = "true"
    values: list[Any] = []
    if asked.get("member_id") is not None:
        where, values = "m.id = $1", [asked["member_id"]]
    elif asked.get("team_id") is not None:
        where = "m.id in (select o.member_id from team_membership o where o.team_id = $1)"
        values = [asked["team_id"]]
    elif asked.get("scope", "my_teams") == "mine":
        where = "m.id = viewer_member()"
    elif asked.get("scope", "my_teams") == "my_teams":
        where = (
            f"(not exists ({_MY_TEAMS}) or m.id = viewer_member() or m.id in (select"
            f" o.member_id from team_membership o where o.team_id in ({_MY_TEAMS})))"
        )
    return list(await current().fetch(
        f"select m.* from member m where {where} and (m.leave_date is null"
        f" or m.leave_date >= ${len(values) + 1}) order by m.name, m.id", *values, today,
    ))  # fmt: skip
