"""The pages as such: a phone's width, a finger, who cannot see, what is loaded, how it looks."""

import re
from typing import Any

import pytest
from playwright.async_api import Locator, expect

from tests.journeys.conftest import HELEN, PHONE, Seat
from tests.journeys.desk import PASSWORD, Desk
from tests.journeys.server_process import Site

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_no_page_has_a_serious_accessibility_finding(
    seat: Seat, browser: Any, site: Site, scheme: str
) -> None:
    desk = await seat(HELEN, color_scheme=scheme)
    page = desk.page
    for query in ("", "?show=tasks", "?by=person", "?by=due-week&due=any", "?text=nobody-has-this"):
        await desk.look(query)
        assert await desk.serious_findings() == [], query
    await desk.look(f"?job={await desk.new_job(f'Looked at in {scheme}', 'A step')}")
    await expect(page.locator(".step").first).to_be_visible()
    assert await desk.serious_findings() == [], "drawer"
    await page.keyboard.press("Control+k")
    await expect(page.get_by_role("combobox", name="Find or do")).to_be_focused()
    assert await desk.serious_findings() == [], "palette"
    await page.keyboard.press("Escape")
    await page.goto(f"{site.address}/sign-in")
    assert await desk.serious_findings() == [], "sign-in"


async def test_a_phone_shows_one_column_a_page_and_nothing_sticks_out(seat: Seat) -> None:
    desk = await seat(HELEN, **PHONE)
    page = desk.page
    await desk.look()
    assert await page.evaluate("document.documentElement.scrollWidth") == 390
    width = await page.evaluate("document.querySelector('.column').getBoundingClientRect().width")
    assert 320 <= width < 390
    small = await page.evaluate(_SMALL_TARGETS)
    assert small == []
    await page.locator(".pager button").nth(2).click()
    await expect(desk.column("IN_PROGRESS")).to_be_in_viewport(ratio=0.9)

    await desk.column("IN_PROGRESS").locator(".card-open").first.click()

    await expect(page.locator(".step").first).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") == 390


# What a thumb has to hit: 44 pixels high, by itself or by the room around it.
_SMALL_TARGETS = """() => [...document.querySelectorAll(
    '.phone-bar button, .pager button, .quick-add, .account, .card-open, .scopes button, .chip')].map((element) => {
      const box = element.closest('.card')?.getBoundingClientRect() ?? element.getBoundingClientRect()
      return [element.className || element.textContent, box.height]
    }).filter(([, height]) => height < 44)"""


async def test_a_finger_that_rests_on_a_card_carries_it(seat: Seat) -> None:
    screen = {"viewport": {"width": 820, "height": 1180}, "reduced_motion": "no-preference"}
    desk = await seat(HELEN, **PHONE | screen)
    await desk.look()
    await desk.new_job("By finger")
    await desk.stands_in("By finger", "PLANNED")
    await desk.card("By finger").scroll_into_view_if_needed()
    finger = await Finger.of(desk)

    await finger.rest_on(desk.card("By finger"))
    await expect(desk.page.locator("#flights .in-hand")).to_be_visible()
    await finger.go_to(desk.column("READY"))
    await finger.lift()

    await desk.stands_in("By finger", "READY")


async def test_a_finger_that_does_not_rest_scrolls_and_moves_nothing(seat: Seat) -> None:
    desk = await seat(HELEN, **PHONE)
    await desk.look()
    await desk.new_job("Only touched")
    await desk.stands_in("Only touched", "PLANNED")
    await desk.card("Only touched").scroll_into_view_if_needed()
    finger = await Finger.of(desk)

    await finger.touch(desk.card("Only touched"))
    await finger.slide(0, -120)
    await finger.lift()

    await expect(desk.page.locator("#flights .in-hand")).to_have_count(0)
    await desk.stands_in("Only touched", "PLANNED")


class Finger:
    """One finger on the glass, as the browser's own input."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self.x = self.y = 0.0

    @classmethod
    async def of(cls, desk: Desk) -> "Finger":
        return cls(await desk.context.new_cdp_session(desk.page))

    async def touch(self, card: Locator) -> None:
        box = await card.bounding_box()
        assert box is not None
        self.x, self.y = box["x"] + 60, box["y"] + 24
        await self._send("touchStart", [{"x": self.x, "y": self.y}])

    async def rest_on(self, card: Locator) -> None:
        await self.touch(card)
        await expect(card.page.locator("html.dragging")).to_have_count(1)

    async def slide(self, across: float, down: float) -> None:
        for part in range(1, 9):
            x, y = self.x + across * part / 8, self.y + down * part / 8
            await self._send("touchMove", [{"x": x, "y": y}])
        self.x, self.y = self.x + across, self.y + down

    async def go_to(self, column: Locator) -> None:
        box = await column.bounding_box()
        assert box is not None
        await self.slide(box["x"] + 80 - self.x, box["y"] + 120 - self.y)

    async def lift(self) -> None:
        await self._send("touchEnd", [])

    async def _send(self, kind: str, points: list[dict[str, float]]) -> None:
        await self._session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


async def test_the_first_screen_comes_within_a_second_and_little_script(seat: Seat) -> None:
    helen = await seat(HELEN, viewport={"width": 1536, "height": 864})  # at which nobody sat
    paints, scripts = [], []
    for _ in range(6):  # the machine may be busy with others: the best is the page's own
        await helen.look()
        paint, script = await helen.page.evaluate(
            """() => [performance.getEntriesByName('first-contentful-paint')[0].startTime,
                      performance.getEntriesByType('resource')
                        .filter((one) => /[.]m?js$/.test(new URL(one.name).pathname))
                        .reduce((sum, one) => sum + one.encodedBodySize, 0)]"""
        )
        paints.append(paint)
        scripts.append(script)  # the first time: later the browser still holds them
        if paint <= 1000:
            break
    assert min(paints) <= 1000
    assert 0 < max(scripts) <= 120_000


async def test_a_wrong_password_says_so_and_no_more(browser: Any, site: Site) -> None:
    context = await browser.new_context()
    page = await context.new_page()
    await page.goto(f"{site.address}/board?by=person")
    await expect(page).to_have_url(re.compile("/sign-in"))
    said = []
    for email in (HELEN, "nobody@nowhere.example"):
        await page.get_by_label("E-mail").fill(email)
        await page.get_by_label("Password", exact=True).fill("not the password")
        await page.get_by_role("button", name="Sign in").click()
        await expect(page.get_by_role("alert")).not_to_be_empty()
        said.append(await page.get_by_role("alert").inner_text())
    assert said[0] == said[1]

    await page.get_by_label("E-mail").fill(HELEN)
    await page.get_by_label("Password", exact=True).fill(PASSWORD)
    await page.get_by_role("button", name="Sign in").click()

    await expect(page).to_have_url(f"{site.address}/board?by=person")
    await context.close()


async def test_a_session_that_ends_elsewhere_leads_back_to_the_door(helen: Desk) -> None:
    await helen.look()
    other = await helen.context.new_page()
    await other.goto(f"{helen.site.address}/board")
    await other.get_by_role("button", name="Signed in as Helen Pryce").click()
    await other.get_by_role("option", name="Sign out").click()
    await other.wait_for_url("**/sign-in")

    await expect(helen.page).to_have_url(re.compile("/sign-in[?]next="))
    await expect(helen.page.locator("main")).to_contain_text("Your session ended.")


async def test_on_a_small_laptop_no_filter_is_cut_off_and_the_open_card_stays_in_sight(
    seat: Seat,
) -> None:
    desk = await seat(HELEN, viewport={"width": 1024, "height": 700})
    page = desk.page
    await desk.look()
    bar = await page.evaluate(
        "(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)"
        "(document.querySelector('.filter-bar'))"
    )
    assert bar <= 0
    card = desk.column("WAITING_ON_CLIENT").locator(".card").first
    await card.locator(".card-open").click()

    await expect(page.get_by_role("region", name="Comments")).to_be_visible()
    box, drawer = await card.bounding_box(), await page.locator(".drawer").bounding_box()
    assert box is not None
    assert drawer is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= drawer["x"]


async def test_a_board_without_cards_says_where_to_look(helen: Desk, seat: Seat) -> None:
    await _take_all_clients_from(helen, "Imran Siddiqui")
    desk = await seat("imran@ashworth.example")
    page = desk.page
    await desk.look()
    await expect(page.get_by_text("Nothing is due soon in your teams.")).to_be_visible()
    await page.locator(".nothing-yet").get_by_role("button", name="Any date").click()
    await expect(page).to_have_url(re.compile("due=any"))

    await page.locator(".nothing-yet").get_by_role("button", name="Everyone’s work").click()

    await expect(page.locator(".nothing-yet")).to_contain_text("No job in the firm yet. Add the")
    await desk.column("READY").get_by_role("button", name="Add a job").click()
    await page.get_by_role("button", name="Which client?").click()
    await page.keyboard.type("Nobody’s client")
    await expect(page.get_by_role("option")).to_have_text("Nothing found")


async def _take_all_clients_from(desk: Desk, name: str) -> None:
    """A contractor sees nothing but their clients."""
    found = await desk.ask("{ clients(first: 100) { nodes { roles { id member { name } } } } }")
    for client in found["clients"]["nodes"]:
        for role in client["roles"]:
            if role["member"]["name"] == name:
                await desk.ask(
                    "mutation ($id: ID!) { endClientRole(input: {id: $id}) { errors { message } } }",
                    id=role["id"],
                )
