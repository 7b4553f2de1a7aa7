"""Who writes in a field is told of others who wrote there meanwhile, and never of themselves."""

import asyncio

import pytest
from playwright.async_api import Response, Route, expect

from tests.journeys.desk import Desk

pytestmark = pytest.mark.browser


async def rename(desk: Desk, old: str, new: str) -> None:
    await desk.page.get_by_role("button", name=old, exact=True).click()
    await desk.page.get_by_label("Title", exact=True).fill(new)
    await desk.page.get_by_label("Title", exact=True).press("Enter")


async def title(desk: Desk, job: str) -> str:
    found = await desk.ask("query ($id: ID!) { job(id: $id) { title } }", id=job)
    return str(found["job"]["title"])


def says(answer: Response, words: str) -> bool:
    return words in (answer.request.post_data or "")


async def test_who_was_writing_while_another_renamed_the_job_does_not_take_it_back(
    helen: Desk, priya: Desk
) -> None:
    job = await helen.new_job("Begun by two")
    for desk in (helen, priya):
        await desk.open(f"/jobs/{job}")
    await helen.page.get_by_role("button", name="Begun by two", exact=True).click()
    mine = helen.page.get_by_label("Title", exact=True)
    await mine.fill("As Helen calls it")

    await rename(priya, "Begun by two", "As Priya calls it")
    await expect(mine).to_have_attribute("value", "As Priya calls it")  # it was heard of
    await mine.press("Enter")

    refusal = helen.page.get_by_text("Priya Raman changed the title of this job meanwhile.")
    await expect(refusal).to_be_visible()
    assert await title(helen, job) == "As Priya calls it"


async def test_who_renames_twice_on_a_slow_line_is_not_told_of_themselves(helen: Desk) -> None:
    job = await helen.new_job("Called wrongly")
    await helen.open(f"/jobs/{job}")
    goes = asyncio.Event()

    async def hold(route: Route) -> None:
        await goes.wait()
        await route.continue_()

    await helen.page.route("**/graphql", hold)
    await rename(helen, "Called wrongly", "Called almost rightly")
    await rename(helen, "Called almost rightly", "Called rightly")
    async with helen.page.expect_response(lambda answer: says(answer, "Called rightly")):
        goes.set()

    assert await title(helen, job) == "Called rightly"


async def test_notes_are_seen_as_they_are_kept_and_what_is_not_kept_stays_in_sight_of_its_writer(
    helen: Desk, priya: Desk
) -> None:
    made = await helen.ask(
        "mutation ($input: CreateTaskInput!) { createTask(input: $input) { task { id } } }",
        input={"title": "Noted by two"},
    )
    for desk in (helen, priya):
        await desk.look(f"?show=tasks&task={made['createTask']['task']['id']}")
    mine, theirs = (desk.page.get_by_label("Notes", exact=True) for desk in (helen, priya))
    await theirs.fill("A folder")
    await theirs.blur()
    await expect(mine).to_have_value("A folder")
    await mine.fill("The red folder")

    await theirs.fill("The blue folder")
    async with priya.page.expect_response(lambda answer: says(answer, "The blue folder")):
        await theirs.blur()
    await mine.blur()

    drawer = helen.page.locator(".drawer")
    await expect(drawer).to_contain_text("Not kept, yours to copyThe red folder")
    await expect(mine).to_have_value("The blue folder")


async def test_what_somebody_else_noted_with_ones_time_meanwhile_is_not_written_over(
    helen: Desk, priya: Desk
) -> None:
    await priya.new_job("Noted in the week")
    page = priya.page
    await priya.open("/timesheet")
    await page.get_by_role("button", name="Add a row").click()
    await page.keyboard.type("Noted in")
    await page.get_by_role("option", name="Noted in the week").click()
    row = page.locator(".timesheet tbody tr", has_text="Noted in the week")
    async with page.expect_response(lambda answer: says(answer, "logTime")) as logged:
        await page.keyboard.type("1:30")
        await page.keyboard.press("Enter")
    entry = (await (await logged.value).json())["data"]["logTime"]["timeEntry"]["id"]
    await row.locator('.day[data-day="shown"] .cell').focus()
    mine = page.get_by_label("What was done")
    await mine.fill("As Priya has it")

    await helen.ask(
        "mutation ($input: UpdateTimeEntryInput!) { updateTimeEntry(input: $input) { streamCursor } }",
        input={"id": entry, "note": "As Helen has it", "seconds": 7200},
    )
    await expect(row.locator(".row-total")).to_have_text("2:00")  # it was heard of
    await mine.blur()

    await expect(
        page.get_by_text("Helen Pryce changed the note of this time entry meanwhile.")
    ).to_be_visible()
    await expect(mine).to_have_value("As Helen has it")
    entries = page.get_by_role("region", name="Entries")
    await expect(entries).to_contain_text("Not kept, yours to copyAs Priya has it")
