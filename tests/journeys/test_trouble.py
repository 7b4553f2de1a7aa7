"""When something goes wrong: the page says so, loses nothing, and comes back by itself."""

import pytest
from playwright.async_api import expect

from tests.journeys.desk import Desk

pytestmark = pytest.mark.browser


async def test_what_could_not_be_opened_opens_when_the_line_is_back(helen: Desk) -> None:
    await helen.new_job("Opened without a line", "Look into it")
    # However many cards the others have made: it is on the first page of any column.
    await helen.look("?due=any&text=Opened+without+a+line")
    await helen.context.set_offline(True)
    await expect(helen.page.locator(".connection")).to_have_attribute("data-line", "offline")
    await helen.card("Opened without a line").locator(".card-open").click()
    drawer = helen.page.locator(".drawer")
    await expect(drawer).to_contain_text("could not be fetched")
    await expect(drawer.get_by_role("button", name="Close")).to_be_visible()
    await helen.page.keyboard.press("g")
    await helen.page.keyboard.press("p")
    await expect(helen.page.locator("#board")).to_contain_text("could not be opened")

    await helen.context.set_offline(False)

    await expect(helen.card("Opened without a line")).to_have_count(1)
    await expect(drawer.locator(".step-title")).to_have_text(["Look into it"])
    await helen.is_live()


async def test_a_job_in_review_opens_before_all_about_it_is_known(helen: Desk) -> None:
    await helen.look()
    job = await helen.new_job("Looked over twice")
    made = await helen.ask(
        """mutation ($input: RequestReviewInput!) { requestReview(input: $input) {
             errors { message } } }""",
        input={"jobId": job, "reviewerId": await _daniel(helen)},
    )
    assert made["requestReview"]["errors"] == []
    await helen.stands_in("Looked over twice", "IN_REVIEW")

    await helen.card("Looked over twice").locator(".card-open").click()

    await expect(helen.page.locator(".drawer")).to_contain_text("Review by Daniel Okafor")
    await helen.page.keyboard.press("Escape")
    await expect(helen.card("Looked over twice").locator(".card-open")).to_be_focused()


async def _daniel(desk: Desk) -> str:
    found = await desk.ask("{ members(first: 50) { nodes { id name } } }")
    ids: dict[str, str] = {one["name"]: one["id"] for one in found["members"]["nodes"]}
    return ids["Daniel Okafor"]
