"""Time entries: booked by hand, changed and taken back by their member or who manages time."""

import asyncio
from datetime import UTC, date, datetime
from typing import Any

import asyncpg
import pytest
from uuid_utils.compat import uuid7

from models.errors import Conflict, Forbidden, NotFound, ValidationError
from models.events import EventKind
from models.time_entries import TimeEntry
from models.unit_of_work import unit_of_work
from tests.cast import Cast
from tests.verify import verify_action, verify_refusal

LOGGED, CHANGED, REMOVED = EventKind.TIME_LOGGED, EventKind.TIME_CHANGED, EventKind.TIME_REMOVED
NEW_YEARS_EVE = datetime(2025, 12, 31, 23, 30, tzinfo=UTC)


async def test_time_on_a_task_is_for_its_job_and_client_and_billable(cast: Cast) -> None:
    house = cast.harbour
    async with verify_action(house, house.dan) as action:
        entry = await TimeEntry.log(task_id=house.post, seconds=5400, note="bank lines")
    assert (entry.task_id, entry.job_id, entry.client_id) == (house.post, house.books, house.bakery)
    assert (entry.member_id, entry.seconds, entry.billing, entry.source) == (
        house.dan.id, 5400, "billable", "manual",
    )  # fmt: skip
    assert (entry.timer_id, entry.activity, entry.note) == (None, None, "bank lines")
    assert action.only(LOGGED)["client_id"] == str(house.bakery)


async def test_time_for_nobody_in_particular_is_an_activity_of_the_firms(cast: Cast) -> None:
    house = cast.harbour
    async with verify_action(house, house.dan):
        plain = await TimeEntry.log(seconds=60)
        training = await TimeEntry.log(seconds=60, activity="training")
    assert (plain.activity, training.activity) == ("internal", "training")
    assert {plain.billing, training.billing} == {"non_billable"}


async def test_the_day_is_today_where_they_work_and_the_zone_is_kept(cast: Cast) -> None:
    for house, day, zone in (
        (cast.harbour, date(2025, 12, 31), "Europe/London"),
        (cast.alpine, date(2026, 1, 1), "Europe/Zurich"),
    ):
        async with verify_action(house, house.dan, at=NEW_YEARS_EVE):
            entry = await TimeEntry.log(seconds=60)
            said = await TimeEntry.log(seconds=60, local_date=date(2024, 2, 29))
        assert (entry.local_date, entry.time_zone) == (day, zone)
        assert (said.local_date, said.time_zone) == (date(2024, 2, 29), zone)


@pytest.mark.parametrize("seconds", [0, 1, 86_399, 86_400])
async def test_seconds_are_kept_as_they_are(cast: Cast, seconds: int) -> None:
    async with verify_action(cast.harbour, cast.harbour.dan):
        assert (await TimeEntry.log(seconds=seconds)).seconds == seconds


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"seconds": -1}, ValidationError),
        ({"seconds": 86_401}, ValidationError),
        ({"seconds": 60, "local_date": date(2199, 1, 1)}, ValidationError),
        ({"seconds": 60, "local_date": date(1, 1, 1)}, asyncpg.CheckViolationError),
        ({"seconds": 60, "billing": "billable"}, ValidationError),
        ({"seconds": 60, "billing": "no_charge"}, ValidationError),
        ({"seconds": 60, "note": "x" * 2001}, asyncpg.CheckViolationError),
        ({"seconds": 60, "activity": "x" * 101}, asyncpg.CheckViolationError),
    ],
)
async def test_what_does_not_fit_is_refused(
    cast: Cast, wrong: dict[str, Any], error: type[Exception]
) -> None:
    async with verify_refusal(cast.harbour, cast.harbour.dan, error):
        await TimeEntry.log(**wrong)


async def test_a_client_may_be_worked_for_without_charge(cast: Cast) -> None:
    house = cast.harbour
    async with verify_action(house, house.dan):
        entry = await TimeEntry.log(client_id=house.mill, seconds=60, billing="no_charge")
    assert entry.billing == "no_charge"


async def test_time_is_booked_only_on_what_one_may_see(cast: Cast) -> None:
    house, other = cast.harbour, cast.alpine
    places: list[tuple[str, Any]] = [
        ("taskId", {"task_id": house.seal}),
        ("jobId", {"job_id": house.secret}),
        ("clientId", {"client_id": house.vault}),
        ("taskId", {"task_id": other.post}),
        ("jobId", {"job_id": other.books}),
        ("clientId", {"client_id": other.bakery}),
    ]
    for path, place in places:
        async with verify_refusal(house, house.dan, NotFound, path=path):
            await TimeEntry.log(seconds=60, **place)


async def test_who_manages_time_books_for_others_and_nobody_else_does(cast: Cast) -> None:
    house = cast.harbour
    async with verify_action(house, house.cleo) as action:
        entry = await TimeEntry.log(member_id=house.dan.id, client_id=house.mill, seconds=60)
    assert entry.member_id == house.dan.id
    assert action.only(LOGGED)["actor_id"] == str(house.cleo.id)
    async with verify_refusal(house, house.dan, Forbidden, path="memberId"):
        await TimeEntry.log(member_id=house.eve.id, seconds=60)
    for stranger in (cast.alpine.dan.id, uuid7()):
        async with verify_refusal(house, house.cleo, NotFound, path="memberId"):
            await TimeEntry.log(member_id=stranger, seconds=60)


async def test_the_systems_own_time_is_nobodys(cast: Cast) -> None:
    async with verify_refusal(cast.harbour, cast.harbour.system, NotFound, path="memberId"):
        await TimeEntry.log(seconds=60)


@pytest.mark.parametrize("name", ["dan", "cleo", "ben", "ada"])
async def test_ones_own_entry_or_with_the_right_anybodys_is_changed_and_taken_back(
    cast: Cast, name: str
) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        made = await TimeEntry.log(client_id=house.mill, seconds=60)
    async with verify_action(house, getattr(house, name)) as action:
        entry = await TimeEntry.load(made.id)
        await entry.change({"seconds": 90, "billing": "no_charge", "note": "less"}, 1)
        await entry.change({"local_date": date(2026, 1, 2)}, 2)
        await entry.remove()
    assert action.kinds == [CHANGED, CHANGED, REMOVED]


@pytest.mark.parametrize("name", ["eve", "finn"])
async def test_nobody_else_changes_or_takes_it_back(cast: Cast, name: str) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        made = await TimeEntry.log(client_id=house.bakery, seconds=60)
    async with verify_refusal(house, getattr(house, name), Forbidden):
        await (await TimeEntry.load(made.id)).change({"seconds": 0}, None)
    async with verify_refusal(house, getattr(house, name), Forbidden):
        await (await TimeEntry.load(made.id)).remove()
    async with verify_refusal(cast.alpine, cast.alpine.ada, NotFound):
        await TimeEntry.load(made.id)


async def test_an_entry_for_a_hidden_client_is_nobody_elses_business(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.eve):
        made = await TimeEntry.log(job_id=house.secret, seconds=60)
    async with verify_refusal(house, house.cleo, NotFound):
        await TimeEntry.load(made.id)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"seconds": -1}, ValidationError),
        ({"seconds": 86_401}, ValidationError),
        ({"local_date": date(2199, 1, 1)}, ValidationError),
        ({"billing": "billable"}, ValidationError),
    ],
)
async def test_a_change_keeps_the_rules_of_booking(
    cast: Cast, changes: dict[str, Any], error: type[Exception]
) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        made = await TimeEntry.log(seconds=60)
    async with verify_refusal(house, house.dan, error):
        await (await TimeEntry.load(made.id)).change(changes, None)


async def test_two_who_change_different_fields_both_get_their_way_and_the_same_one_conflicts(
    cast: Cast,
) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        made = await TimeEntry.log(client_id=house.mill, seconds=60)
    async with verify_action(house):
        async with unit_of_work(house.dan):
            await (await TimeEntry.load(made.id)).change({"note": "mine"}, 1)
        async with unit_of_work(house.cleo):
            await (await TimeEntry.load(made.id)).change({"seconds": 90}, 1)
    async with verify_refusal(house, house.cleo, Conflict) as refusal:
        await (await TimeEntry.load(made.id)).change({"note": "hers"}, 1)
    assert refusal.error.changed_fields == ("note",)


async def test_time_booked_twenty_times_at_once_under_one_id_is_booked_once(cast: Cast) -> None:
    house, id = cast.harbour, uuid7()

    async def log() -> bool:
        async with unit_of_work(house.dan):
            return (await TimeEntry.log(id=id, task_id=house.post, seconds=60)).is_new

    async with verify_action(house) as action:
        made = await asyncio.gather(*(log() for _ in range(20)))
    assert (sum(made), action.kinds) == (1, [LOGGED])
