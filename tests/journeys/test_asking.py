"""The page of a job asks the client: what is needed, who is told, and what came of it."""

from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.journeys.conftest import PHONE
from tests.journeys.desk import Desk
from tests.journeys.pictures import Pictures
from tests.journeys.server_process import Site
from tests.journeys.test_portal import made, sign_in

pytestmark = pytest.mark.browser

EMAIL = "ada@asked.example"
SCREENS: dict[str, Any] = {"desk": {"width": 1280, "height": 900}, "phone": PHONE["viewport"]}


async def a_job_of_two_contacts(helen: Desk) -> str:
    """One could come into the portal and may not yet, the other has no address."""
    client = await made(helen, "createClient", "client", name="Asked & Sons")
    for name, role, more in (("Ada Asked", "director", {"email": EMAIL}), ("Ben Asked", "son", {})):
        contact = await made(helen, "createContact", "contact", name=name, **more)
        await made(helen, "linkContact", "contact", contactId=contact, clientId=client, role=role)
    return await made(helen, "createJob", "job", clientId=client, title="Asked for papers")


async def look_at(helen: Desk, pictures: Pictures, name: str) -> None:
    """By night and by day, on a desk and on a phone."""
    page = helen.page
    schemes: tuple[Any, ...] = ("dark", "light")
    for scheme in schemes:
        await page.emulate_media(color_scheme=scheme)
        for screen, size in SCREENS.items():
            await page.set_viewport_size(size)
            assert await page.evaluate("document.documentElement.scrollWidth") == size["width"]
            assert await page.evaluate(_HANGING_OUT) == []
            await pictures.take(page, f"{name}-{screen}-{scheme}.png")
    assert await helen.serious_findings() == []


_HANGING_OUT = """() => [...document.querySelectorAll('.sheet, .job .panel')]
  .filter((part) => part.scrollWidth > part.clientWidth).map((part) => part.outerHTML)"""


async def invite(page: Page) -> None:
    told = page.get_by_role("region", name="Who is told by mail")
    await expect(told).to_contain_text("Nobody is told yet")
    await expect(told.get_by_role("listitem").filter(has_text="Ben")).to_contain_text("no e-mail")
    await told.get_by_role("button", name="Invite").click()
    await expect(told).to_contain_text(f"told at {EMAIL}")
    await expect(told.get_by_role("button")).to_have_count(0)


async def write(page: Page, place: int, text: str, wants: str = "A file") -> None:
    await page.get_by_label(f"What is needed, line {place}").fill(text)
    await page.get_by_label(f"A file or an answer, line {place}").select_option(wants)


async def test_the_client_is_asked_by_the_page_which_sends_back_and_asks_no_more(
    helen: Desk, phone: Desk, site: Site, pictures: Pictures
) -> None:
    page = helen.page
    job = await a_job_of_two_contacts(helen)
    await helen.open(f"/jobs/{job}")
    await expect(page.get_by_role("region", name="Asked of the client")).to_contain_text("Nothing")
    await page.get_by_role("button", name="Ask the client").click()
    await invite(page)
    await page.get_by_label("What it is about").fill("Papers")
    await write(page, 1, "Anything?")
    await page.get_by_role("button", name="Add a line").click()
    await expect(page.get_by_label("What is needed, line 2")).to_be_focused()
    await write(page, 2, "  ", "An answer")
    await page.get_by_role("button", name="Add a line").click()
    await write(page, 3, "Bank statements of December")
    await page.get_by_role("button", name="Ask", exact=True).click()

    refused = page.get_by_label("What is needed, line 2")
    await expect(refused).to_have_accessible_description("The text says nothing.")
    await look_at(helen, pictures, "asking")
    await page.get_by_role("button", name="Take away line 1").click()
    moved = page.get_by_label("What is needed, line 1")
    await expect(moved).to_have_accessible_description("The text says nothing.")
    await moved.fill("Any loans?")
    await expect(page.get_by_role("alert")).to_have_count(0)
    await page.get_by_role("button", name="Ask", exact=True).click()
    papers = page.get_by_role("region", name="Papers", exact=True)
    await expect(papers).to_contain_text("2 of 2 missing")
    await expect(page.get_by_role("region", name="Waiting")).to_contain_text("Papers")

    await sign_in(phone, site, EMAIL)
    await phone.page.get_by_label("Answer: Any loans?").fill("Some.")
    await phone.page.get_by_role("button", name="Send the answer").click()
    await papers.get_by_role("button", name="Send back: Any loans?").click()
    await page.get_by_label("Why, for the client to read").fill("How many, and from whom?")
    await page.get_by_role("button", name="Send back", exact=True).click()
    await expect(papers).to_contain_text("Sent back: How many, and from whom?")
    await expect(phone.page.get_by_text("How many, and from whom?")).to_be_visible()
    await phone.page.get_by_label("Answer: Any loans?").fill("One, from my aunt.")
    await phone.page.get_by_role("button", name="Send the").click()
    await papers.get_by_role("button", name="Found good: Any loans?").click()
    await expect(papers.get_by_text("Found good", exact=True)).to_be_visible()
    await look_at(helen, pictures, "asked")

    await papers.get_by_role("button", name="Ask no more").click()
    await papers.get_by_role("button", name="Ask no more").click()
    await expect(papers).to_contain_text("Cancelled")
    await expect(papers.get_by_role("button")).to_have_count(0)
    await expect(page.get_by_role("region", name="Waiting")).to_have_count(0)


async def test_who_asks_where_nobody_hears_it_is_told_and_a_job_that_is_over_asks_nothing(
    helen: Desk,
) -> None:
    client = await made(helen, "createClient", "client", name="Nobody There")
    job = await made(helen, "createJob", "job", clientId=client, title="Over and done")
    await made(helen, "createRequest", "request", jobId=job, title="Too late",
               items=[{"kind": "QUESTION", "text": "Any loans?"}])  # fmt: skip
    await helen.open(f"/jobs/{job}")
    asked = helen.page.get_by_role("region", name="Asked of the client")
    await asked.get_by_role("button", name="Ask the client").click()
    await expect(helen.page.get_by_text("no contact of Nobody There")).to_be_visible()
    await helen.page.get_by_role("button", name="Cancel", exact=True).click()
    await expect(asked.get_by_role("button")).to_have_count(2)
    await made(helen, "moveJob", "job", id=job, category="DONE")
    await expect(asked.get_by_role("button")).to_have_count(0)
    await expect(asked).to_contain_text("Any loans?")
