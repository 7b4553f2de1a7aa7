"""The invoices' page: from time on a job to a paid invoice, and what others do meanwhile."""

import pytest
from playwright.async_api import Page, Route, expect

from tests.journeys.conftest import PHONE
from tests.journeys.desk import Desk
from tests.journeys.pictures import Pictures

pytestmark = pytest.mark.browser


_MEDIA_TYPE = "async ({ src }) => (await fetch(src)).headers.get('content-type')"
_HANGS_OUT = "(panel) => panel.scrollWidth > panel.clientWidth"


async def billable_job(desk: Desk, title: str) -> str:
    """A job with an hour and a half that nobody was billed for, at 120 an hour."""
    job = await desk.new_job(title)
    await desk.ask(
        "mutation ($input: SetRateInput!) { setRate(input: $input) { errors { message } } }",
        input={"jobId": job, "fromDate": "2020-01-01", "hourly": "120"},
    )
    await desk.ask(
        "mutation ($input: LogTimeInput!) { logTime(input: $input) { errors { message } } }",
        input={"jobId": job, "seconds": 5400},
    )
    return job


async def doubt_what_is_too_much(page: Page) -> None:
    """It takes a second press, until the amount is another."""
    await page.get_by_role("button", name="Record payment …").click()
    await page.get_by_label("Amount (GBP)").fill("99999")
    await page.get_by_role("button", name="Record", exact=True).click()
    await expect(page.get_by_role("alert")).to_contain_text("£99,999.00 is more than")
    await expect(page.get_by_role("button", name="Record all the same")).to_be_visible()
    await page.get_by_label("Amount (GBP)").fill("50")
    await expect(page.get_by_role("alert")).to_have_count(0)
    await expect(page.get_by_role("button", name="Record", exact=True)).to_be_visible()


async def test_time_becomes_a_draft_is_written_down_issued_and_paid(
    helen: Desk, pictures: Pictures
) -> None:
    await billable_job(helen, "Billed by its page")
    page = helen.page
    await helen.open("/invoices")

    await page.get_by_role("button", name="Draft from unbilled time").click()
    await page.locator(".form-choice").click()
    await page.keyboard.type("Billed by its")
    await page.get_by_role("option", name="Billed by its page").click()
    await page.get_by_role("button", name="Draft the invoice").click()
    await page.get_by_role("button", name="Adjust").click()
    assert await page.locator(".sheet").evaluate(_HANGS_OUT) is False
    await page.get_by_label("Why").fill("Longer than it should have taken")
    said = page.locator(".sheet").get_by_role("alert")
    for typed, why in (("-1000", "A line is written down to nothing at most."),
                       ("much", "An amount is a number such as 250 or -12.50.")):  # fmt: skip
        await page.get_by_label("Up or down by").fill(typed)
        await page.get_by_role("button", name="Adjust", exact=True).last.click()
        await expect(said).to_have_text(why)
    await page.get_by_label("Up or down by").fill("-30")
    await page.get_by_role("button", name="Adjust", exact=True).last.click()
    await expect(page.locator(".line-why")).to_have_text(
        "-£30.00: Longer than it should have taken"
    )
    await page.get_by_role("button", name="Add a line").click()
    await page.get_by_label("What is charged for").fill("W" * 120)
    await page.get_by_label("Price before tax").fill("1,000")
    await page.get_by_role("button", name="Add", exact=True).click()
    await expect(page.locator(".invoice-lines tfoot")).to_contain_text("£1,150.00")
    assert await page.locator(".invoice-lines").evaluate(_HANGS_OUT) is False

    await page.get_by_role("button", name="Issue …").click()
    await expect(page.locator(".sheet")).to_contain_text("It never changes again")
    await page.get_by_role("button", name="Issue for").click()

    await expect(page.locator("h1 .badge")).to_have_text("Issued")
    assert await page.locator("iframe").evaluate(_MEDIA_TYPE) == "application/pdf"
    assert await helen.serious_findings() == []
    await pictures.take(page, "invoice.png")
    id = page.url.partition("invoice=")[2]
    await helen.ask(  # from another program
        "mutation ($input: RecordPaymentInput!) { recordPayment(input: $input) { errors { code } } }",
        input={"invoiceId": id, "amount": {"amount": "50.00", "currency": "GBP"}},
    )
    await expect(page.locator("h1 .badge")).to_have_text("Part paid")
    await doubt_what_is_too_much(page)
    await page.route("**/graphql", _lose_the_answer, times=1)
    for amount, why in (("10", "The server does not answer."), ("20", "has arrived after all.")):
        await page.get_by_label("Amount").fill(amount)
        await page.get_by_role("button", name="Record", exact=True).click()
        await expect(said).to_contain_text(why)
    await expect(page.locator(".invoice-lines tfoot")).to_contain_text("£60.00")


async def _lose_the_answer(route: Route) -> None:
    """What was asked arrives, its answer does not."""
    await route.fetch()
    await route.abort()


async def test_what_is_refused_is_said_in_the_dialog_and_a_phone_shows_all(
    helen: Desk, pictures: Pictures
) -> None:
    await helen.new_job("Without any time")
    page = helen.page
    await page.set_viewport_size(PHONE["viewport"])
    await helen.open("/invoices?state=draft")

    await page.get_by_role("button", name="Draft from unbilled time").click()
    await page.locator(".form-choice").click()
    await page.keyboard.type("Without any")
    await page.get_by_role("option", name="Without any time").click()
    await page.get_by_role("button", name="Draft the invoice").click()

    said = page.get_by_role("alert")
    await expect(said).to_have_text("There is no billable time on this job yet.")
    assert await page.evaluate("document.documentElement.scrollWidth") == 390
    await pictures.take(page, "invoices-phone.png")
