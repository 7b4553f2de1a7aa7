"""The timesheet: a week typed in by keyboard, live, and what an invoice locks."""

import re

import pytest
from playwright.async_api import expect

from tests.journeys.conftest import PHONE
from tests.journeys.desk import Desk
from tests.journeys.pictures import Pictures
from tests.journeys.test_invoices import billable_job

pytestmark = pytest.mark.browser


async def test_time_is_typed_kept_noted_and_taken_back(priya: Desk, pictures: Pictures) -> None:
    await priya.new_job("Typed into the week")
    page = priya.page
    await priya.open("/timesheet")

    await page.get_by_role("button", name="Add a row").click()
    await page.keyboard.type("Typed into")
    await page.get_by_role("option", name="Typed into the week").click()
    row = page.locator(".timesheet tbody tr", has_text="Typed into the week")
    today = row.locator('.day[data-day="shown"] .cell')
    await expect(today).to_be_focused()
    await page.keyboard.type("1,5")
    await page.keyboard.press("Enter")
    await expect(row.locator(".row-total")).to_have_text("1:30")
    await today.focus()
    await page.get_by_label("What was done").fill("Read the ledger")
    await page.keyboard.press("Enter")
    await expect(today).to_have_attribute("data-note", "true")
    await expect(page.locator(".connection")).to_have_attribute("data-line", "live")
    assert await priya.serious_findings() == []
    await pictures.take(page, "timesheet.png")

    await priya.open("/timesheet")
    await expect(today).to_have_value("1:30")
    kept = await today.evaluate("cell => getComputedStyle(cell).color")
    await today.fill("25:00")
    await expect(today).to_have_attribute("aria-invalid", "true")
    await expect(today).to_have_attribute("title", re.compile("^Not kept"))
    await expect(today).not_to_have_css("color", kept)
    await page.keyboard.press("Escape")
    await expect(today).to_have_value("1:30")
    await today.fill("")
    await page.keyboard.press("Enter")
    await expect(row).to_have_count(0)


async def test_what_is_billed_is_locked_and_says_where_and_a_phone_shows_a_day(
    helen: Desk, pictures: Pictures
) -> None:
    job = await billable_job(helen, "Billed from the week")
    page = helen.page
    await page.set_viewport_size(PHONE["viewport"])
    await helen.open("/timesheet")
    row = page.locator(".timesheet tbody tr", has_text="Billed from the week")
    cell = row.locator('.day[data-day="shown"] .cell')
    await expect(cell).to_have_value("1:30")

    await helen.ask(
        "mutation ($input: DraftInvoiceInput!) { draftInvoice(input: $input) { errors { code } } }",
        input={"jobId": job},
    )

    await expect(cell).to_have_attribute("data-locked", "true")
    await cell.focus()
    await expect(page.locator(".entries")).to_contain_text("On a draft invoice")
    assert await page.evaluate("document.documentElement.scrollWidth") == 390
    await pictures.take(page, "timesheet-phone.png")
