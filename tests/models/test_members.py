"""The firm's people: joining, changing, leaving."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date
from typing import Any

import asyncpg
import pytest
from uuid_utils.compat import uuid7

from models.clients import Client
from models.errors import Conflict, Forbidden, Locked, NotFound, ValidationError
from models.events import EventKind
from models.jobs import Job
from models.members import Member, address
from models.permissions import Role
from models.tasks import Task
from models.unit_of_work import reading, unit_of_work
from tests.cast import Cast, Person
from tests.verify import verify_action, verify_refusal


async def test_a_member_joins_at_the_main_office_with_a_colour(cast: Cast) -> None:
    async with verify_action(cast.harbour, cast.harbour.ben) as action:
        gus = await Member.join(email="Gus@Harbour.example", name="Gus", role=Role.STAFF)
    assert gus.email == "Gus@harbour.example"
    assert gus.office_id == cast.harbour.office
    assert gus.colour.startswith("#")
    assert action.kinds == [EventKind.MEMBER_JOINED]


@pytest.mark.parametrize("role", [Role.OWNER, Role.ADMIN])
async def test_only_an_owner_makes_owners_and_admins(cast: Cast, role: Role) -> None:
    async with verify_refusal(cast.harbour, cast.harbour.ben, Forbidden, path="role"):
        await Member.join(email="gus@harbour.example", name="Gus", role=role)
    async with verify_action(cast.harbour, cast.harbour.ada):
        await Member.join(email="gus@harbour.example", name="Gus", role=role)


async def test_one_address_joins_a_firm_once_however_it_is_spelt(cast: Cast) -> None:
    async with verify_refusal(cast.harbour, cast.harbour.ada, asyncpg.UniqueViolationError):
        await Member.join(email="DAN@harbour.example", name="Dan again", role=Role.STAFF)


async def test_one_address_may_belong_to_two_firms(cast: Cast) -> None:
    async with verify_action(cast.alpine, cast.alpine.ada):
        await Member.join(email="dan@harbour.example", name="Dan", role=Role.STAFF)


async def test_what_is_no_address_is_refused() -> None:
    for text in ("", "dan", "dan@", "@harbour.example", "dan@harbour", "a b@harbour.example"):
        with pytest.raises(ValidationError, match="not an e-mail address"):
            address(text)


async def test_joining_twice_by_one_id_is_joining_once(cast: Cast) -> None:
    id = uuid7()
    async with verify_action(cast.harbour) as action:
        for is_new in (True, False):
            async with unit_of_work(cast.harbour.ada):
                gus = await Member.join(
                    id=id, email="gus@harbour.example", name="Gus", role=Role.STAFF
                )
                assert gus.is_new is is_new
    assert action.kinds == [EventKind.MEMBER_JOINED]


async def test_nobody_joins_at_or_reports_to_the_other_firm(cast: Cast) -> None:
    strangers = {"office_id": cast.alpine.office, "reports_to_id": cast.alpine.ada.id}
    for name, id in strangers.items():
        async with verify_refusal(cast.harbour, cast.harbour.ada, NotFound):
            await Member.join(
                email="gus@harbour.example", name="Gus", role=Role.STAFF, **{name: id}
            )


async def test_me_is_who_asks(cast: Cast) -> None:
    async with reading(cast.harbour.dan):
        assert (await Member.me()).name == "Dan"
    async with reading(cast.harbour.system):
        with pytest.raises(NotFound):
            await Member.me()


async def test_a_partner_changes_the_facts_of_staff(cast: Cast) -> None:
    async with verify_action(cast.harbour, cast.harbour.ben) as action:
        dan = await Member.load(cast.harbour.dan.id)
        await dan.change(
            {"grade": "Senior", "reports_to_id": cast.harbour.cleo.id, "role": "manager"},
            expected_version=1,
        )
    assert action.kinds == [EventKind.MEMBER_CHANGED]


async def test_a_partner_does_not_touch_the_role_address_or_time_of_an_owner(cast: Cast) -> None:
    for changes in ({"role": "staff"}, {"email": "mine@harbour.example"}, {"name": "Nobody"}):
        async with verify_refusal(cast.harbour, cast.harbour.ben, Forbidden):
            await (await Member.load(cast.harbour.ada.id)).change(changes, None)
    async with verify_refusal(cast.harbour, cast.harbour.ben, Forbidden):
        await (await Member.load(cast.harbour.ada.id)).leave(date(2030, 1, 1))


async def test_a_partner_does_not_promote_anybody_to_owner(cast: Cast) -> None:
    async with verify_refusal(cast.harbour, cast.harbour.ben, Forbidden, path="role"):
        await (await Member.load(cast.harbour.ben.id)).change({"role": "owner"}, None)


async def test_a_changed_address_is_brought_into_its_normal_form(cast: Cast) -> None:
    async with verify_action(cast.harbour, cast.harbour.ada):
        dan = await Member.load(cast.harbour.dan.id)
        await dan.change({"email": "daniel@HARBOUR.example"}, None)
    assert dan.email == "daniel@harbour.example"


async def test_a_member_leaves_and_their_history_stays(cast: Cast) -> None:
    async with verify_action(cast.harbour, cast.harbour.ben) as action:
        dan = await (await Member.load(cast.harbour.dan.id)).leave(date(2030, 6, 30))
    assert dan.leave_date == date(2030, 6, 30)
    assert action.kinds == [EventKind.MEMBER_LEFT]


@pytest.mark.parametrize("step_down", [{"role": "staff"}, {"leave_date": date(2030, 1, 1)}])
async def test_the_last_owner_stays_owner_until_there_is_another(
    cast: Cast, step_down: dict[str, Any]
) -> None:
    house = cast.harbour

    async def down() -> None:
        ada = await Member.load(house.ada.id)
        if "role" in step_down:
            await ada.change(step_down, None)
        else:
            await ada.leave(step_down["leave_date"])

    async with verify_refusal(house, house.ada, Locked):
        await down()
    async with unit_of_work(house.ada):
        await (await Member.load(house.ben.id)).change({"role": "owner"}, None)
    async with verify_action(house, house.ada):
        await down()


async def test_of_two_owners_who_step_down_at_once_one_stays(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.ada):
        await (await Member.load(house.ben.id)).change({"role": "owner"}, None)

    async def down(who: Person) -> None:
        async with unit_of_work(replace(who, role=Role.OWNER)):
            await (await Member.load(who.id)).change({"role": "staff"}, None)

    ends = await asyncio.gather(down(house.ada), down(house.ben), return_exceptions=True)

    assert [type(end) for end in ends if end is not None] == [Locked]
    async with reading(house.system) as unit:
        assert await unit.fetchval("select count(*) from member where role = 'owner'") == 1


async def test_nothing_new_is_given_to_whoever_has_left(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.ada):
        await (await Member.load(house.eve.id)).leave(date(2020, 1, 1))

    async def client_role() -> None:
        await (await Client.load(house.mill)).assign(await Member.load(house.eve.id), "reviewer")

    deeds: tuple[Callable[[], Awaitable[object]], ...] = (
        lambda: Task.add(title="Ring", assignee_id=house.eve.id),
        lambda: Job.open(client_id=house.mill, title="Tax", owner_id=house.eve.id),
        client_role,
    )
    for deed in deeds:
        async with verify_refusal(house, house.cleo, ValidationError):
            await deed()


async def test_nobody_reports_to_themselves_in_the_end(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.ada):
        await (await Member.load(house.dan.id)).change({"reports_to_id": house.cleo.id}, None)
        await (await Member.load(house.cleo.id)).change({"reports_to_id": house.ben.id}, None)
    for chief in (house.dan, house.cleo, house.ben):
        async with verify_refusal(house, house.ada, ValidationError, path="reportsToId"):
            await (await Member.load(house.ben.id)).change({"reports_to_id": chief.id}, None)


async def test_nobody_leaves_before_they_started(cast: Cast) -> None:
    async with unit_of_work(cast.harbour.ada):
        dan = await Member.load(cast.harbour.dan.id)
        await dan.change({"start_date": date(2025, 1, 1)}, None)
    async with verify_refusal(cast.harbour, cast.harbour.ada, ValidationError, path="leaveDate"):
        await (await Member.load(cast.harbour.dan.id)).leave(date(2024, 12, 31))


async def test_two_edits_of_one_person_meet_only_on_the_same_field(cast: Cast) -> None:
    dan = cast.harbour.dan.id
    async with verify_action(cast.harbour, cast.harbour.ada):
        await (await Member.load(dan)).change({"name": "Daniel"}, 1)
        await (await Member.load(dan)).change({"grade": "Senior"}, 1)
    async with verify_refusal(cast.harbour, cast.harbour.ada, Conflict) as refusal:
        await (await Member.load(dan)).change({"name": "Danny"}, 1)
    assert refusal.error.changed_fields == ("name",)


async def test_a_members_time_zone_is_their_offices(cast: Cast) -> None:
    async with reading(cast.alpine.dan):
        assert await (await Member.me()).time_zone() == "Europe/Zurich"
