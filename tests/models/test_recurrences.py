"""Recurrences: work that comes back, each period once."""

import asyncio
from datetime import date, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from uuid_utils.compat import uuid7

from models import clock
from models.engagements import Engagement
from models.errors import NotFound, ValidationError
from models.events import EventKind
from models.jobs import Job
from models.members import Member
from models.recurrences import Recurrence
from models.recurrences.making import AT_ONCE, make_due
from models.templates import Template
from models.unit_of_work import reading, unit_of_work
from models.work_queue import Piece, WorkKind
from resolvers.background import make_due_jobs, work_off
from tests.cast import Cast, House
from tests.templates import bookkeeping_template
from tests.verify import verify_action, verify_refusal

MONTHLY = "FREQ=MONTHLY;BYMONTHDAY=-1"
DAY = timedelta(days=1)


async def today() -> date:
    return await clock.today("Europe/London")


async def started(house: House, **more: Any) -> Recurrence:
    """The bakery's books: the periods of the last months, so that some are due."""
    async with unit_of_work(house.cleo):
        template = await bookkeeping_template(house)
        given = {"first_date": (await today()).replace(day=1) - 70 * DAY, "rule": MONTHLY,
                 "due": {"count": 1, "unit": "weeks"}, **more}  # fmt: skip
        return await Recurrence.start(template_id=template.id, client_id=house.bakery, **given)


async def keys_of(house: House, id: UUID) -> list[str]:
    async with reading(house.system) as unit:
        rows = await unit.fetch(
            "select period_key from job where recurrence_id = $1 order by created_at, id", id
        )
    return [row["period_key"] for row in rows]


async def test_a_recurrence_starts_with_its_first_period_ahead(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.cleo):
        template = await bookkeeping_template(house)
        first = await today() + 30 * DAY
    async with verify_action(house, house.cleo) as action:
        made = await Recurrence.start(
            template_id=template.id, client_id=house.bakery, engagement_id=house.engagement,
            rule="rrule:freq=weekly", first_date=first, horizon_days=14,
        )  # fmt: skip
    assert action.kinds == [EventKind.RECURRENCE_STARTED]
    assert (made.rule, made.next_date, made.due_count, made.business_day_rule) == (
        "FREQ=WEEKLY", first, 0, "none",
    )  # fmt: skip


async def test_started_twice_under_one_id_it_starts_once(cast: Cast) -> None:
    house, id = cast.harbour, uuid7()
    async with unit_of_work(house.cleo):
        template = await bookkeeping_template(house)
    async with verify_action(house) as action:
        for _ in range(2):
            async with unit_of_work(house.cleo):
                await Recurrence.start(id=id, template_id=template.id, client_id=house.mill,
                                       rule=MONTHLY, first_date=await today())  # fmt: skip
    assert action.kinds == [EventKind.RECURRENCE_STARTED]


async def test_each_period_that_is_due_becomes_a_job_of_its_own(cast: Cast) -> None:
    house = cast.harbour
    recurrence = await started(house, owner_id=house.cleo.id, team_id=house.ledgers,
                               engagement_id=house.engagement)  # fmt: skip
    coming = list(islice(recurrence.occurrences(recurrence.first_date, ()), 4))
    due = [one for one in coming if one.made_on <= await _today(house)]
    async with verify_action(house, house.system) as action:
        held = await Recurrence.load(recurrence.id)
        made = await make_due(held)

    assert 2 <= len(due) == len(made) < 4
    assert action.only(EventKind.RECURRENCE_ADVANCED)["payload"] == {
        "next_date": [str(due[0].period_end), str(coming[len(due)].period_end)]
    }
    job, first = made[0], due[0]
    assert (job.period_start, job.period_end, job.due_date, job.period_key) == (
        first.period_end.replace(day=1), first.period_end, first.period_end + 7 * DAY,
        first.period_end.isoformat(),
    )  # fmt: skip
    assert (job.start_date, job.owner_id, job.team_id, job.engagement_id) == (
        first.period_end + DAY, house.cleo.id, house.ledgers, house.engagement,
    )  # fmt: skip


async def _today(house: House) -> date:
    async with reading(house.system):
        return await today()


async def test_who_has_left_stands_in_the_way_of_nothing(cast: Cast) -> None:
    """Neither as the owner that was named, nor as whoever held a role when the period began."""
    house = cast.harbour
    recurrence = await started(house, owner_id=house.dan.id)
    async with unit_of_work(house.ada):
        dan = await Member.load(house.dan.id)
        await dan.leave(await today() - DAY)

    async with verify_action(house, house.system):
        made = await make_due(await Recurrence.load(recurrence.id))

    assert made
    assert house.dan.id not in {job.owner_id for job in made}
    async with reading(house.system) as unit:
        held = await unit.fetch("select assignee_id from task where job_id = $1", made[0].id)
    assert house.dan.id not in {row["assignee_id"] for row in held}


async def test_who_has_left_is_not_named_the_owner(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.ada):
        await (await Member.load(house.dan.id)).leave(await today() - DAY)
    async with verify_refusal(house, house.cleo, ValidationError, code="HAS_LEFT", path="ownerId"):
        template = await bookkeeping_template(house)
        await Recurrence.start(template_id=template.id, client_id=house.bakery, rule=MONTHLY,
                               first_date=await today(), owner_id=house.dan.id)  # fmt: skip


async def test_made_again_it_makes_nothing(cast: Cast) -> None:
    house = cast.harbour
    recurrence = await started(house)
    assert await make_due_jobs(house.id, recurrence.id) >= 2
    async with verify_action(house) as action:
        assert await make_due_jobs(house.id, recurrence.id) == 0
    assert action.kinds == []


async def test_twenty_at_once_make_each_period_once(cast: Cast) -> None:
    house = cast.harbour
    recurrence = await started(house, rule="FREQ=WEEKLY")
    piece = Piece(WorkKind.MAKE_DUE_JOBS, house.id, recurrence.id)
    async with verify_action(house):
        await asyncio.gather(*(work_off(piece) for _ in range(20)))

    keys = await keys_of(house, recurrence.id)
    weeks = (await _today(house) - recurrence.first_date).days // 7 + 1
    assert keys == [str(recurrence.first_date + n * 7 * DAY) for n in range(weeks)]


async def test_one_unit_makes_no_more_than_it_can_carry(cast: Cast) -> None:
    house = cast.harbour
    recurrence = await started(house, rule="FREQ=DAILY")
    async with unit_of_work(house.system):
        made = await make_due(await Recurrence.load(recurrence.id))
        held = await Recurrence.load(recurrence.id)
    assert len(made) == AT_ONCE
    assert held.next_date == recurrence.first_date + AT_ONCE * DAY


async def test_a_period_is_a_jobs_alone_whatever_code_forgets(cast: Cast) -> None:
    house = cast.harbour
    recurrence = await started(house)
    await make_due_jobs(house.id, recurrence.id)
    async with verify_refusal(house, house.system, asyncpg.UniqueViolationError):
        await Job.open(client_id=house.bakery, title="Again", recurrence_id=recurrence.id,
                       period_key=(await keys_of(house, recurrence.id))[0])  # fmt: skip


async def test_a_date_on_a_weekend_goes_where_the_rule_says(cast: Cast) -> None:
    recurrence = await started(cast.harbour, business_day_rule="before",
                               due={"count": 0, "unit": "calendar_days"})  # fmt: skip
    for one in islice(recurrence.occurrences(recurrence.first_date, ()), 24):
        assert one.due_date.weekday() < 5
        assert one.period_end - 2 * DAY <= one.due_date <= one.period_end
        assert one.start_date == one.due_date or one.start_date == one.period_end + DAY


async def test_a_rule_that_has_run_out_waits_for_nothing(cast: Cast) -> None:
    house = cast.harbour
    recurrence = await started(house, rule=f"{MONTHLY};COUNT=2")
    assert await make_due_jobs(house.id, recurrence.id) == 2
    async with reading(house.cleo):
        found = await Recurrence.find(recurrence.id)
    assert found is not None
    assert found.next_date is None


async def test_after_its_last_day_nothing_is_made(cast: Cast) -> None:
    house = cast.harbour
    recurrence = await started(house)
    async with verify_action(house, house.cleo) as action:
        held = await Recurrence.load(recurrence.id)
        await held.end(recurrence.first_date)
        await held.end(recurrence.first_date + 90 * DAY)
    assert action.kinds == [EventKind.RECURRENCE_ENDED]
    assert (held.next_date, held.ended_on) == (None, recurrence.first_date)
    assert await make_due_jobs(house.id, recurrence.id) == 0


async def test_it_cannot_end_before_it_began_and_may_end_before_its_first_day(cast: Cast) -> None:
    house = cast.harbour
    recurrence = await started(house, first_date=await _today(house) + 30 * DAY)
    async with verify_refusal(house, house.cleo, ValidationError, path="endedOn"):
        await (await Recurrence.load(recurrence.id)).end(recurrence.first_date - 2 * DAY)
    async with verify_action(house, house.cleo):
        held = await (await Recurrence.load(recurrence.id)).end()
    assert (held.ended_on, held.next_date) == (recurrence.first_date - DAY, None)


async def test_until_its_last_day_the_periods_are_made(cast: Cast) -> None:
    house = cast.harbour
    recurrence = await started(house, rule="FREQ=WEEKLY")
    async with unit_of_work(house.cleo):
        await (await Recurrence.load(recurrence.id)).end(recurrence.first_date + 8 * DAY)
    assert await make_due_jobs(house.id, recurrence.id) == 2


async def test_it_stops_with_its_engagement(cast: Cast) -> None:
    house = cast.harbour
    recurrence = await started(house, rule="FREQ=WEEKLY", engagement_id=house.engagement)
    async with unit_of_work(house.ben):
        agreed = await Engagement.load(house.engagement)
        await agreed.end(recurrence.first_date + 8 * DAY)
    assert await make_due_jobs(house.id, recurrence.id) == 2
    async with reading(house.cleo):
        found = await Recurrence.find(recurrence.id)
    assert found is not None
    assert found.next_date is None


async def test_a_recurrence_is_of_one_firm_and_one_client(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.cleo):
        template = await bookkeeping_template(house)
        first = await today()
    for wrong, error, path in (
        ({"client_id": cast.alpine.bakery}, NotFound, "clientId"),
        ({"template_id": uuid7()}, NotFound, "templateId"),
        ({"client_id": house.mill, "engagement_id": house.engagement}, ValidationError,
         "engagementId"),
        ({"owner_id": cast.alpine.dan.id}, NotFound, "ownerId"),
        ({"first_date": first - 400 * DAY}, ValidationError, "firstDate"),
        ({"first_date": date.max}, ValidationError, "firstDate"),
        ({"horizon_days": 367}, ValidationError, "horizonDays"),
        ({"due": {"count": 5000, "unit": "weeks"}}, ValidationError, "due"),
        ({"rule": "FREQ=HOURLY"}, ValidationError, "rule"),
    ):  # fmt: skip
        given: dict[str, Any] = {"template_id": template.id, "client_id": house.bakery,
                                 "rule": MONTHLY, "first_date": first, **wrong}  # fmt: skip
        async with verify_refusal(house, house.cleo, error, path=path):
            await Recurrence.start(**given)


async def test_an_unpublished_template_does_not_come_back(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.cleo):
        template = await Template.design(name="Books", service_id=house.bookkeeping)
        first = await today()
    async with verify_refusal(house, house.cleo, ValidationError, code="NOT_PUBLISHED"):
        await Recurrence.start(template_id=template.id, client_id=house.bakery, rule=MONTHLY,
                               first_date=first)  # fmt: skip


@pytest.mark.parametrize("other", ["alpine", "nobody"])
async def test_a_piece_about_another_firms_recurrence_makes_nothing(other: str, cast: Cast) -> None:
    house = cast.harbour
    recurrence = await started(house)
    firm_id = cast.alpine.id if other == "alpine" else uuid7()
    async with verify_action(house) as action:
        assert await make_due_jobs(firm_id, recurrence.id) == 0
    assert action.kinds == []
