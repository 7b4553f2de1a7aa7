"""Teams: who works together."""

import asyncpg

from models.events import EventKind
from models.members import Member
from models.teams import Team
from models.unit_of_work import unit_of_work
from tests.cast import Cast
from tests.verify import verify_action, verify_refusal


async def test_a_team_is_formed_with_a_colour(cast: Cast) -> None:
    async with verify_action(cast.harbour, cast.harbour.ada) as action:
        team = await Team.form(name="Payroll")
    assert team.colour.startswith("#")
    assert action.kinds == [EventKind.TEAM_CREATED]


async def test_two_teams_of_one_firm_do_not_share_a_name(cast: Cast) -> None:
    async with verify_refusal(cast.harbour, cast.harbour.ada, asyncpg.UniqueViolationError):
        await Team.form(name="LEDGERS")


async def test_a_team_is_renamed(cast: Cast) -> None:
    async with verify_action(cast.harbour, cast.harbour.ada) as action:
        await (await Team.load(cast.harbour.taxes)).change({"name": "Tax"}, expected_version=1)
    assert action.only(EventKind.TEAM_CHANGED)["payload"] == {"name": ["Taxes", "Tax"]}


async def test_a_member_is_put_on_a_team_once(cast: Cast) -> None:
    async with verify_action(cast.harbour) as action:
        for _ in range(2):
            async with unit_of_work(cast.harbour.ada):
                team = await Team.load(cast.harbour.taxes)
                await team.add(await Member.load(cast.harbour.dan.id))
    assert action.kinds == [EventKind.TEAM_MEMBER_ADDED]


async def test_a_member_is_taken_off_a_team_once(cast: Cast) -> None:
    async with verify_action(cast.harbour) as action:
        for _ in range(2):
            async with unit_of_work(cast.harbour.ada):
                team = await Team.load(cast.harbour.taxes)
                await team.remove(await Member.load(cast.harbour.eve.id))
    assert action.kinds == [EventKind.TEAM_MEMBER_REMOVED]
