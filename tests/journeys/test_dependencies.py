"""What waits for what: tied and untied in the drawer, not waited for with a reason, drawn in time."""

import pytest
from playwright.async_api import expect

from tests.journeys.conftest import HELEN, PHONE, Seat
from tests.journeys.desk import Desk
from tests.journeys.pictures import Pictures

pytestmark = pytest.mark.browser


async def open_step(desk: Desk, job: str, step: str) -> None:
    await desk.look(f"?job={job}")
    await desk.page.get_by_role("button", name=f"Notes and comments: {step}").click()
    await expect(desk.page.get_by_role("heading", name="Waits for")).to_be_visible()


async def tie(desk: Desk, blocker: str, *, kind: str = "FINISH_TO_START", lag: str = "0") -> None:
    """Let the task in the drawer wait for another, as it is found by its title."""
    page = desk.page
    await page.get_by_role("button", name="Wait for a task").click()
    await page.get_by_label("How it waits").select_option(kind)
    await page.get_by_role("button", name="Which task?").click()
    await page.get_by_label("Search: What it waits for").fill(blocker)
    await page.get_by_role("option", name=blocker).first.click()
    await page.get_by_label("business days later").fill(lag)
    await page.get_by_role("button", name="Wait for it", exact=True).click()


async def tied(desk: Desk, title: str, *ties: tuple[int, int, str, int], **estimates: int) -> str:
    """A job of three steps that wait for one another as said: (step, for, kind, lag)."""
    job = await desk.new_job(title, f"Gather {title}", f"Post {title}", f"Check {title}")
    found = await desk.ask("query ($id: ID!) { job(id: $id) { tasks { id } } }", id=job)
    tasks = [task["id"] for task in found["job"]["tasks"]]
    for blocked, blocker, kind, lag in ties:
        made = await desk.ask(
            """mutation ($input: AddDependencyInput!) { addDependency(input: $input) {
                 errors { message } } }""",
            input={"blockedId": tasks[blocked], "blockerId": tasks[blocker], "kind": kind,
                   "lagDays": lag},
        )  # fmt: skip
        assert made["addDependency"]["errors"] == []
    for number, seconds in enumerate(estimates.values()):
        await desk.ask(
            """mutation ($input: UpdateTaskInput!) { updateTask(input: $input) {
                 errors { message } } }""",
            input={"id": tasks[number], "estimateSeconds": seconds},
        )
    return job


async def test_a_step_is_tied_to_another_in_its_drawer_and_others_see_it(
    helen: Desk, priya: Desk, pictures: Pictures
) -> None:
    job = await helen.new_job("Tied", "Gather slips", "Post slips")
    await priya.open(f"/jobs/{job}")
    await open_step(helen, job, "Post slips")
    await tie(helen, "Gather slips", kind="START_TO_START", lag="2")
    drawer = helen.page.locator(".drawer")

    await expect(drawer.locator(".wait")).to_contain_text(
        "Begins after Gather slips is begun, 2 business days later"
    )
    await expect(drawer.locator(".notice-line")).to_contain_text("once Gather slips is begun")
    await expect(priya.page.locator(".step-blocked")).to_contain_text("once Gather slips is begun")
    assert await helen.serious_findings() == []
    await pictures.take(helen.page, "waits.png")

    await drawer.get_by_role("button", name="Gather slips", exact=True).click()
    await expect(helen.page.locator("#drawer-title")).to_have_text("Gather slips")
    await tie(helen, "Post slips")
    await expect(drawer.get_by_role("alert")).to_have_text(
        "That would be a circle: “Gather slips” → “Post slips” → “Gather slips”."
    )

    await open_step(helen, job, "Post slips")
    await drawer.get_by_role("button", name="Wait no more for Gather slips").click()
    await expect(drawer.locator(".part-empty")).to_have_text("Nothing: it can be begun.")
    await expect(priya.page.locator(".step-blocked")).to_have_count(0)
    await helen.page.set_viewport_size(PHONE["viewport"])
    await drawer.get_by_role("button", name="Wait for a task").click()
    assert await helen.page.evaluate("document.documentElement.scrollWidth") == 390
    await pictures.take(helen.page, "waits-phone.png")


async def test_a_manager_who_does_not_wait_says_why_and_it_is_read_where_it_waits(
    helen: Desk,
) -> None:
    job = await tied(helen, "hurry", (1, 0, "FINISH_TO_START", 0))
    page = helen.page
    await helen.look(f"?job={job}")
    await page.get_by_role("button", name="Complete: Post hurry").click()
    await expect(page.locator(".toast")).to_contain_text("It waits for “Gather hurry”.")
    await page.get_by_role("button", name="Do it all the same …").click()
    await page.get_by_role("textbox", name="Why does it not wait?").fill("The bank is down.")
    await page.get_by_role("button", name="Do it all the same", exact=True).click()
    await expect(page.get_by_role("button", name="Reopen: Post hurry")).to_be_visible()

    await open_step(helen, job, "Post hurry")
    await expect(page.locator(".wait-override")).to_have_text(
        "Helen Pryce did not wait: The bank is down."
    )


async def test_a_manager_begins_a_step_all_the_same_from_its_drawer(helen: Desk) -> None:
    job = await tied(helen, "early", (1, 0, "FINISH_TO_START", 0))
    page = helen.page
    await open_step(helen, job, "Post early")
    await page.get_by_role("button", name="Begin it all the same …").click()
    await page.get_by_role("textbox", name="Why does it not wait?").fill("They are on the phone.")
    assert await helen.serious_findings() == []
    await page.get_by_role("button", name="Begin it all the same", exact=True).click()

    await expect(page.locator(".wait-override")).to_contain_text("They are on the phone.")
    await expect(page.locator(".facts")).to_contain_text("In progress")


async def test_a_job_is_drawn_in_time_with_what_must_not_slip_in_words(
    helen: Desk, priya: Desk, seat: Seat, pictures: Pictures
) -> None:
    job = await tied(
        helen, "drawn", (1, 0, "FINISH_TO_START", 1), (2, 0, "FINISH_TO_START", 0),
        gather=2 * 28_800, post=3 * 28_800, check=28_800,
    )  # fmt: skip
    page = helen.page
    await helen.open(f"/jobs/{job}")
    timeline = page.get_by_role("region", name="Timeline")
    await expect(timeline).to_contain_text("Must not slip: Gather drawn → Post drawn.")
    rows = timeline.locator(".timeline-row")
    await expect(rows).to_have_count(3)
    await expect(rows.nth(1)).to_contain_text("must not slip")
    await expect(rows.nth(2)).to_contain_text("3 days to spare")
    await expect(timeline.locator("path[data-critical=true]")).to_have_count(1)
    await expect(timeline.locator("path")).to_have_count(2)
    assert await helen.serious_findings() == []
    await pictures.take(page, "timeline.png")

    await priya.ask(
        """mutation ($input: CompleteTaskInput!) { completeTask(input: $input) {
             errors { message } } }""",
        input={"id": await step_of(priya, job, 0)},
    )
    await expect(rows.nth(0)).to_contain_text("done")
    await expect(timeline).to_contain_text("Must not slip: Post drawn.")

    dark = await seat(HELEN, color_scheme="dark")
    await dark.open(f"/jobs/{job}")
    await expect(dark.page.get_by_role("region", name="Timeline")).to_be_visible()
    assert await dark.serious_findings() == []
    await pictures.take(dark.page, "timeline-dark.png")
    await page.set_viewport_size(PHONE["viewport"])
    assert await helen.serious_findings() == []
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await timeline.scroll_into_view_if_needed()
    await pictures.take(page, "timeline-phone.png")


async def step_of(desk: Desk, job: str, number: int) -> str:
    found = await desk.ask("query ($id: ID!) { job(id: $id) { tasks { id } } }", id=job)
    id: str = found["job"]["tasks"][number]["id"]
    return id
