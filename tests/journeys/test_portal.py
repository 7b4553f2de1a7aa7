"""A client's contact on a phone: from the letter into the portal, and out again."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, Route, expect

from tests.filing import PDF
from tests.journeys.desk import Desk
from tests.journeys.pictures import Pictures
from tests.journeys.server_process import Site

pytestmark = pytest.mark.browser

KIT = "kit@new-client.example"
DONE_BY = "query($id: ID!) { job(id: $id) { activity { kind actor { name } contact { name } } } }"


async def let_in(helen: Desk, name: str = "Kit's Kites", email: str = KIT) -> str:
    """Helen takes a client on and opens the portal to its director."""
    client = await made(helen, "createClient", "client", name=name)
    contact = await made(helen, "createContact", "contact", name="Kit Carter", email=email)
    both = {"contactId": contact, "clientId": client}
    await made(helen, "linkContact", "contact", **both, role="director")
    await made(helen, "inviteToPortal", "contact", **both)
    return client


async def made(desk: Desk, verb: str, what: str, **input: Any) -> str:
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


def film(folder: Path) -> Path:
    """A file that no phone can hold in its memory, and that is nothing but its size."""
    file = folder / "film.pdf"
    with file.open("wb") as sparse:
        sparse.truncate(3 * 1024**3)
    return file


async def sign_in(phone: Desk, site: Site, email: str) -> None:
    """By the letter that is mailed to that address."""
    page = phone.page
    await page.goto(f"{site.address}/portal/sign-in")
    await page.get_by_label("E-mail").fill(email)
    await page.get_by_role("button", name="Mail me a link").click()
    await expect(page.get_by_role("status")).to_contain_text(email)
    await page.goto(f"{site.address}/dev/mail")
    letter = page.get_by_role("article").filter(has_text=email).filter(has_text="once").first
    await letter.get_by_role("link").click()
    await page.get_by_role("button", name="Sign in").click()


async def lose_an_answer(page: Page, name: str) -> None:
    """The next call of that name is heard, and nobody hears what comes of it."""

    async def lose(route: Route) -> None:
        if f'"operationName":"{name}"' not in (route.request.post_data or ""):
            await route.fallback()
            return
        await route.fetch()
        await route.abort()
        await page.unroute("**/portal/graphql", lose)

    await page.route("**/portal/graphql", lose)


async def answer_elsewhere(phone: Desk, question: str, answer: str) -> None:
    """On another page of the same contact's."""
    page = await phone.context.new_page()
    await page.goto(f"{phone.site.address}/portal")
    await page.get_by_label(f"Answer: {question}").fill(answer)
    await page.get_by_role("button", name="Send the answer").first.click()
    await expect(page.get_by_text("1 of 2 still missing")).to_be_visible()
    await expect(page.get_by_label(f"Answer: {question}")).to_have_value(answer)
    await page.close()


@pytest.mark.files
async def test_a_contact_sends_what_is_needed_and_the_card_moves_by_itself(
    helen: Desk, phone: Desk, site: Site, pictures: Pictures, tmp_path: Path
) -> None:
    email = "kit@kites.example"
    client = await let_in(helen, "Kites & Sons", email)
    job = await made(helen, "createJob", "job", clientId=client, title="Kites accounts")
    await made(
        helen, "createRequest", "request", jobId=job, title="Year-end papers",
        dueDate="2030-05-01",
        items=[
            {"kind": "FILE", "text": "The bank statement of December"},
            {"kind": "QUESTION", "text": "Did you buy or sell a car this year?"},
        ],
    )  # fmt: skip
    await helen.look("?scope=everything&due=any")
    await helen.stands_in("Kites accounts", "WAITING_ON_CLIENT")
    await sign_in(phone, site, email)
    page = phone.page
    await expect(page.get_by_text("2 of 2 still missing")).to_be_visible()
    await expect(page.get_by_text("We need something from you", exact=True)).to_be_visible()
    schemes: tuple[Any, ...] = ("light", "dark")
    for scheme in schemes:
        await page.emulate_media(color_scheme=scheme)
        await page.reload()
        await expect(page.get_by_text("2 of 2 still missing")).to_be_visible()
        await fits(phone)
        await pictures.take(page, f"portal-{scheme}.png", full_page=True)

    chooser = page.get_by_label("File: The bank statement")
    wrong: Any = {"name": "virus.pdf", "mimeType": "application/pdf", "buffer": b"MZ a program"}
    await chooser.set_input_files(wrong)
    await expect(page.get_by_role("alert")).to_contain_text("is not application/pdf")
    await expect(chooser).to_have_value("")  # else the same file could not be chosen again
    await fits(phone)
    await chooser.set_input_files(film(tmp_path))
    await expect(page.get_by_role("alert")).to_have_text("A file has 1 byte to 100 MB.")
    right: Any = {"name": "December.pdf", "mimeType": "application/pdf", "buffer": PDF}
    await chooser.set_input_files(right)
    await expect(page.get_by_text("1 of 2 still missing")).to_be_visible()
    mark = await page.locator(".need-text svg").bounding_box()
    text = await page.locator(".need-text", has=page.locator("svg")).bounding_box()
    assert mark is not None
    assert text is not None
    assert text["height"] < 2 * mark["height"], "the mark stands beside the text"
    await pictures.take(page, "portal-half.png", full_page=True)
    await page.get_by_label("Answer: Did you buy").fill("No car.")
    await page.get_by_role("button", name="Send the answer").click()

    await expect(page.get_by_text("Nothing at the moment")).to_be_visible()
    await expect(page.get_by_text("In progress", exact=True)).to_be_visible()
    await helen.stands_in("Kites accounts", "IN_PROGRESS")
    told = await helen.ask(DONE_BY, id=job)
    moved = next(one for one in told["job"]["activity"] if one["kind"] == "job.moved")
    assert (moved["actor"], moved["contact"]) == (None, {"name": "Kit Carter"})
    await fits(phone)
    await pictures.take(page, "portal-done.png", full_page=True)
    async with page.expect_download() as download:
        await page.get_by_role("button", name="Download December.pdf").click()
    assert (await download.value).suggested_filename == "December.pdf"


async def test_a_message_and_an_invoice_come_by_themselves_and_an_answer_goes_back(
    helen: Desk, phone: Desk, site: Site, pictures: Pictures
) -> None:
    email = "kit@boats.example"
    client = await let_in(helen, "Boats & Co", email)
    await sign_in(phone, site, email)
    page = phone.page
    await expect(page.get_by_label("Message to")).to_be_visible()

    await made(helen, "sendMessage", "message", clientId=client, body="Your accounts are done.")
    invoice = await made(helen, "draftInvoice", "invoice", clientId=client)
    price = {"amount": "1250.00", "currency": "GBP"}
    await made(helen, "addInvoiceLine", "invoice", invoiceId=invoice, description="Accounts",
               price=price, taxRate="20")  # fmt: skip
    await made(helen, "issueInvoice", "invoice", id=invoice)

    await expect(page.get_by_text("Your accounts are done.")).to_be_visible()
    await expect(page.get_by_text("£1,500.00")).to_be_visible()
    job = await made(helen, "createJob", "job", clientId=client, title="Boats accounts")
    await expect(page.get_by_text("Boats accounts", exact=True)).to_be_visible()
    await made(helen, "createRequest", "request", jobId=job, title="Old papers",
               dueDate="2020-01-06", items=[{"kind": "QUESTION", "text": "Any boats?"},
                                            {"kind": "QUESTION", "text": "Since when?"}])  # fmt: skip
    needed = page.get_by_role("region", name="What we need from you")
    await expect(needed.get_by_text("by 6 January 2020 Overdue")).to_be_visible()
    await answer_elsewhere(phone, "Any boats?", "Two.")
    await expect(page.get_by_label("Answer: Any boats?")).to_have_value("Two.")
    await expect(page.get_by_role("button", name="Send the new answer")).to_have_count(0)
    parts = await page.get_by_role("heading", level=2).all_text_contents()
    assert parts[:3] == ["What we need from you", "What you owe", "Where your work stands"]
    await page.get_by_label("Message to").fill("Thank you!")
    await lose_an_answer(page, "PortalSend")
    await page.get_by_role("button", name="Send", exact=True).click()
    await expect(page.get_by_role("alert")).to_contain_text("did not go through")
    await page.get_by_role("button", name="Send", exact=True).click()
    await expect(page.get_by_label("Message to")).to_have_value("")
    await expect(page.get_by_role("listitem").filter(has_text="Thank you!")).to_be_visible()
    said = await helen.ask(
        "query($id: ID!) { messages(filter: { client: { eq: $id } })"
        " { edges { node { author body readAt } } } }", id=client,
    )  # fmt: skip
    answer, first = (edge["node"] for edge in said["messages"]["edges"])
    assert (answer["author"], answer["body"]) == ("Kit Carter", "Thank you!")
    assert first["readAt"] is not None, "it stood on the screen"
    async with page.expect_download() as download:
        await page.get_by_role("link", name="PDF of invoice").click()
    assert (await download.value).suggested_filename.startswith("invoice-")
    schemes: tuple[Any, ...] = ("light", "dark")
    for scheme in schemes:
        await page.emulate_media(color_scheme=scheme)
        await page.reload()
        await expect(page.get_by_text("Thank you!")).to_be_visible()
        await fits(phone)
        await pictures.take(page, f"portal-between-{scheme}.png", full_page=True)


async def test_what_was_done_long_ago_is_out_of_the_way(phone: Desk, site: Site) -> None:
    await sign_in(phone, site, "lydia.oakes@oakhambooksltd.example")
    standing = phone.page.get_by_role("region", name="Where your work stands")
    oldest = standing.get_by_text("Done", exact=True).last
    await expect(oldest).to_be_hidden()
    await standing.get_by_text("Finished earlier").click()
    await expect(oldest).to_be_visible()
    await fits(phone)


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
