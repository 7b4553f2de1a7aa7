"""The firm's people: joining, changing, leaving."""

from datetime import date

import asyncpg
import pytest
from uuid_utils.compat import uuid7

from models.errors import Conflict, Forbidden, NotFound, ValidationError
from models.events import EventKind
from models.members import Member, address
from models.permissions import Role
from models.unit_of_work import reading, unit_of_work
from tests.cast import Cast
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
