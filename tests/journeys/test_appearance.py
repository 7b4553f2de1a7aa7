"""Pictures of the board as the demo shows it; this module runs before others change the demo."""

import pytest
from playwright.async_api import expect

from tests.journeys.conftest import HELEN, PHONE, PRIYA, Seat
from tests.journeys.desk import look
from tests.journeys.pictures import Pictures

pytestmark = pytest.mark.browser


async def test_pictures_of_the_board(seat: Seat, pictures: Pictures) -> None:
    wide = {"viewport": {"width": 1440, "height": 900}}
    light = await seat(PRIYA, **wide, color_scheme="light")
    dark = await seat(HELEN, **wide, color_scheme="dark")
    phone = await seat(PRIYA, **PHONE)
    await look(light, dark, phone)
    await dark.column("WAITING_ON_CLIENT").locator(".card-open").first.click()
    await expect(dark.page.locator(".step").first).to_be_visible()
    taken = [await dark.page.screenshot(**pictures.kept_as("board-dark.png"))]
    await phone.page.locator(".pager button").nth(2).click()
    await expect(phone.column("IN_PROGRESS")).to_be_in_viewport(ratio=0.9)
    taken.append(await phone.page.screenshot(**pictures.kept_as("board-phone.png")))

    # A colleague takes a card up at this very moment.
    await dark.page.keyboard.press("Escape")
    taken_up = dark.column("READY").locator(".card-open").nth(2)
    await taken_up.focus()
    for key in ("Space", "ArrowRight", "ArrowUp", "Space"):
        await dark.page.keyboard.press(key)
    await expect(light.page.locator(".ring-name")).to_have_text("Helen Pryce")
    taken.append(await light.page.screenshot(**pictures.kept_as("board.png")))

    # A blank page packs into almost nothing.
    assert all(len(picture) > 20_000 for picture in taken)
