"""The dashboard: figures that answer, live, by eye, by key and in a table."""

import re
from typing import Any

import pytest
from playwright.async_api import expect

from tests.journeys.conftest import PHONE, Seat
from tests.journeys.desk import Desk
from tests.journeys.pictures import Pictures

pytestmark = pytest.mark.browser

HOURS, BILLING, OWED, TAKE = (
    "Where did our hours go?", "What did we bill, and what came in?",
    "Who owes us, and since when?", "How long do clients take?",
)  # fmt: skip


async def do(desk: Desk, verb: str, answer: str, **input: Any) -> Any:
    kind = verb[0].upper() + verb[1:] + "Input!"
    made = await desk.ask(
        f"mutation ($input: {kind}) {{ {verb}(input: $input) {{ {answer} errors {{ message }} }} }}",
        input=input,
    )
    assert made[verb]["errors"] == []
    return made[verb]


async def issued(desk: Desk, title: str) -> str:
    """An invoice of an hour and a half at 120, issued today."""
    job = await desk.new_job(title)
    await do(desk, "setRate", "rate { id }", jobId=job, fromDate="2020-01-01", hourly="120")
    await do(desk, "logTime", "timeEntry { id }", jobId=job, seconds=5400)
    id: str = (await do(desk, "draftInvoice", "invoice { id }", jobId=job))["invoice"]["id"]
    await do(desk, "issueInvoice", "invoice { id }", id=id)
    return id


async def issued_in_euros(desk: Desk) -> None:
    """An invoice for a client from elsewhere."""
    made = await do(desk, "createClient", "client { id }", name="Elsewhere SA", currency="EUR")
    drafted = await do(desk, "draftInvoice", "invoice { id }", clientId=made["client"]["id"])
    id = drafted["invoice"]["id"]
    await do(desk, "addInvoiceLine", "invoice { id }", invoiceId=id, description="Advice",
             price={"amount": "500.00", "currency": "EUR"}, taxRate="0")  # fmt: skip
    await do(desk, "issueInvoice", "invoice { id }", id=id)


async def test_questions_are_answered_in_figures_that_stay_current(
    helen: Desk, pictures: Pictures
) -> None:
    invoice = await issued(helen, "Told by the dashboard")
    page = helen.page
    await helen.open("/dashboard")

    hours = page.get_by_role("region", name=HOURS, exact=True)
    await expect(hours.locator(".figure-answer")).to_contain_text("worked were billable")
    await page.set_viewport_size({"width": 1440, "height": 1000})
    await pictures.take(page, "dashboard.png")
    chart = hours.get_by_role("group", name=HOURS)
    await chart.focus()
    await page.keyboard.press("ArrowLeft")
    await expect(hours.get_by_role("status")).to_have_text(
        re.compile(r"^\w+ \d{4}: Billable .* h, Not billable .* h, Capacity .* h$")
    )
    await hours.get_by_role("button", name="Show the table").click()
    await expect(hours.get_by_role("row")).to_have_count(13)
    assert await helen.serious_findings() == []

    paid = page.locator(".keys span", has_text="came in")
    before = await paid.inner_text()
    await do(helen, "recordPayment", "invoice { id }", invoiceId=invoice, provider="bank",
             externalId="dashboard", amount={"amount": "0.01", "currency": "GBP"})  # fmt: skip
    await expect(paid).not_to_have_text(before)

    owed = page.get_by_role("region", name=OWED, exact=True)
    await expect(owed.locator(".figure-answer")).not_to_contain_text("currencies")
    await issued_in_euros(helen)
    for figure in (owed, page.get_by_role("region", name=BILLING, exact=True)):
        await expect(figure.locator(".figure-answer")).to_contain_text("Drawn in GBP; other")

    take = page.get_by_role("region", name=TAKE, exact=True)
    await expect(take.locator(".figure-answer")).to_contain_text("Business days")
    await take.get_by_role("button", name="Show the table").click()
    await expect(take.get_by_role("row", name=re.compile("^All"))).to_have_count(1)
    assert await helen.serious_findings() == []
    await pictures.take(page, "turnaround.png", full_page=True)

    await page.get_by_role("button", name="This month").click()
    await expect(page).to_have_url(re.compile(r"/dashboard\?period=month$"))
    await expect(hours.get_by_role("row")).to_have_count(2)
    await owed.get_by_role("link").first.click()
    await expect(page).to_have_url(re.compile(r"/invoices\?state=open&client=client_"))


async def test_on_a_phone_and_in_the_dark_it_is_all_there(seat: Seat, pictures: Pictures) -> None:
    helen = await seat("helen@ashworth.example", **PHONE, color_scheme="dark")
    await helen.open("/dashboard?period=quarter")
    for question in (HOURS, BILLING, OWED, TAKE):
        await expect(helen.page.get_by_role("heading", name=question)).to_have_count(1)
    assert await helen.page.evaluate("document.documentElement.scrollWidth") == 390
    assert await helen.serious_findings() == []
    await pictures.take(helen.page, "dashboard-phone.png")


async def test_who_sees_no_billing_is_shown_hours_and_how_long_clients_take(priya: Desk) -> None:
    await priya.open("/dashboard")
    await expect(priya.page.get_by_role("heading", name=HOURS)).to_be_visible()
    await expect(priya.page.get_by_role("heading", name=TAKE)).to_be_visible()
    await expect(priya.page.locator(".figure")).to_have_count(2)
    await expect(priya.page.locator(".key")).to_have_count(1)


async def test_few_hours_are_told_to_the_tenth(priya: Desk) -> None:
    await priya.open("/dashboard")
    words = await priya.page.evaluate(
        "import('/assets/web/desk/words.js')"
        ".then(({ hourWords }) => [0, 900, 36_000, 4_334_400].map(hourWords))"
    )
    assert words == ["0 h", "0.3 h", "10 h", "1,204 h"]
