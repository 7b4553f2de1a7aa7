"""The page of one job: what the drawer shows, and around it requests, time and invoices, live."""

import re

import pytest
from playwright.async_api import expect

from tests.journeys.conftest import PHONE
from tests.journeys.desk import Desk
from tests.journeys.pictures import Pictures
from tests.journeys.test_invoices import billable_job
from tests.journeys.test_portal import made

pytestmark = pytest.mark.browser


async def test_a_job_has_a_page_that_tells_all_of_it_live(
    helen: Desk, priya: Desk, pictures: Pictures
) -> None:
    job = await billable_job(helen, "A page of its own")
    page = helen.page
    await helen.look(f"?job={job}")
    await page.get_by_role("link", name="Open its page").click()
    await expect(page.locator(".unbilled")).to_contain_text("1:30 h not billed yet, worth £180.00")

    await priya.open(f"/jobs/{job}")
    await priya.page.get_by_label("Title of a new step").fill("Read the ledger")
    await priya.page.keyboard.press("Enter")
    await priya.ask(
        "mutation ($input: CreateRequestInput!) { createRequest(input: $input) { errors { code } } }",
        input={"jobId": job, "title": "For the year end", "items": [
            {"kind": "FILE", "text": "Bank statements"}, {"kind": "QUESTION", "text": "Any loans?"},
        ]},
    )  # fmt: skip

    await expect(page.locator(".step-title")).to_have_text("Read the ledger")
    await expect(page.get_by_role("region", name="For the year end")).to_contain_text("Any loans?")
    await page.get_by_role("button", name="Complete: Read the ledger").click()
    await expect(priya.page.locator(".progress")).to_have_attribute("data-complete", "true")
    assert await helen.serious_findings() == []
    await pictures.take(page, "job.png")

    await page.get_by_role("button", name="Draft an invoice").click()
    await page.get_by_role("button", name="Draft the invoice").click()
    await expect(page).to_have_url(re.compile("/invoices[?]invoice="))


async def test_who_cancels_a_job_is_told_what_no_undo_brings_back(helen: Desk) -> None:
    page = helen.page
    job = await helen.new_job("Given up")
    await made(helen, "createRequest", "request", jobId=job, title="Old papers",
               items=[{"kind": "QUESTION", "text": "Any loans?"}])  # fmt: skip
    await helen.open(f"/jobs/{job}")
    await page.get_by_role("button", name="Stage").click()
    await page.get_by_role("option", name="Cancelled").click()

    await expect(page.locator(".toast-words")).to_contain_text("Undo does not ask again.")
    await page.get_by_role("button", name="Undo").click()
    await expect(page.get_by_role("button", name="Stage Waiting on client")).to_be_visible()
    await expect(page.get_by_role("region", name="Old papers")).to_contain_text("Cancelled")


async def test_a_job_that_is_not_there_says_so(helen: Desk) -> None:
    await helen.page.set_viewport_size(PHONE["viewport"])
    await helen.open(f"/jobs/job_{'0' * 32}")
    await expect(helen.page.get_by_role("heading", name="This job is not here")).to_be_visible()
