"""Applying a template: the job, its tasks, owners, due dates and dependencies in one act."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from uuid_utils.compat import uuid7

from models import clock
from models.clients import Client, ClientRole
from models.errors import NotFound, ValidationError
from models.events import EventKind
from models.firms import Office
from models.jobs import Job
from models.members import Member
from models.tasks import Task
from models.templates import Template
from models.templates.applying import apply, plan
from models.unit_of_work import reading, unit_of_work
from tests.cast import Cast, House
from tests.templates import bookkeeping_template
from tests.verify import verify_action, verify_refusal

MARCH: dict[str, Any] = {
    "period_start": date(2026, 3, 1), "period_end": date(2026, 3, 31),
    "start_date": date(2026, 4, 2), "due_date": date(2026, 4, 20),
}  # fmt: skip


async def published(house: House, **more: Any) -> Template:
    async with unit_of_work(house.cleo):
        return await bookkeeping_template(house, **more)


async def tasks_of(house: House, job: Job) -> list[Task]:
    async with reading(house.system) as unit:
        rows = await unit.fetch("select * from task where job_id = $1 order by step", job.id)
    return [Task.from_row(row) for row in rows]


async def test_a_template_becomes_a_job_with_owners_dates_and_dependencies(cast: Cast) -> None:
    house = cast.harbour
    template = await published(house)
    async with verify_action(house, house.dan) as action:
        job = await apply(template, client_id=house.bakery, **MARCH)

    assert action.kinds == [
        EventKind.JOB_CREATED,
        *[EventKind.TASK_CREATED] * 4,
        *[EventKind.DEPENDENCY_ADDED] * 4,
    ]
    async with reading(house.dan):
        version = await template.published_version()
    assert job.template_version_id == version.id
    assert (job.title, job.service_id, job.workflow_id, job.owner_id, job.budget_seconds) == (
        "Monthly books March 2026", house.bookkeeping, house.standard, house.ben.id, 9000,
    )  # fmt: skip
    assert [(task.title, task.assignee_id, task.due_date, task.status)
            for task in await tasks_of(house, job)] == [
        ("Gather", house.dan.id, date(2026, 4, 6), "ready"),
        ("Post", house.dan.id, date(2026, 4, 7), "planned"),
        ("Check", house.eve.id, date(2026, 4, 17), "planned"),
        ("Send", None, None, "planned"),
    ]  # fmt: skip


async def test_what_is_said_is_not_looked_for(cast: Cast) -> None:
    house = cast.harbour
    template = await published(house)
    async with verify_action(house, house.cleo):
        job = await apply(
            template, client_id=house.bakery, title="Spring", owner_id=house.cleo.id,
            team_id=house.ledgers, engagement_id=house.engagement, **MARCH,
        )  # fmt: skip
    assert (job.title, job.owner_id, job.team_id, job.engagement_id) == (
        "Spring", house.cleo.id, house.ledgers, house.engagement,
    )  # fmt: skip
    assert {task.team_id for task in await tasks_of(house, job)} == {house.ledgers}


async def test_a_role_that_nobody_holds_leaves_the_step_to_nobody(cast: Cast) -> None:
    house = cast.harbour
    template = await published(house)
    async with verify_action(house, house.cleo):
        job = await apply(template, client_id=house.mill, **MARCH)
    assert job.owner_id is None
    assert {task.assignee_id for task in await tasks_of(house, job)} == {None}


async def test_roles_are_those_of_the_day_the_job_starts(cast: Cast) -> None:
    house = cast.harbour
    template = await published(house)
    async with unit_of_work(house.ada):
        client = await Client.load(house.mill)
        was = await client.assign(await Member.load(house.dan.id), "preparer",
                                  from_date=date(2026, 1, 1))  # fmt: skip
        await was.end(date(2026, 4, 1))
        await client.assign(await Member.load(house.eve.id), "preparer",
                            from_date=date(2026, 4, 2))  # fmt: skip
        before = {**MARCH, "start_date": date(2026, 4, 1)}
        first = await apply(template, client_id=house.mill, **before)
        second = await apply(template, client_id=house.mill, **MARCH)
    assert (await tasks_of(house, first))[0].assignee_id == house.dan.id
    assert (await tasks_of(house, second))[0].assignee_id == house.eve.id


async def test_of_two_who_hold_a_role_who_has_left_is_passed_over(cast: Cast) -> None:
    house = cast.harbour
    template = await published(house)
    async with unit_of_work(house.ada):
        await (await Member.load(house.dan.id)).leave(date(2026, 4, 1))
        job = await apply(template, client_id=house.bakery, **MARCH)
        assert await ClientRole.filter(client_id=house.bakery, role="preparer").count() == 2
    assert (await tasks_of(house, job))[0].assignee_id == house.finn.id


async def test_who_has_their_last_day_where_the_firm_is_has_not_left_wherever_they_are(
    cast: Cast,
) -> None:
    house = cast.harbour
    template = await published(house)
    async with unit_of_work(house.ada):
        office = await Office.create(EventKind.OFFICE_OPENED, given={
            "legal_entity_id": (await Office.main()).legal_entity_id, "name": "Far east",
            "time_zone": "Pacific/Kiritimati", "country": "KI",
        })  # fmt: skip
        dan = await Member.load(house.dan.id)
        await dan.change({"office_id": office.id}, None)
        await dan.leave(date(2026, 4, 2))
    noon = datetime(2026, 4, 2, 12, tzinfo=UTC)

    async with verify_action(house, house.cleo, at=noon):
        job = await apply(template, client_id=house.bakery, **MARCH)

    assert (await tasks_of(house, job))[0].assignee_id == house.dan.id
    for hours, has_left in ((10, False), (11, True)):  # London is an hour ahead of UTC
        async with unit_of_work(house.cleo, at=noon + timedelta(hours=hours)):
            assert await (await Member.load(house.dan.id)).has_left() is has_left


async def test_without_dates_a_job_starts_today_and_is_named_by_its_template(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.cleo):
        template = await Template.design(
            service_id=house.accounts, name="Advice", owner_role=None,
            step_list=[{"title": "Call", "due": {"anchor": "start", "count": 0,
                                                 "unit": "calendar_days"}}],
        )  # fmt: skip
        await template.publish()
    async with verify_action(house, house.cleo):
        job = await apply(template, client_id=house.bakery)
        today = await clock.today("Europe/London")
    assert (job.title, job.start_date, job.due_date, job.owner_id, job.budget_seconds) == (
        "Advice", today, None, None, None,
    )  # fmt: skip
    assert (await tasks_of(house, job))[0].due_date == today


async def test_what_is_late_already_starts_on_the_day_it_was_due(cast: Cast) -> None:
    house = cast.harbour
    template = await published(house)
    async with verify_action(house, house.cleo):
        job = await apply(template, client_id=house.bakery, period_end=date(2025, 12, 31),
                          due_date=date(2026, 1, 5))  # fmt: skip
    assert job.start_date == job.due_date


async def test_a_date_that_a_step_counts_from_is_asked_for(cast: Cast) -> None:
    house = cast.harbour
    template = await published(house)
    for name, path in (("due_date", "dueDate"), ("period_end", "periodEnd")):
        less = {key: value for key, value in MARCH.items() if key != name}
        async with verify_refusal(house, house.cleo, ValidationError, path=path):
            await apply(template, client_id=house.bakery, **less)


async def test_what_the_job_would_be_refused_for_is_not_planned(cast: Cast) -> None:
    house = cast.harbour
    template = await published(house)
    for path, wrong in (("periodEnd", {"period_start": date(2026, 4, 1)}),
                        ("dueDate", {"due_date": date(2026, 4, 1)})):  # fmt: skip
        async with reading(house.dan):
            with pytest.raises(ValidationError) as refused:
                await plan(template, house.bakery, **{**MARCH, **wrong})
        assert refused.value.path == (path,)


async def test_applied_twice_under_one_id_it_makes_one_job_even_by_a_newer_version(
    cast: Cast,
) -> None:
    house, id = cast.harbour, uuid7()
    template = await published(house)
    async with verify_action(house, house.cleo):
        first = await apply(template, id=id, client_id=house.bakery, **MARCH)
        await template.set_steps([{"title": "All of it"}])
        await template.publish()
        again = await apply(template, id=id, client_id=house.bakery, **MARCH)
    assert again.id == first.id
    assert len(await tasks_of(house, again)) == 4


async def test_a_draft_is_not_applied(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.cleo):
        template = await Template.design(
            name="Books", service_id=house.bookkeeping, step_list=[{"title": "A"}]
        )
    async with verify_refusal(house, house.cleo, ValidationError, code="NOT_PUBLISHED"):
        await apply(template, client_id=house.bakery)


async def test_a_hidden_client_is_like_none(cast: Cast) -> None:
    house = cast.harbour
    template = await published(house)
    async with verify_refusal(house, house.dan, NotFound, path="clientId"):
        await apply(template, client_id=house.vault, **MARCH)
