"""The whole way, by three people: from a template to an invoice that is paid, and the books agree."""

import re
from decimal import Decimal
from typing import Any

import asyncpg
import pytest
from playwright.async_api import expect

from tests.filing import PDF
from tests.journeys.conftest import Seat
from tests.journeys.desk import Desk
from tests.journeys.server_process import Site
from tests.journeys.test_portal import let_in, made, sign_in
from tests.server.launcher import say

pytestmark = [pytest.mark.browser, pytest.mark.files]

EMAIL, CLIENT = "quill@quill.example", "Quill & Daughters"


async def test_from_a_template_to_a_paid_invoice_on_which_dashboard_and_ledger_agree(
    seat: Seat, phone: Desk, site: Site
) -> None:
    margaret = await seat("margaret@ashworth.example")
    priya = await seat("priya@ashworth.example")
    await let_in(margaret, CLIENT, EMAIL)
    await priya.look("?scope=everything&due=any&text=Quill")

    job = await apply_year_end_accounts(margaret)
    await expect(priya.card(CLIENT)).to_have_count(1)
    await ask_for_two_things(margaret)
    await priya.stands_in(CLIENT, "WAITING_ON_CLIENT")
    await send_both(phone, site)
    await priya.stands_in(CLIENT, "IN_PROGRESS")

    await work(priya, job)
    await review(priya, margaret, job)
    await bill(margaret)
    await owes(phone)
    await pay(margaret)
    await expect(phone.page.get_by_text("Settled invoices")).to_be_visible()

    await agree(margaret, site)


async def apply_year_end_accounts(margaret: Desk) -> str:
    page = margaret.page
    await margaret.open("/templates")
    await page.get_by_role("link", name="Year-end accounts").first.click()
    await page.get_by_role("button", name="Apply …").click()
    await page.locator(".form-choice").click()
    await page.keyboard.type("Quill")
    await page.get_by_role("option", name=CLIENT).click()
    await page.get_by_role("button", name="Make the job").click()
    await page.get_by_role("button", name="Open", exact=True).click()
    await expect(page).to_have_url(re.compile("/jobs/job_"))
    return page.url.rpartition("/")[2]


async def ask_for_two_things(margaret: Desk) -> None:
    page = margaret.page
    await page.get_by_role("button", name="Ask the client").click()
    await expect(page.get_by_text(f"told at {EMAIL}")).to_be_visible()
    await page.get_by_label("What it is about").fill("Papers")
    await page.get_by_label("What is needed, line 1").fill("The bank statement of December")
    await page.keyboard.press("Enter")
    await page.get_by_label("What is needed, line 2").fill("Did you buy or sell a car?")
    await page.get_by_label("A file or an answer, line 2").select_option("An answer")
    await page.get_by_role("button", name="Ask", exact=True).click()
    await expect(page.get_by_role("region", name="Papers")).to_contain_text("2 of 2 missing")


async def send_both(phone: Desk, site: Site) -> None:
    """By phone, through the letter's link, straight to S3."""
    await sign_in(phone, site, EMAIL)
    file: Any = {"name": "December.pdf", "mimeType": "application/pdf", "buffer": PDF}
    await phone.page.get_by_label("File: The bank statement").set_input_files(file)
    await expect(phone.page.get_by_text("1 of 2 still missing")).to_be_visible()
    await phone.page.get_by_label("Answer: Did you buy").fill("No.")
    await phone.page.get_by_role("button", name="Send the answer").click()
    await expect(phone.page.get_by_text("Nothing at the moment")).to_be_visible()


async def work(priya: Desk, job: str) -> None:
    """By the clock, and two hours more that were worked away from it."""
    page = priya.page
    await priya.open(f"/jobs/{job}")
    await page.locator("#room").get_by_role("button", name="Start timer").click()
    await expect(page.locator(".header-timer")).to_have_attribute("data-running", "true")
    await page.locator(".header-timer-stop").click()
    await expect(page.locator(".header-timer")).to_have_attribute("data-running", "false")
    await made(priya, "logTime", "timeEntry", jobId=job, seconds=7_200)


async def review(priya: Desk, margaret: Desk, job: str) -> None:
    page = priya.page
    await page.get_by_role("button", name="Ask for a review").click()
    await page.keyboard.type("Margaret")
    await page.get_by_role("option", name="Margaret Ashworth").click()

    await margaret.open(f"/jobs/{job}")
    await margaret.page.get_by_role("button", name="Sign off").click()
    await expect(page.get_by_text("Signed off by Margaret Ashworth")).to_be_visible()


async def bill(margaret: Desk) -> None:
    page = margaret.page
    await page.get_by_role("button", name="Draft an invoice").click()
    await page.get_by_role("button", name="Draft the invoice").click()
    await page.get_by_role("button", name="Issue …").click()
    await page.get_by_role("button", name="Issue for").click()
    await expect(page.locator("h1 .badge")).to_have_text("Issued")
    kind = "async ({ src }) => (await fetch(src)).headers.get('content-type')"
    assert await page.locator("iframe").evaluate(kind) == "application/pdf"


async def owes(phone: Desk) -> None:
    """It comes by itself, and its paper can be fetched."""
    owed = phone.page.get_by_role("region", name="What you owe")
    await expect(owed).to_contain_text("To pay")
    async with phone.page.expect_download() as download:
        await owed.get_by_role("link", name=re.compile("PDF of invoice")).click()
    paper = await (await download.value).path()
    assert paper.read_bytes().startswith(b"%PDF-")


async def pay(margaret: Desk) -> None:
    """In two parts."""
    page = margaret.page
    for amount, state in (("50.00", "Part paid"), (None, "Paid")):
        await page.get_by_role("button", name="Record payment …").click()
        if amount is not None:
            await page.get_by_label("Amount (GBP)").fill(amount)
        await page.get_by_role("button", name="Record", exact=True).click()
        await expect(page.locator("h1 .badge")).to_have_text(state)


LEDGER = """select
    -sum(e.amount) filter (where e.account in ('fees', 'adjustments') and this_month) as billed,
    sum(e.amount) filter (where e.account = 'bank' and this_month) as paid,
    sum(e.amount) filter (where e.account = 'receivable') as outstanding
  from client c join firm f on f.id = c.firm_id join ledger_entry e on e.firm_id = f.id
  join ledger_transaction t on t.firm_id = e.firm_id and t.id = e.transaction_id
  cross join lateral (
    select t.posted_on >= date_trunc('month', now() at time zone f.time_zone) as this_month) month
  where c.name = $1 and e.currency = 'GBP'"""
"""In minor units, of the firm that has this client."""


async def agree(margaret: Desk, site: Site) -> None:
    """What the dashboard shows of this month is to the cent what the ledger's entries sum to."""
    page = margaret.page
    await margaret.open("/dashboard?period=month")
    connection = await asyncpg.connect(site.environment["MIGRATE_DATABASE_URL"])
    try:
        sums = await connection.fetchrow(LEDGER, CLIENT)
    finally:
        await connection.close()
    assert sums is not None
    billed, outstanding = (
        page.locator(".key", has=page.get_by_text(name, exact=True))
        for name in ("Billed", "Outstanding today")
    )
    assert _amount(await billed.locator("b").inner_text()) == sums["billed"]
    assert _amount(await billed.locator("span").inner_text()) == sums["paid"]
    assert _amount(await outstanding.locator("b").inner_text()) == sums["outstanding"]

    code, told, _ = await say("ledger", "verify", before=(), **site.environment)
    assert (code, "balance" in told) == (0, True), told


def _amount(words: str) -> Decimal:
    """Minor units of what is written like £1,234.50."""
    found = re.search(r"£([\d,]+\.\d\d)", words)
    assert found is not None, words
    return Decimal(found[1].replace(",", "")) * 100
