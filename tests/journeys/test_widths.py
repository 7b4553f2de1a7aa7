"""Every width of a window: nothing hangs out of it, and a drag goes where the pointer is."""

import pytest
from playwright.async_api import Page, expect

from tests.journeys.conftest import HELEN, PHONE, Seat
from tests.journeys.desk import Desk
from tests.journeys.pictures import Pictures

pytestmark = pytest.mark.browser


async def test_a_card_held_still_at_the_edge_lands_in_the_column_under_the_pointer(
    seat: Seat,
) -> None:
    desk = await seat(HELEN, viewport={"width": 1024, "height": 700})
    await desk.look()
    await desk.new_job("Carried to the edge")
    await desk.stands_in("Carried to the edge", "PLANNED")
    card = desk.card("Carried to the edge")
    await card.scroll_into_view_if_needed()
    box = await card.bounding_box()
    assert box is not None
    mouse = desk.page.mouse
    await mouse.move(box["x"] + 60, box["y"] + 20)
    await mouse.down()
    await mouse.move(984, 300, steps=8)

    # Only the board moves now.
    await desk.page.wait_for_function(_IS_AT_ITS_END)
    await expect(desk.column("DONE")).to_have_attribute("data-target", "true")
    await mouse.up()

    await desk.stands_in("Carried to the edge", "DONE")


_IS_AT_ITS_END = """() => {
  const { scrollLeft, scrollWidth, clientWidth } = document.querySelector('.board')
  return scrollLeft > 100 && scrollLeft >= scrollWidth - clientWidth - 1
}"""


@pytest.mark.parametrize("window", [{"viewport": {"width": 1440, "height": 900}}, PHONE])
async def test_a_list_to_choose_from_stays_in_the_window_while_it_grows(
    seat: Seat, window: dict[str, object], pictures: Pictures
) -> None:
    desk = await seat(HELEN, **window)
    page = desk.page
    await desk.look()
    await desk.column("READY").scroll_into_view_if_needed()
    await desk.column("READY").get_by_role("button", name="Add a job").click()
    await page.get_by_role("button", name="Which client?").click()
    options = page.locator(".choice [role=option]")
    await expect(options.nth(5)).to_be_visible()
    await _is_inside(page, ".choice")

    await page.locator(".choice-search").fill("a")
    new = options.filter(has_text="New client “a”")
    await expect(new).to_have_count(1)
    await _is_inside(page, ".choice")
    await page.keyboard.press("ArrowUp")

    await expect(new).to_be_in_viewport(ratio=1)
    width = page.viewport_size["width"] if page.viewport_size else 0
    await pictures.take(page, f"choice-{width}.png")


async def _is_inside(page: Page, selector: str) -> None:
    """Waits until the element lies in the window, whole."""
    await expect(page.locator(selector)).to_be_in_viewport(ratio=1)


async def test_nobody_loses_the_header_whatever_the_width(seat: Seat, pictures: Pictures) -> None:
    desk = await seat(HELEN)
    page = desk.page
    await desk.look()
    await _start_timer(desk, "Quarterly returns of a client with a long name")
    for width in (1440, 1320, 1241, 1240, 1024, 901, 900, 830, 768, 721, 720, 701, 480, 390, 360):
        await page.set_viewport_size({"width": width, "height": 800})
        await expect(page.locator(".account")).to_be_in_viewport(ratio=1)
        await expect(page.locator(".header-timer-stop")).to_be_in_viewport(ratio=1)
        assert await page.evaluate("document.documentElement.scrollWidth") == width
        crossing = await page.evaluate(_OVERLAPS)
        assert crossing == [], width
        await pictures.take(page, f"header-{width}.png")
    await page.locator(".header-timer-stop").click()
    await expect(page.locator(".header-timer")).to_have_attribute("data-running", "false")


# Parts of the header that lie over each other.
_OVERLAPS = """() => {
  const parts = [...document.querySelectorAll('.header > :not(.header-end), .header-end > *')]
    .map((part) => [part.className, part.getBoundingClientRect()]).filter(([, box]) => box.width)
  return parts.slice(1).filter(([, box], index) => box.left < parts[index][1].right - 1).map(([name]) => name)
}"""


async def _start_timer(desk: Desk, title: str) -> None:
    await desk.new_job(title)
    await desk.stands_in(title, "PLANNED")
    await desk.card(title).locator(".card-open").focus()
    await desk.page.keyboard.press("t")
    await expect(desk.page.locator(".header-timer")).to_contain_text(title)


async def test_a_phones_pager_tells_every_column_apart(seat: Seat, pictures: Pictures) -> None:
    desk = await seat(HELEN, **PHONE)
    await desk.look()
    buttons = desk.page.locator(".pager button")

    names = await buttons.locator(".pager-title").all_inner_texts()
    drawn = await buttons.locator("svg").evaluate_all("(all) => all.map((one) => one.innerHTML)")

    assert names == ["Planned", "Ready", "Doing", "Client", "Others", "Hold", "Review", "Done"]
    assert len(set(drawn)) == len(drawn)
    await pictures.take(desk.page, "pager.png")


async def test_a_wide_window_shows_all_columns_at_once(helen: Desk, pictures: Pictures) -> None:
    await helen.look()
    for key in ("WAITING_ON_OTHER", "ON_HOLD"):
        closed = helen.column(key).get_by_role("button", name="Open the column")
        if await closed.count():
            await closed.click()

    await expect(helen.column("DONE")).to_be_in_viewport(ratio=1)
    assert await helen.page.evaluate(_CUT_OFF) == []
    await pictures.take(helen.page, "wide.png")
    await helen.look("?show=tasks&scope=everything&due=any")
    assert await helen.page.evaluate(_CUT_OFF) == []


# Feet of cards that are wider than their card.
_CUT_OFF = """() => [...document.querySelectorAll('.card-foot')]
    .filter((foot) => foot.lastElementChild.getBoundingClientRect().right > foot.closest('.card').getBoundingClientRect().right - 4)
    .map((foot) => foot.textContent)"""
