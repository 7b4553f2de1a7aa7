"""A review as people do it: two of them in order, a point put right, a sign-off that lapses."""

import pytest
from playwright.async_api import expect

from tests.journeys.conftest import PHONE, Seat
from tests.journeys.desk import Desk
from tests.journeys.pictures import Pictures

pytestmark = pytest.mark.browser

MARGARET = "margaret@ashworth.example"


async def test_two_look_in_order_at_what_was_put_right_and_a_change_ends_it(
    helen: Desk, priya: Desk, seat: Seat, pictures: Pictures
) -> None:
    job = await priya.new_job("Looked at by two", "Draft the accounts")
    page, hers = priya.page, helen.page
    await priya.open(f"/jobs/{job}")
    await page.get_by_role("button", name="Complete: Draft the accounts").click()
    await page.get_by_role("button", name="Ask for a review").click()
    await page.keyboard.type("Helen")
    await page.get_by_role("option", name="Helen").click()
    await page.get_by_role("button", name="Then …").click()
    await expect(page.get_by_role("option", name="Priya Raman")).to_have_count(0)
    await page.keyboard.type("Margaret")
    await page.get_by_role("option", name="Margaret Ashworth").click()
    order = page.get_by_role("list", name="Who looks, in order")
    await expect(order.get_by_role("listitem")).to_have_count(2)

    await helen.look(f"?scope=everything&due=any&job={job}")
    drawer = hers.locator(".drawer")
    await drawer.get_by_role("button", name="Point", exact=True).click()
    await drawer.get_by_label("What is to be put right?").fill("The stock is that of last year")
    await drawer.get_by_role("button", name="About a step").click()
    await hers.get_by_role("option", name="Draft the accounts").click()
    await drawer.get_by_role("button", name="Raise it").click()
    points = page.get_by_role("region", name="Review points")
    await expect(points).to_contain_text("about “Draft the accounts”")
    await expect(points).to_contain_text("1 of 1 not cleared")
    await expect(points.get_by_role("button", name="Clear")).to_have_count(0)
    assert await helen.serious_findings() == []
    await pictures.take(hers, "review-drawer.png")

    await points.get_by_role("button", name="Answer: The stock").click()
    await page.get_by_label("What was done about it?").fill("Counted anew")
    await page.get_by_role("button", name="Answer", exact=True).click()
    await drawer.get_by_role("button", name="Sign off").click()
    await expect(hers.get_by_text("Review points are not cleared yet")).to_be_visible()
    await expect(drawer.get_by_text("Counted anew")).to_be_visible()
    await drawer.get_by_role("button", name="Clear: The stock").click()
    await expect(points).to_contain_text("All cleared")
    await drawer.get_by_role("button", name="Sign off").click()

    margaret = await seat(MARGARET, **PHONE)
    await margaret.open(f"/jobs/{job}")
    await expect(margaret.page.get_by_text("Your review")).to_be_visible()
    assert await margaret.serious_findings() == []
    await pictures.take(margaret.page, "review-phone.png")
    await margaret.page.get_by_role("button", name="Sign off").click()
    await expect(page.get_by_text("Signed off by Margaret Ashworth")).to_be_visible()

    await page.get_by_label("Title of a new step").fill("Stock count")
    await page.keyboard.press("Enter")
    lapsed = "The sign-off by Margaret Ashworth has lapsed: “Stock count” was added."
    await expect(drawer.get_by_text(lapsed)).to_be_visible()
    await expect(page.get_by_text(lapsed)).to_be_visible()
    card = helen.card("Looked at by two")
    await expect(card).to_contain_text("Sign-off lapsed: “Stock count” was added")
    assert await priya.serious_findings() == []
    await pictures.take(page, "review-lapsed.png")
    await page.get_by_role("button", name="Ask Helen Pryce again").click()
    await expect(drawer.get_by_text("Your review")).to_be_visible()
