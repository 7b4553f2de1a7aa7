"""The drawer's activity: what happened, and nobody named for what they did not do."""

import pytest
from playwright.async_api import expect

from tests.journeys.desk import Desk
from tests.journeys.pictures import Pictures

pytestmark = pytest.mark.browser


async def test_a_move_names_the_stage_and_a_job_handed_on_names_the_person(
    helen: Desk, priya: Desk
) -> None:
    job = await helen.new_job("Told in full", "First", "Second")
    colleague = (await priya.ask("{ viewer { member { id } } }"))["viewer"]["member"]["id"]
    await helen.look(f"?job={job}")
    activity = helen.page.locator(".activity li")
    await priya.ask(
        "mutation ($id: ID!) { moveJob(input: {id: $id, category: READY}) { errors { message } } }",
        id=job,
    )
    await expect(activity.first).to_contain_text("Priya Raman moved it to Ready")

    await helen.ask(
        """mutation ($id: ID!, $to: ID!) {
             assignJob(input: {id: $id, ownerId: $to}) { errors { message } } }""",
        id=job, to=colleague,
    )  # fmt: skip

    await expect(activity.first).to_contain_text("You gave it to Priya Raman")
    await helen.ask(
        """mutation ($id: ID!) {
             moveJob(input: {id: $id, category: IN_PROGRESS}) { errors { message } } }""",
        id=job,
    )
    await expect(activity.first).to_contain_text("You moved it to In progress")
    # Where an earlier move led, the stream does not tell.
    await expect(activity.nth(2)).to_contain_text("moved it to another stage")


async def test_a_step_that_becomes_ready_by_itself_was_moved_by_nobody(
    helen: Desk, pictures: Pictures
) -> None:
    job = await helen.new_job("One after another", "Gather papers", "Post papers")
    found = await helen.ask("query ($id: ID!) { job(id: $id) { tasks { id } } }", id=job)
    first, second = (task["id"] for task in found["job"]["tasks"])
    await helen.ask(
        """mutation ($second: ID!, $first: ID!) {
             addDependency(input: {blockedId: $second, blockerId: $first}) {
               errors { message } } }""",
        first=first, second=second,
    )  # fmt: skip
    await helen.ask(
        """mutation ($id: ID!) {
             moveTask(input: {id: $id, status: PLANNED}) { errors { message } } }""",
        id=second,
    )
    await helen.look(f"?job={job}")

    await helen.page.get_by_role("button", name="Complete: Gather papers").click()

    activity = helen.page.locator(".activity li")
    ready = activity.filter(has_text="“Post papers” became ready")
    await expect(ready).to_have_count(1)
    await expect(ready).not_to_contain_text("You")
    await expect(activity.filter(has_text="You completed “Gather papers”")).to_have_count(1)
    await activity.first.scroll_into_view_if_needed()
    await pictures.take(helen.page, "activity.png")
