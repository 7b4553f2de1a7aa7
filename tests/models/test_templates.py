"""Templates: drafts are edited, what is published stays."""

import asyncio
from typing import Any

import asyncpg
import pytest
from uuid_utils.compat import uuid7

from models.constraints import explained
from models.errors import Conflict, Locked, NotFound, ValidationError
from models.events import EventKind
from models.templates import Template
from models.unit_of_work import current, reading, unit_of_work
from tests.cast import Cast, House
from tests.templates import STEPS, bookkeeping_template
from tests.verify import verify_action, verify_refusal


async def titles_of(house: House, template: Template, number: int) -> list[str]:
    async with reading(house.system) as unit:
        rows = await unit.fetch(
            "select s.title from template_step s join template_version v"
            " on v.firm_id = s.firm_id and v.id = s.template_version_id"
            " where v.template_id = $1 and v.number = $2 order by s.number", template.id, number,
        )  # fmt: skip
    return [row["title"] for row in rows]


async def test_a_template_begins_with_the_draft_of_its_first_version(cast: Cast) -> None:
    house = cast.harbour
    async with verify_action(house, house.cleo) as action:
        template = await Template.design(
            name="Books", service_id=house.bookkeeping, step_list=STEPS
        )
        draft = await template.last_version()

    assert action.kinds == [
        EventKind.TEMPLATE_CREATED,
        EventKind.TEMPLATE_VERSION_BEGUN,
        *[EventKind.TEMPLATE_STEP_ADDED] * 4,
    ]
    assert (template.name, template.owner_role) == ("Books", "manager")
    assert (draft.number, draft.published_at) == (1, None)
    assert await titles_of(house, template, 1) == ["Gather", "Post", "Check", "Send"]


async def test_a_template_made_twice_under_one_id_is_made_once(cast: Cast) -> None:
    house, id = cast.harbour, uuid7()
    async with verify_action(house) as action:
        for _ in range(2):
            async with unit_of_work(house.cleo):
                await Template.design(
                    id=id, name="Books", service_id=house.bookkeeping, step_list=STEPS
                )
    assert action.kinds.count(EventKind.TEMPLATE_CREATED) == 1
    assert action.kinds.count(EventKind.TEMPLATE_STEP_ADDED) == 4


async def test_a_name_that_another_template_has_is_refused_by_what_it_is(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.cleo):
        await Template.design(name="Books", service_id=house.bookkeeping)
    async with verify_refusal(house, house.cleo, asyncpg.UniqueViolationError) as refusal:
        await Template.design(name="books", service_id=house.bookkeeping)
    refused = explained(refusal.error)
    assert (refused.path, refused.code) == (("name",), "TAKEN")


async def test_the_steps_of_a_draft_are_set_as_a_whole(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.cleo):
        template = await Template.design(
            name="Books", service_id=house.bookkeeping, step_list=STEPS
        )
    async with verify_action(house, house.cleo) as action:
        draft = await template.set_steps([{"title": "All of it"}])

    assert draft.number == 1
    assert action.kinds == [
        EventKind.TEMPLATE_STEPS_SET,
        *[EventKind.TEMPLATE_STEP_REMOVED] * 4,
        EventKind.TEMPLATE_STEP_ADDED,
    ]
    assert await titles_of(house, template, 1) == ["All of it"]


async def test_publishing_twice_is_once(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.cleo):
        template = await Template.design(
            name="Books", service_id=house.bookkeeping, step_list=STEPS
        )
    async with verify_action(house, house.cleo) as action:
        first = await template.publish()
        again = await template.publish()

    assert action.kinds == [EventKind.TEMPLATE_PUBLISHED]
    assert first.id == again.id
    assert again.published_at is not None


async def test_editing_what_is_published_begins_the_next_version(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.cleo):
        template = await bookkeeping_template(house)
    async with verify_action(house, house.cleo) as action:
        draft = await template.set_steps([{"title": "All of it"}])
        applied = await template.published_version()

    assert action.kinds == [
        EventKind.TEMPLATE_STEPS_SET,
        EventKind.TEMPLATE_VERSION_BEGUN,
        EventKind.TEMPLATE_STEP_ADDED,
    ]
    assert (draft.number, applied.number) == (2, 1)
    assert await titles_of(house, template, 1) == ["Gather", "Post", "Check", "Send"]


async def test_steps_that_somebody_set_meanwhile_are_not_written_over(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.cleo):
        template = await bookkeeping_template(house)
    seen = template.version
    async with verify_action(house, house.dan):
        await (await Template.load(template.id)).set_steps([{"title": "Dan's"}], seen)
    async with verify_refusal(house, house.cleo, Conflict, path="expectedVersion") as refusal:
        await (await Template.load(template.id)).set_steps([{"title": "Cleo's"}], seen)

    assert (refusal.error.version, refusal.error.changed_fields) == (seen + 1, ("steps",))
    assert await titles_of(house, template, 2) == ["Dan's"]


async def test_a_draft_that_was_published_meanwhile_is_edited_on_as_the_next(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.cleo):
        template = await bookkeeping_template(house)
        await template.set_steps([{"title": "Seen"}])
    async with unit_of_work(house.dan):
        await (await Template.load(template.id)).publish()
    async with verify_action(house, house.cleo):
        held = await Template.load(template.id)
        draft = await held.set_steps([{"title": "Changed"}], template.version)

    assert draft.number == 3


async def test_edits_at_once_leave_one_whole_list_on_one_draft(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.cleo):
        template = await bookkeeping_template(house)

    async def edit(number: int) -> None:
        async with unit_of_work(house.cleo):
            held = await Template.load(template.id)
            await held.set_steps([{"title": f"{number}a"}, {"title": f"{number}b"}])

    async with verify_action(house):
        await asyncio.gather(*(edit(number) for number in range(8)))

    first, second = await titles_of(house, template, 2)
    assert (first[0], first[1:], second[1:]) == (second[0], "a", "b")
    assert await titles_of(house, template, 3) == []


@pytest.mark.parametrize(
    ("step", "part"),
    [
        ({"title": "Circle", "depends_on": [1, 2]}, "dependsOn"),
        ({"title": "Later", "depends_on": [3]}, "dependsOn"),
        ({"title": "Before all", "depends_on": [0]}, "dependsOn"),
        ({"title": "Far", "due": {"anchor": "due", "count": 1001, "unit": "months"}}, "due.count"),
        ({"title": " "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"title": "Backwards", "estimate_seconds": -1}, "estimateSeconds"),
        ({"title": "For life", "estimate_seconds": 36_000_001}, "estimateSeconds"),
        ({"title": "A book", "notes": "x" * 20_001}, "notes"),
    ],
)
async def test_a_step_that_does_not_fit_is_named_by_its_place(
    step: dict[str, Any], part: str, cast: Cast
) -> None:
    house, steps, path = cast.harbour, [{"title": "First"}, step], f"steps.1.{part}"
    async with verify_refusal(house, house.cleo, ValidationError, path=path):
        await Template.design(name="Books", service_id=house.bookkeeping, step_list=steps)
    async with unit_of_work(house.cleo):
        template = await bookkeeping_template(house)
    async with verify_refusal(house, house.cleo, ValidationError, path=path):
        await template.set_steps(steps)


async def test_more_steps_than_a_job_has_are_refused(cast: Cast) -> None:
    async with verify_refusal(cast.harbour, cast.harbour.cleo, ValidationError, path="steps"):
        await Template.design(
            name="Books", service_id=cast.harbour.bookkeeping, step_list=[{"title": "Step"}] * 251
        )


async def test_an_empty_draft_is_not_published(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.cleo):
        template = await Template.design(name="Books", service_id=house.bookkeeping)
    async with verify_refusal(house, house.cleo, Locked, code="NO_STEPS"):
        await template.publish()


async def test_a_template_is_for_a_service_of_ones_own_firm(cast: Cast) -> None:
    async with verify_refusal(cast.harbour, cast.harbour.cleo, NotFound, path="serviceId"):
        await Template.design(name="Books", service_id=cast.alpine.bookkeeping)


FORGETFUL = {
    "taking back": "update template_version set published_at = null",
    "renumbering": "update template_version set number = number + 1",
    "dropping": "delete from template_version",
    "editing a step": "update template_step set title = 'Other'",
    "dropping a step": "delete from template_step where number = 4",
    "adding a step": """insert into template_step (firm_id, id, created_at, updated_at,
                          template_version_id, number, title)
                        select firm_id, gen_random_uuid(), now(), now(), id, 9, 'More'
                        from template_version""",
}


@pytest.mark.parametrize("act", FORGETFUL)
async def test_what_is_published_stays_whatever_code_forgets(act: str, cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.cleo):
        await bookkeeping_template(house)
    async with verify_refusal(house, house.cleo, asyncpg.RaiseError):
        await current().execute(FORGETFUL[act])
