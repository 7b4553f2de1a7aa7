"""Clients: found, taken on, looked after by several people at once, and seen by those who may."""

import re

import pytest
from playwright.async_api import Locator, Response, expect

from tests.journeys.conftest import HELEN, PHONE, Seat
from tests.journeys.desk import Desk
from tests.journeys.pictures import Pictures
from tests.journeys.test_portal import made

pytestmark = pytest.mark.browser

MARGARET, IMRAN = "margaret@ashworth.example", "imran@ashworth.example"


def row(desk: Desk, name: str) -> Locator:
    return desk.page.locator(".clients tbody tr", has_text=name)


async def taken_on(desk: Desk, name: str) -> str:
    """A client that no other test touches."""
    return await made(desk, "createClient", "client", name=name)


async def opened(desk: Desk, id: str) -> None:
    await desk.open(f"/clients/{id}")
    await expect(desk.page.get_by_role("region", name="Open jobs")).to_be_visible()


async def test_a_client_is_found_by_words_and_opened_without_leaving_the_keyboard(
    helen: Desk,
) -> None:
    page = helen.page
    field = page.get_by_role("searchbox", name="Find a client")
    await helen.open("/clients")
    await page.keyboard.press("/")
    await expect(field).to_be_focused()
    await page.keyboard.type("ltd calder")
    await expect(page.locator(".clients tbody tr")).to_have_count(1)
    await expect(page).to_have_url(re.compile(r"text=ltd\+calder"))
    assert await helen.serious_findings() == []
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowUp")
    await expect(field).to_be_focused()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page.locator("h1")).to_have_text("Calder Cycles Ltd")

    await page.go_back()

    await expect(field).to_have_value("ltd calder")
    await field.press("Escape")
    await expect(page.locator(".client-count")).not_to_have_text("1")
    await page.get_by_role("button", name="Archived").click()
    await expect(page.get_by_role("heading", name="No client stands so")).to_be_visible()
    await page.get_by_role("button", name="All clients").click()
    await expect(row(helen, "Calder Cycles")).to_have_count(1)


async def test_a_list_is_narrowed_by_a_tag_and_by_who_looks_after_whom_and_a_link_says_the_same(
    helen: Desk, priya: Desk
) -> None:
    page = helen.page
    await helen.open("/clients")
    await row(helen, "Harding Estates").get_by_role("button", name="family").click()
    await expect(row(helen, "Calder Cycles")).to_have_count(0)
    await expect(row(helen, "Caroline Harding")).to_have_count(1)
    await page.get_by_role("button", name="Looked after by").click()
    await page.get_by_role("option", name="Priya Raman").click()
    await expect(page.locator(".clients tbody tr")).to_have_count(1)
    await page.get_by_role("button", name="Kind").click()
    await page.get_by_role("option", name="Person").click()
    await expect(page.get_by_role("heading", name="No client stands so")).to_be_visible()
    await page.get_by_role("button", name="Remove the filter Kind: Person").click()
    await expect(row(helen, "Harding Estates")).to_have_count(1)

    await priya.open(page.url.removeprefix(helen.site.address))

    await expect(priya.page.locator(".clients tbody tr")).to_have_count(1)
    await priya.page.get_by_role("button", name="Clear").click()
    await expect(row(priya, "Calder Cycles")).to_have_count(1)


async def test_a_long_list_is_gone_through_page_by_page_and_the_address_says_where(
    helen: Desk,
) -> None:
    page = helen.page
    names = page.locator(".clients tbody b")
    await helen.open("/clients")
    first = await names.all_inner_texts()
    await page.get_by_role("link", name="Later").click()
    await expect(row(helen, first[0])).to_have_count(0)
    later = await names.all_inner_texts()

    assert [name.lower() for name in first + later] == sorted(
        name.lower() for name in first + later
    )
    assert len(first) == 50
    await helen.open(page.url.removeprefix(helen.site.address))
    assert await names.all_inner_texts() == later
    await page.get_by_role("link", name="Earlier").click()
    await expect(row(helen, first[0])).to_have_count(1)
    assert await names.all_inner_texts() == first


async def test_who_takes_a_client_on_is_told_who_is_called_alike_and_others_see_it_come(
    helen: Desk, priya: Desk, pictures: Pictures
) -> None:
    page = helen.page
    await priya.open("/clients?text=Oystercatcher")
    await expect(priya.page.get_by_role("button", name="Add “Oystercatcher”")).to_be_visible()
    await helen.open("/clients")
    await page.get_by_role("button", name="New client").click()
    name = page.get_by_role("textbox", name="Name")
    await name.fill("calder")
    await expect(page.locator(".alike")).to_have_text("There is already Calder Cycles Ltd.")
    await pictures.take(page, "new-client.png")
    await name.fill("Oystercatcher Inns Ltd")
    await page.get_by_label("How far you are with it").select_option("Prospect")
    await page.get_by_role("button", name="Add", exact=True).click()

    await expect(page.locator("h1")).to_have_text("Oystercatcher Inns Ltd")
    await expect(row(priya, "Oystercatcher Inns Ltd")).to_contain_text("Prospect")
    await expect(page.get_by_role("region", name="Open jobs")).to_contain_text("Nothing is open")


async def test_facts_that_two_people_change_at_once_both_stand_and_none_writes_over_another(
    helen: Desk, priya: Desk
) -> None:
    id = await taken_on(helen, "Pennywhistle Toys")
    await opened(helen, id)
    await opened(priya, id)
    mine, theirs = (desk.page.get_by_label("Standing notes") for desk in (helen, priya))
    await mine.fill("Rings before nine.")
    await priya.page.get_by_label("Tags").fill("toys, retail")
    await priya.page.get_by_label("Tags").press("Enter")
    await expect(helen.page.get_by_label("Tags")).to_have_value("toys, retail")
    await expect(mine).to_have_value("Rings before nine.")
    await theirs.fill("Never rings.")
    async with priya.page.expect_response(_is_kept):
        await theirs.blur()

    await mine.blur()

    notes = helen.page.get_by_role("region", name="Notes")
    await expect(notes.get_by_text("Not kept, yours to copy")).to_be_visible()
    await expect(notes).to_contain_text("Rings before nine.")
    await expect(mine).to_have_value("Never rings.")
    assert await helen.serious_findings() == []
    await mine.fill("Never rings. Writes instead.")
    await mine.blur()
    await expect(theirs).to_have_value("Never rings. Writes instead.")
    days = helen.page.get_by_label("Days to pay")
    await days.fill("soon")
    await days.press("Enter")
    await expect(helen.page.get_by_role("alert")).to_contain_text("A whole number of days")
    await days.fill("21")
    await days.press("Enter")
    await expect(priya.page.get_by_label("Days to pay")).to_have_value("21 days")


def _is_kept(answer: Response) -> bool:
    return "updateClient" in (answer.request.post_data or "")


async def test_a_client_shows_its_open_jobs_as_they_stand_and_leads_to_them_and_back(
    helen: Desk, priya: Desk
) -> None:
    id = await taken_on(helen, "Thistledown Yarns")
    page = helen.page
    await opened(helen, id)
    jobs = page.get_by_role("region", name="Open jobs")
    await expect(jobs).to_contain_text("Nothing is open")
    job = await made(priya, "createJob", "job", clientId=id, title="First accounts",
                     steps=[{"title": "Read the ledgers"}])  # fmt: skip
    await expect(jobs.locator(".client-job")).to_contain_text("Read the ledgers")
    assert await helen.serious_findings() == []

    await jobs.get_by_role("link", name="First accounts").click()

    await expect(page).to_have_url(f"{helen.site.address}/jobs/{job}")
    await page.get_by_role("link", name="Thistledown Yarns").click()
    await expect(page.locator("h1")).to_have_text("Thistledown Yarns")
    await page.keyboard.press("Control+k")
    await page.get_by_role("combobox", name="Find or do").fill("calder cycles")
    await page.get_by_role("option", name=re.compile("^Calder Cycles Ltd.*client")).click()
    await expect(page.locator("h1")).to_have_text("Calder Cycles Ltd")


async def test_who_looks_after_a_client_and_who_is_behind_it_is_said_where_it_is_asked(
    helen: Desk, priya: Desk
) -> None:
    id = await taken_on(helen, "Gorse Hill Farm")
    page = helen.page
    await opened(helen, id)
    await opened(priya, id)
    team = page.get_by_role("region", name="Looked after by")
    await team.get_by_role("button", name="Give somebody the part of preparer").click()
    await page.get_by_role("option", name="Priya").click()
    theirs = priya.page.get_by_role("region", name="Looked after by")
    await expect(theirs).to_contain_text("Priya Raman")
    end = theirs.get_by_role("button", name="Priya Raman is no longer preparer")
    await end.press("Enter")
    await expect(end).to_have_text("No longer?")
    await end.press("Enter")
    await expect(team).not_to_contain_text("Priya Raman")

    await page.get_by_role("button", name="Add somebody").click()
    await page.get_by_label("Full name").fill("Rosalind Tully")
    await page.get_by_label("What they are there").fill("Farmer")
    await page.get_by_label("E-mail").fill("rosalind@gorsehill.example")
    await page.get_by_role("button", name="Add", exact=True).click()
    people = page.get_by_role("region", name="People")
    await expect(people).to_contain_text("Farmer")
    await people.get_by_role("button", name="Invite Rosalind Tully").click()

    await expect(priya.page.get_by_role("region", name="People")).to_contain_text("In the portal")
    await opened(priya, await taken_on(priya, "Gorse Hill Dairy"))
    await priya.page.get_by_role("button", name="Add somebody").click()
    assert await priya.serious_findings() == []
    await priya.page.get_by_role("button", name="somebody you know already").click()
    await priya.page.get_by_role("combobox").fill("Rosalind")
    await priya.page.get_by_role("option", name="Rosalind Tully").click()
    await priya.page.get_by_label("What they are there").fill("Owner")
    await priya.page.get_by_role("button", name="Add", exact=True).click()
    people = priya.page.get_by_role("region", name="People")
    await expect(people).to_contain_text("Rosalind Tully Owner")
    await expect(people.get_by_role("button", name="Invite Rosalind Tully")).to_be_visible()


async def test_a_client_that_is_restricted_is_gone_for_who_may_not_see_it(
    seat: Seat, priya: Desk
) -> None:
    margaret = await seat(MARGARET)
    id = await taken_on(margaret, "Quiet Water Trust")
    await opened(priya, id)
    await opened(margaret, id)
    await margaret.page.get_by_role("button", name="Seen by: Whole firm").click()
    await margaret.page.get_by_role("option", name="Team, admins").click()

    await expect(margaret.page.locator("h1")).to_contain_text("Restricted")
    gone = priya.page.get_by_role("heading", name="This client is not here")
    await expect(gone).to_be_visible()
    await priya.open(f"/clients/client_{'0' * 32}")
    await expect(gone).to_be_visible()
    await priya.open("/clients?text=Quiet Water")
    await expect(priya.page.get_by_role("heading", name="No client is called")).to_be_visible()
    await margaret.open("/clients?text=Quiet Water")
    await expect(row(margaret, "Quiet Water Trust")).to_contain_text("Restricted")


async def test_who_only_reads_is_offered_nothing_to_change(seat: Seat, helen: Desk) -> None:
    id = await taken_on(helen, "Lamplight Cinema")
    imran = await seat(IMRAN)
    me = (await imran.ask("{ viewer { member { id } } }"))["viewer"]["member"]["id"]
    await made(helen, "assignClientRole", "clientRole", clientId=id, memberId=me, role="PREPARER")
    await opened(imran, id)
    page = imran.page

    await expect(page.locator("h1")).to_have_text("Lamplight Cinema")
    await expect(page.locator(".room :is(input, textarea)")).to_have_count(0)
    await expect(page.locator(".room button")).to_have_count(0)
    await expect(page.get_by_text("To be paid")).to_have_count(0)
    await imran.open("/clients")
    await expect(page.get_by_role("button", name="New client")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["desk", "phone"])
async def test_whatever_the_screen_nothing_sticks_out_and_everybody_can_read_it(
    seat: Seat, pictures: Pictures, size: str, scheme: str
) -> None:
    window = PHONE if size == "phone" else {"viewport": {"width": 1440, "height": 900}}
    desk = await seat(HELEN, **window, color_scheme=scheme)
    page = desk.page
    await desk.open("/clients")
    found = await desk.ask(
        '{ clients(filter: { search: "Redstart Software" }) { nodes { id recurrences { id } } } }'
    )
    for name, address in (("clients", "/clients"), ("client", "/clients/{id}")):
        await desk.open(address.format(id=found["clients"]["nodes"][0]["id"]))
        assert await desk.serious_findings() == []
        width = await page.evaluate("document.documentElement.scrollWidth")
        assert width == window["viewport"]["width"]
        await pictures.take(page, f"{name}-{size}-{scheme}.png")
    await expect(page.get_by_role("region", name="What comes back")).to_contain_text("Every month")
