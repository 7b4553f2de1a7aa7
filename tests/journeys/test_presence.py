"""Two people at one place: each sees that the other is there, and what is in their hand."""

import pytest
from playwright.async_api import Locator, expect

from tests.journeys.desk import Desk, look
from tests.journeys.pictures import Pictures

pytestmark = pytest.mark.browser

_HIDE = """(hidden) => {
  Object.defineProperty(document, 'hidden', { value: hidden, configurable: true })
  document.dispatchEvent(new Event('visibilitychange'))
}"""


def beside(desk: Desk, where: str = "on this board") -> Locator:
    """Who else is there, as this person is told."""
    return desk.page.get_by_role("list", name=f"Also {where}").get_by_role("listitem")


async def test_who_is_on_a_board_is_seen_there_until_they_go(helen: Desk, priya: Desk) -> None:
    await look(helen, priya)
    await expect(beside(helen)).to_have_text(["PRPriya Raman is on this board"])
    await expect(beside(priya)).to_have_count(1)

    await helen.look("?show=tasks")
    await expect(beside(priya)).to_have_count(0)
    await priya.look("?show=tasks")
    await expect(beside(helen)).to_have_count(1)
    await priya.context.set_offline(True)
    await expect(beside(helen)).to_have_count(0)
    await priya.context.set_offline(False)

    for desk in (helen, priya):
        await desk.is_live()
        await expect(beside(desk)).to_have_count(1)


async def test_whose_page_is_hidden_for_a_minute_is_not_there_until_they_look_again(
    helen: Desk, priya: Desk
) -> None:
    await priya.page.clock.install()
    await look(helen, priya)
    await expect(beside(helen)).to_have_count(1)

    await priya.page.evaluate(_HIDE, True)
    await priya.page.clock.fast_forward(59_000)
    await expect(beside(priya)).to_have_count(1)
    await priya.page.clock.fast_forward(2_000)
    await expect(beside(helen)).to_have_count(0)
    await priya.page.evaluate(_HIDE, False)

    await expect(beside(helen)).to_have_count(1)
    await expect(beside(priya)).to_have_count(1)


async def test_a_card_in_somebodys_hand_bears_their_name_while_it_is(
    helen: Desk, priya: Desk, pictures: Pictures
) -> None:
    await look(helen, priya)
    await helen.new_job("In one hand")
    for desk in (helen, priya):
        await desk.stands_in("In one hand", "PLANNED")
    hand = priya.card("In one hand").locator(".hand-name")

    await helen.card("In one hand").hover(position={"x": 60, "y": 20})
    await helen.page.mouse.down()
    await helen.page.mouse.move(700, 400, steps=4)

    await expect(hand).to_have_text("Helen Pryce has this card in hand")
    await pictures.take(priya.page, "presence-board.png")
    assert await priya.serious_findings() == []
    await helen.page.keyboard.press("Escape")
    await helen.page.mouse.up()
    await expect(hand).to_have_count(0)


async def test_what_somebody_writes_in_is_marked_for_who_has_it_open(
    helen: Desk, priya: Desk, pictures: Pictures
) -> None:
    job = await helen.new_job("Written by both")
    await priya.look(f"?job={job}")
    await helen.open(f"/jobs/{job}")
    await expect(beside(helen, "at this job")).to_have_count(1)
    await expect(beside(priya, "at this job")).to_have_count(1)
    marks = priya.page.get_by_role("status").filter(has_text="Helen is editing")

    await helen.page.get_by_label("Write a comment").press_sequentially("As agreed")

    await expect(marks).to_have_count(1)
    await pictures.take(priya.page, "presence-drawer.png")
    await pictures.take(helen.page, "presence-job.png")
    assert await priya.serious_findings() == []
    await helen.page.get_by_role("heading", name="Comments").click()
    await expect(marks).to_have_count(0)
