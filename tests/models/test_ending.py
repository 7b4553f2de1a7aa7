"""An engagement ends in one act: what comes back under it, and what was not begun, with it."""

import asyncio
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from models import clock, ending
from models.engagements import Engagement
from models.errors import Locked, ValidationError
from models.events import EventKind
from models.jobs import Job
from models.recurrences import Recurrence
from models.unit_of_work import reading, unit_of_work
from models.work_queue import Piece, WorkKind
from models.workflows import Service, WorkCategory, Workflow
from resolvers.background import work_off
from tests.cast import Cast, House
from tests.templates import bookkeeping_template
from tests.verify import verify_action, verify_refusal

DAY = timedelta(days=1)


async def today() -> date:
    return await clock.today("Europe/London")


async def agreed(house: House) -> Engagement:
    """Something that the bakery agreed to a year ago, which nothing is done under yet."""
    return await Engagement.start(client_id=house.bakery, name="Since last year",
                                  start_date=await today() - 365 * DAY)  # fmt: skip


async def job(agreement: Engagement, title: str, **given: Any) -> Job:
    given = {"engagement_id": agreement.id, **given}
    return await Job.open(client_id=agreement.client_id, title=title, **given)


async def held(agreement: Engagement) -> Engagement:
    return await Engagement.load(agreement.id)


async def categories(house: House) -> dict[str, str]:
    async with reading(house.ada) as unit:
        rows = await unit.fetch(
            "select title, category from job where client_id = $1", house.bakery
        )
    return {row["title"]: row["category"] for row in rows}


async def weekly(house: House, first_date: date, **given: Any) -> Recurrence:
    template = await bookkeeping_template(house, name=f"Weekly from {first_date}")
    return await Recurrence.start(template_id=template.id, client_id=house.bakery,
                                  rule="FREQ=WEEKLY", first_date=first_date, **given)  # fmt: skip


async def test_what_comes_back_under_it_ends_with_it(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.cleo):
        now, under = await today(), await agreed(house)
        going = await weekly(house, now + 3 * DAY, engagement_id=under.id)
        later = await weekly(house, now + 300 * DAY, engagement_id=under.id)
        other = await weekly(house, now + 4 * DAY)
    last = now + 30 * DAY

    async with verify_action(house, house.cleo) as action:
        await ending.end(await held(under), last)

    assert action.kinds == [EventKind.ENGAGEMENT_ENDED, EventKind.RECURRENCE_ENDED,
                            EventKind.RECURRENCE_ENDED]  # fmt: skip
    async with reading(house.cleo):
        ended = {id: (await Recurrence.load(id, lock=False)).ended_on
                 for id in (going.id, later.id, other.id)}  # fmt: skip
    assert ended == {going.id: last, later.id: later.first_date - DAY, other.id: None}


async def test_of_jobs_not_begun_those_after_its_last_day_are_cancelled(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.cleo):
        now, under = await today(), await agreed(house)
        owed = {"period_start": now - 30 * DAY, "period_end": now - DAY, "due_date": now + 40 * DAY}
        coming = {"period_start": now, "period_end": now + 30 * DAY, "start_date": now - DAY}
        await job(under, "Last month", **owed)
        await job(under, "This month", **coming)
        await job(under, "Some day")
        await job(under, "Another agreement", engagement_id=None, **coming)
        begun = await job(under, "Begun", **coming)
        await begun.move(stage=await begun.stage_of(WorkCategory.IN_PROGRESS))

    async with verify_action(house, house.cleo) as action:
        await ending.end(await held(under))

    assert action.kinds == [EventKind.ENGAGEMENT_ENDED, EventKind.JOB_MOVED, EventKind.JOB_MOVED]
    found = await categories(house)
    assert {title: found[title] for title in ("This month", "Some day")} == dict.fromkeys(
        ("This month", "Some day"), "cancelled"
    )
    assert {found[title] for title in ("Last month", "Another agreement")} == {"planned"}
    assert found["Begun"] == "in_progress"


async def test_work_without_a_day_waits_for_the_end_to_come(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.cleo):
        under = await agreed(house)
        await job(under, "Some day")
        in_a_year = await today() + 365 * DAY

    async with verify_action(house, house.cleo) as action:
        await ending.end(await held(under), in_a_year)

    assert action.kinds == [EventKind.ENGAGEMENT_ENDED]


async def test_ended_twice_it_ends_once(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.cleo):
        under = await agreed(house)
        await weekly(house, await today() + 3 * DAY, engagement_id=under.id)
        await job(under, "Some day")
    async with verify_action(house) as action:
        for _ in range(2):
            async with unit_of_work(house.cleo):
                await ending.end(await held(under))
    assert action.kinds == [EventKind.ENGAGEMENT_ENDED, EventKind.RECURRENCE_ENDED,
                            EventKind.JOB_MOVED]  # fmt: skip


async def test_it_does_not_end_before_it_began(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.cleo):
        under = await agreed(house)
    async with verify_refusal(house, house.cleo, ValidationError, path="endDate"):
        await ending.end(await held(under), under.start_date - DAY)


async def test_a_job_that_cannot_be_cancelled_is_named(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.ada):
        under = await agreed(house)
        straight = await Workflow.design(name="Straight on", stages=[
            {"name": "To do", "category": "planned"}, {"name": "Done", "category": "done"},
        ])  # fmt: skip
        service = await Service.offer(name="Advice", workflow_id=straight.id)
        await job(under, "A question", service_id=service.id)

    async with verify_refusal(house, house.cleo, Locked, code="NO_CANCELLED_STAGE") as refusal:
        await ending.end(await held(under))

    assert "“A question”" in str(refusal.error)
    assert "“Straight on”" in str(refusal.error)


async def test_a_job_made_meanwhile_is_not_missed(cast: Cast) -> None:
    """Whoever makes the jobs holds the recurrence: the end waits for it, and then sees its jobs."""
    house = cast.harbour
    async with unit_of_work(house.cleo):
        under = await agreed(house)
        made = await weekly(house, await today() + 3 * DAY, horizon_days=60,
                            engagement_id=under.id)  # fmt: skip
    piece = Piece(WorkKind.MAKE_DUE_JOBS, house.id, made.id)

    async def end() -> None:
        async with unit_of_work(house.cleo):
            await ending.end(await held(under))

    await asyncio.gather(work_off(piece), end())

    assert await _not_begun(house, made.id) == []


async def _not_begun(house: House, recurrence_id: UUID) -> list[Any]:
    async with reading(house.cleo) as unit:
        return list(await unit.fetch(
            "select title from job where recurrence_id = $1 and category <> 'cancelled'",
            recurrence_id,
        ))  # fmt: skip
