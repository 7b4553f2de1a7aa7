"""Which cards are on a board, and whose hours it is planned with."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from models.unit_of_work import current
from resolvers.boards.kinds import JOBS, Kind
from resolvers.filters import WORK, Where

HORIZON = timedelta(days=14)
VIEWER = "viewer_member()"
_OPEN_TASK = "task s where s.status not in ('done', 'cancelled')"


def whose(asked: Mapping[str, Any]) -> str:
    """The scope of a board's filter: whose work it shows."""
    scope: str = asked.get("scope", "my_teams")
    return scope


def teams_of(me: str = VIEWER) -> str:
    """The query for the teams of the member that the SQL `me` names."""
    return f"select o.team_id from team_membership o where o.member_id = {me}"


async def in_teams(asked: Mapping[str, Any]) -> bool | None:
    """Whether the viewer is in any; None where a board does not show teams' work. Asked first, for
    whoever is in none is shown all work: a board's statements are other ones for them."""
    if whose(asked) != "my_teams":
        return None
    return bool(await current().fetchval(f"select exists ({teams_of()})"))


def narrow(
    where: Where,
    kind: Kind,
    asked: Mapping[str, Any],
    today: date,
    *,
    me: str = VIEWER,
    in_teams: bool | None = None,
) -> None:
    """Add the predicates of a board's filter for the member that the SQL `me` names; `in_teams`
    where it is known whether they are in any.

    Pages of cards do not take it whole, but what an index has (`sources.of`): it means the same.
    """
    _narrow_to_whose(where, kind, whose(asked), today, me, in_teams=in_teams)
    narrow_to_some(where, kind, asked)
    due = Due.of(kind, asked, today)
    done = "false" if due.done is None else due.done
    where.parts.append(f"((t.{kind.status} <> 'done' and ({due.open})) or ({done}))")


def narrow_to_some(where: Where, kind: Kind, asked: Mapping[str, Any]) -> None:
    """Add what a filter asks for besides whose cards they are and when they are due."""
    where.add(f"t.{kind.status} <> 'cancelled'")
    for name, column in (("team_id", "team_id"), ("member_id", kind.holder),
                         ("client_id", "client_id")):  # fmt: skip
        if asked.get(name) is not None:
            where.add(f"t.{column} = {{}}", asked[name])
    _narrow_to_service(where, kind, asked.get("service_id"))
    where.search(asked.get("text"), WORK, "text")


def own(kind: Kind, scope: str, today: date, me: str = VIEWER) -> str:
    """The predicate of what a scope but for `everything` shows because of the member alone: in
    `my_teams` what they hold that is not their teams' besides.

    Where it lists ids it does so as an array: so cards are found by them, not looked for among all.
    """
    mine = f"t.{kind.holder} = {me}"
    match scope:
        case "my_clients":
            return ("t.client_id = any(array(select r.client_id from client_role r"
                    f" where r.member_id = {me} and r.until_date is null))")  # fmt: skip
        case "my_teams":
            return f"{mine} and (t.team_id in ({teams_of(me)})) is not true"
        case "mine" if kind is JOBS:
            held = f"select j.id from {JOBS.shown(today)} j where j.owner_id = {me}"
            helped = f"select s.job_id from {_OPEN_TASK} and s.assignee_id = {me}"
            return f"t.id = any(array({held} union {helped}))"
    return mine


def of_teams_or_own(kind: Kind, me: str = VIEWER) -> str:
    """The predicate of what the member's teams or the member hold."""
    return f"(t.team_id in ({teams_of(me)}) or t.{kind.holder} = {me})"


def _narrow_to_whose(
    where: Where, kind: Kind, scope: str, today: date, me: str, *, in_teams: bool | None
) -> None:
    mine = f"t.{kind.holder} = {me}"
    if scope == "my_teams" and in_teams is not False:
        in_none = "" if in_teams else f"not exists ({teams_of(me)}) or "
        where.add(f"({in_none}{of_teams_or_own(kind, me)})")
    elif scope == "mine" and kind is JOBS and me != VIEWER:
        # Of the few jobs that a stream asks about, and of many members: each by itself.
        helps = (
            f"{_OPEN_TASK} and s.firm_id = t.firm_id and s.job_id = t.id and s.assignee_id = {me}"
        )
        where.add(f"({mine} or exists (select 1 from {helps}))")
    elif scope in ("my_clients", "mine"):
        where.add(own(kind, scope, today, me))


def _narrow_to_service(where: Where, kind: Kind, service_id: UUID | None) -> None:
    if service_id is None:
        return
    if kind is JOBS:
        where.add("t.service_id = {}", service_id)
    else:
        where.add("(select j.service_id from job j where j.id = t.job_id) = {}", service_id)


class Due(NamedTuple):
    """When the cards of a board are due: predicates on what is `open`, on that of it which is
    `dated`, whether it shows the `undated`, and on what is `done`, if it shows that."""

    open: str
    dated: str
    undated: bool
    done: str | None

    @classmethod
    def of(cls, kind: Kind, asked: Mapping[str, Any], today: date) -> "Due":
        """By a board's filter; the days stand in the SQL."""
        monday, when = today - timedelta(days=today.weekday()), asked.get("due", "soon")
        dated = {
            "soon": f"t.due_date <= '{today + HORIZON}'",
            "overdue": f"t.due_date < '{today}'",
            "this_week": f"t.due_date between '{monday}' and '{monday + timedelta(days=6)}'",
            "next_week": f"t.due_date between '{monday + timedelta(days=7)}'"
                         f" and '{monday + timedelta(days=13)}'",
            "any": "true",
        }[when]  # fmt: skip
        undated = when in ("soon", "any")
        shows_done = asked.get("include_done", True) and when != "overdue"
        return cls(
            open=f"(t.due_date is null or {dated})" if undated else dated, dated=dated,
            undated=undated, done=kind.done_lately(today) if shows_done else None,
        )  # fmt: skip


def people(asked: Mapping[str, Any], today: date, *, in_teams: bool | None) -> Where:
    """The members `m` whose board it is: of the team, the viewer's teams, or everyone. Those of
    teams are listed as an array, so that they are found by it, not looked for among all."""
    where = Where()
    where.add("(m.leave_date is null or m.leave_date >= {})", today)
    if asked.get("member_id") is not None:
        where.add("m.id = {}", asked["member_id"])
    elif asked.get("team_id") is not None:
        where.add("m.id = any(array(select o.member_id from team_membership o"
                  " where o.team_id = {}))", asked["team_id"])  # fmt: skip
    elif whose(asked) == "mine":
        where.add(f"m.id = {VIEWER}")
    elif whose(asked) == "my_teams" and in_teams:
        where.add(f"m.id = any(array(select o.member_id from team_membership o"
                  f" where o.team_id in ({teams_of()})))")  # fmt: skip
    return where
