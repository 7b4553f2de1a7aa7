"""Members and teams."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from models.clients import firm_today
from models.members import Capacity, Member, TimeOff
from models.sign_in import Credential, hashed
from models.teams import Team
from models.timers import Timer
from models.unit_of_work import Row, current
from models.visibility import visible
from resolvers.filters import Where
from resolvers.pages import Order, Window
from resolvers.pages import page as page_of
from resolvers.reading import grouped

_BY_NAME = Order("t.name", "text")
_HERE = (
    "(t.leave_date is null or t.leave_date >="
    " (select (clock_timestamp() at time zone f.time_zone)::date from firm f))"
)


async def page(
    window: Window, *,
    active: bool | None = None, team: Mapping[str, Any] | None = None,
) -> Row:  # fmt: skip
    where = Where()
    if active is not None:
        where.add(_HERE if active else f"not {_HERE}")
    if team:
        on = where.inner()
        on.compare("o.team_id", team)
        where.add(f"t.id in (select o.member_id from team_membership o where {on.sql})")
    return await page_of(Member, _BY_NAME, window, where)


def initials(name: str) -> str:
    """First letters of the first and last word: Ada Byron Lovelace is AL."""
    words = [word for word in name.split() if word[:1].isalnum()]
    return "".join(word[0] for word in dict.fromkeys(words[:1] + words[-1:])).upper() or "?"


async def active(parents: Sequence[Row]) -> list[bool]:
    today = await firm_today()
    return [row["leave_date"] is None or row["leave_date"] >= today for row in parents]


async def teams(parents: Sequence[Row]) -> list[list[Row]]:
    return await _across("member_id", "team_id", "team", parents)


async def of_teams(parents: Sequence[Row]) -> list[list[Row]]:
    return await _across("team_id", "member_id", "member", parents)


async def _across(here: str, there: str, table: str, parents: Sequence[Row]) -> list[list[Row]]:
    """The rows on the other side of team_membership, by name."""
    ids = [row["id"] for row in parents]
    rows = await current().fetch(
        f"select o.{here} as parent, t.* from team_membership o join {table} t on t.id = o.{there}"
        f" and t.firm_id = o.firm_id where o.{here} = any($1) order by t.name, t.id", ids,
    )  # fmt: skip
    return grouped(ids, rows)


async def running_timers(parents: Sequence[Row]) -> list[Row | None]:
    unit = current()
    rows = await unit.fetch(
        "select t.* from timer t where t.member_id = any($1) and t.stopped_at is null"
        f" and {visible(Timer, unit.viewer)}", [row["id"] for row in parents],
    )  # fmt: skip
    found = {row["member_id"]: row for row in rows}
    return [found.get(row["id"]) for row in parents]


async def all_teams() -> list[Row]:
    return list(await current().fetch("select * from team order by name, id"))


async def join(*, password: str | None = None, **given: Any) -> Member:
    member = await Member.join(**given)
    if password is not None and member.is_new:
        await Credential.set(member, await hashed(password))
    return member


async def set_password(
    *, member_id: UUID, password: str, current_password: str | None = None
) -> Member:
    member = await Member.load(member_id, path=("memberId",))
    await Credential.change(member, password, current_password)
    return member


async def update(*, id: UUID, expected_version: int | None = None, **changes: Any) -> Member:
    return await (await Member.load(id)).change(changes, expected_version)


async def leave(*, id: UUID, leave_date: date) -> Member:
    return await (await Member.load(id)).leave(leave_date)


async def set_capacity(*, member_id: UUID, from_date: date, weekday_seconds: list[int]) -> Member:
    member = await Member.load(member_id, path=("memberId",))
    await Capacity.set(member, from_date=from_date, weekday_seconds=weekday_seconds)
    return member


async def note_time_off(*, member_id: UUID, **given: Any) -> Member:
    member = await Member.load(member_id, path=("memberId",))
    await TimeOff.note(member, **given)
    return member


async def form_team(*, name: str, id: UUID | None = None) -> Team:
    return await Team.form(name=name, id=id)


async def update_team(*, id: UUID, expected_version: int | None = None, **changes: Any) -> Team:
    return await (await Team.load(id)).change(changes, expected_version)


async def add_to_team(*, team_id: UUID, member_id: UUID) -> Team:
    team = await Team.load(team_id, path=("teamId",))
    await team.add(await Member.load(member_id, lock=False, path=("memberId",)))
    return team


async def take_off_team(*, team_id: UUID, member_id: UUID) -> Team:
    team = await Team.load(team_id, path=("teamId",))
    await team.remove(await Member.load(member_id, lock=False, path=("memberId",)))
    return team
