"""The calendar of due work: a month by eye, by mouse and by key, live, and on a phone."""

from datetime import date, timedelta

import pytest
from playwright.async_api import Locator, expect

from tests.journeys.conftest import PHONE, Seat
from tests.journeys.desk import Desk
from tests.journeys.pictures import Pictures
from tests.journeys.test_portal import fits, made

pytestmark = pytest.mark.browser

MONTH = date(2031, 5, 1)
"""One in which no other test has anything due."""
FIFTH = date(2031, 5, 5)


def on(desk: Desk, day: date) -> Locator:
    return desk.page.locator(f'.day[data-day="{day}"]')


async def due(desk: Desk, title: str, day: date = FIFTH) -> str:
    client = await made(desk, "createClient", "client", name=f"{title} Ltd")
    return await made(desk, "createJob", "job", clientId=client, title=title, dueDate=str(day))


async def opened(desk: Desk, more: str = "") -> None:
    await desk.open(f"/calendar?month={MONTH:%Y-%m}&scope=everything{more}")
    await expect(desk.page.get_by_role("table")).to_be_visible()


async def test_what_is_due_is_moved_to_another_day_by_mouse_and_by_key_and_others_see_it(
    helen: Desk, priya: Desk, pictures: Pictures
) -> None:
    await due(helen, "Confirmation statement")
    await opened(helen)
    await opened(priya)
    card = helen.page.get_by_role("link", name="Confirmation statement")
    await expect(on(helen, FIFTH)).to_contain_text("Confirmation statement")
    assert await helen.serious_findings() == []

    await card.drag_to(on(helen, FIFTH + timedelta(days=3)))

    await expect(on(helen, FIFTH + timedelta(days=3))).to_contain_text("Confirmation statement")
    await expect(on(priya, FIFTH + timedelta(days=3))).to_contain_text("Confirmation statement")
    await pictures.take(helen.page, "calendar.png")
    await helen.page.get_by_role("button", name="Undo").click()
    await expect(on(priya, FIFTH)).to_contain_text("Confirmation statement")
    await card.focus()
    await helen.page.keyboard.press("Alt+ArrowDown")
    await expect(on(helen, FIFTH + timedelta(days=7))).to_contain_text("Confirmation statement")
    await expect(card).to_be_focused()
    await expect(on(priya, FIFTH + timedelta(days=7))).to_contain_text("Confirmation statement")
    await card.click()
    await expect(helen.page.locator("h1")).to_contain_text("Confirmation statement")


async def test_of_a_full_day_the_first_are_shown_and_the_rest_is_a_press_away(helen: Desk) -> None:
    full = FIFTH + timedelta(days=14)
    for number in range(7):
        await due(helen, f"Return {number}", full)
    await opened(helen)
    await expect(on(helen, full).get_by_role("link")).to_have_count(5)
    await on(helen, full).get_by_role("button", name="2 more due on").click()
    sheet = helen.page.get_by_role("dialog")
    await expect(sheet.get_by_role("link")).to_have_count(7)
    assert await helen.serious_findings() == []
    await sheet.get_by_role("button", name="Close").click()
    await expect(sheet).to_have_count(0)


async def test_an_address_says_month_and_scope_and_an_empty_month_says_so(helen: Desk) -> None:
    page = helen.page
    await opened(helen, "&show=tasks")
    await expect(page.locator("h1")).to_have_text("May 2031")
    await expect(page.locator(".calendar-none")).to_contain_text("No task")
    await page.get_by_role("button", name="The month after").click()
    await expect(page.locator("h1")).to_have_text("June 2031")
    await page.get_by_role("group", name="What").get_by_role("button", name="Jobs").click()
    await page.get_by_role("button", name="Mine", exact=True).click()
    await expect(page).to_have_url(f"{helen.site.address}/calendar?month=2031-06&scope=mine")
    await page.go_back()
    await expect(page).to_have_url(f"{helen.site.address}/calendar?month=2031-06&scope=everything")
    await page.get_by_role("button", name="This month").click()
    await expect(page.locator('.day[data-today="true"]')).to_be_visible()


async def test_on_a_phone_it_is_a_list_of_the_days_on_which_something_is_due(
    helen: Desk, seat: Seat, pictures: Pictures
) -> None:
    await due(helen, "Gift aid claim", FIFTH + timedelta(days=21))
    phone = await seat("helen@ashworth.example", **PHONE)
    await opened(phone)
    await expect(on(phone, FIFTH + timedelta(days=21))).to_contain_text("Monday, 26 May 2031")
    await expect(on(phone, FIFTH + timedelta(days=22))).to_be_hidden()
    await fits(phone)
    await pictures.take(phone.page, "calendar-phone.png")
