"""A client's contact on a phone: from the letter into the portal, and out again."""

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import expect

from tests.journeys.conftest import PHONE
from tests.journeys.desk import Desk, watch
from tests.journeys.server_process import Site

pytestmark = pytest.mark.browser

KIT = "kit@new-client.example"


@pytest.fixture
async def phone(browser: Any, site: Site) -> AsyncIterator[Desk]:
    """A phone in the hands of somebody who is no member."""
    context = await browser.new_context(**PHONE, reduced_motion="reduce")
    desk = Desk(site, context, await context.new_page())
    watch(desk)
    yield desk
    await context.close()
    assert desk.complaints == []
    assert desk.foreign == []


async def let_in(helen: Desk) -> None:
    """Helen takes a client on and opens the portal to its director."""
    client = await made(helen, "createClient", "client", name="Kit's Kites")
    contact = await made(helen, "createContact", "contact", name="Kit Carter", email=KIT)
    both = {"contactId": contact, "clientId": client}
    await made(helen, "linkContact", "contact", **both, role="director")
    await made(helen, "inviteToPortal", "contact", **both)


async def made(desk: Desk, verb: str, what: str, **input: str) -> str:
    kind = f"{verb[0].upper()}{verb[1:]}Input!"
    answer = await desk.ask(
        f"mutation($input: {kind}) {{ {verb}(input: $input) {{ {what} {{ id }} errors {{ message }} }} }}",
        input=input,
    )
    assert answer[verb]["errors"] == []
    return str(answer[verb][what]["id"])


async def fits(phone: Desk) -> None:
    """Nothing sticks out of the screen, and nobody is kept from reading it."""
    assert await phone.page.evaluate("document.documentElement.scrollWidth") == 390
    assert await phone.serious_findings() == []


async def test_a_contact_follows_the_link_in_a_letter_says_hello_and_signs_out(
    helen: Desk, phone: Desk, site: Site
) -> None:
    await let_in(helen)
    page = phone.page
    await page.goto(f"{site.address}/portal")
    await expect(page).to_have_url(re.compile("/portal/sign-in"))
    await fits(phone)
    await page.get_by_label("E-mail").fill(KIT)
    await page.get_by_role("button", name="Mail me a link").click()
    await expect(page.get_by_role("status")).to_contain_text(KIT)
    await fits(phone)

    await page.goto(f"{site.address}/dev/mail")
    letter = page.get_by_role("article").filter(has_text=KIT).filter(has_text="once").first
    link = await letter.get_by_role("link").get_attribute("href")
    await letter.get_by_role("link").click()
    await expect(page).to_have_url(f"{site.address}/portal/sign-in")  # no secret is left in it
    await fits(phone)
    await page.get_by_role("button", name="Sign in").click()

    await expect(page.get_by_role("heading", name="Hello Kit Carter")).to_be_visible()
    await expect(page).to_have_url(f"{site.address}/portal")
    await expect(page.get_by_text("Ashworth")).to_be_visible()
    await expect(page.get_by_role("listitem")).to_have_text(["Kit's Kites"])
    await fits(phone)

    await page.get_by_role("button", name="Sign out").click()
    await expect(page).to_have_url(f"{site.address}/portal/sign-in")
    await page.goto(f"{site.address}/portal")
    await expect(page).to_have_url(re.compile("/portal/sign-in"))

    await page.goto(str(link))
    await page.get_by_role("button", name="Sign in").click()
    await expect(page.get_by_role("alert")).to_contain_text("not valid any more")
    await expect(page.get_by_label("E-mail")).to_be_visible()
