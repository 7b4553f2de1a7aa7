"""What is known of a client: numbers, addresses, days, relations that end, and whether it is here twice."""

import pytest
from playwright.async_api import expect

from tests.journeys.conftest import HELEN, PHONE, Seat
from tests.journeys.desk import Desk
from tests.journeys.pictures import Pictures
from tests.journeys.test_clients import opened, taken_on
from tests.journeys.test_portal import made

pytestmark = pytest.mark.browser


async def test_who_is_about_to_take_a_client_on_twice_is_asked_first(helen: Desk) -> None:
    await taken_on(helen, "Foxglove & Söhne Ltd")
    page = helen.page
    await helen.open("/clients")
    await page.get_by_role("button", name="New client").click()
    await page.get_by_role("textbox", name="Name").fill("Foxglove and Sohne Limited")
    await expect(page.locator(".alike")).to_have_text("There is already Foxglove & Söhne Ltd.")
    await page.get_by_role("button", name="Add", exact=True).click()
    doubt = page.get_by_role("alert")
    await expect(doubt).to_contain_text("“Foxglove & Söhne Ltd” is here already")
    assert await helen.serious_findings() == []
    await page.get_by_role("button", name="Add all the same").click()

    await expect(page.locator("h1")).to_have_text("Foxglove and Sohne Limited")
    twins = page.get_by_role("complementary", name="Perhaps here twice")
    await expect(twins).to_contain_text("Foxglove & Söhne Ltd has the same name")
    await twins.get_by_role("link").click()
    await expect(page.locator("h1")).to_have_text("Foxglove & Söhne Ltd")


async def test_numbers_are_said_changed_and_taken_away_where_others_see_it(
    helen: Desk, priya: Desk
) -> None:
    id = await taken_on(helen, "Dunlin Chandlers")
    page = helen.page
    await opened(helen, id)
    await opened(priya, id)
    numbers = page.get_by_role("region", name="Numbers")
    theirs = priya.page.get_by_role("region", name="Numbers")
    await numbers.get_by_role("button", name="Tax id").click()
    await page.get_by_label("What it is called").fill("VAT")
    await page.get_by_label("The number").fill("GB 123 456 789")
    assert await helen.serious_findings() == []
    await page.get_by_role("button", name="Keep").click()
    await expect(theirs).to_contain_text("GB 123 456 789")
    await theirs.get_by_role("button", name="Change VAT").click()
    await priya.page.get_by_label("The number").fill("GB 987 654 321")
    await priya.page.get_by_role("button", name="Keep").click()
    await expect(numbers).to_contain_text("GB 987 654 321")

    await numbers.get_by_role("button", name="Id elsewhere").click()
    await page.get_by_label("Which system").fill("xero")
    await page.get_by_label("What the client is called there").fill("C-42")
    await page.get_by_role("button", name="Keep").click()
    await expect(theirs).to_contain_text("C-42")
    other = await taken_on(helen, "Dunlin Sails")
    await opened(priya, other)
    await theirs.get_by_role("button", name="Id elsewhere").click()
    await priya.page.get_by_label("Which system").fill("xero")
    await priya.page.get_by_label("What the client is called there").fill("C-42")
    await priya.page.get_by_role("button", name="Keep").click()
    await expect(priya.page.get_by_role("alert")).to_contain_text("Something else has this id")
    for what in ("its id in xero", "VAT"):
        away = numbers.get_by_role("button", name=f"Take {what} away")
        await away.press("Enter")
        await expect(away).to_have_text("Take away?")
        await away.press("Enter")
    await expect(numbers).to_contain_text("No tax id yet")


async def test_addresses_and_key_dates_read_as_people_say_them(helen: Desk) -> None:
    id = await taken_on(helen, "Merganser Mills")
    page = helen.page
    await opened(helen, id)
    addresses = page.get_by_role("region", name="Addresses")
    await addresses.get_by_role("button", name="Postal address").click()
    for label, text in (("Street and number", "4 Weir Lane"), ("Postal code", "YO1 7HH"),
                        ("Town", "York"), ("Country", "xx")):  # fmt: skip
        await page.get_by_label(label).fill(text)
    await page.get_by_role("button", name="Keep").click()
    await expect(page.get_by_role("alert")).to_contain_text("is not a country")
    await page.get_by_label("Country").fill("ie")
    await page.get_by_role("button", name="Keep").click()
    await expect(addresses.locator("address span")).to_have_text(
        ["4 Weir Lane", "YO1 7HH York", "Ireland"]
    )
    await expect(addresses.get_by_role("button", name="Billing address")).to_be_visible()

    days = page.get_by_role("region", name="Key dates")
    await days.get_by_role("button", name="Add a day").click()
    await page.get_by_label("What it is").fill("Year-end")
    await page.get_by_label("Month").select_option("March")
    assert await helen.serious_findings() == []
    await page.get_by_role("button", name="Keep").click()
    await expect(days).to_contain_text("31 March")
    await days.get_by_role("button", name="Change Year-end").click()
    await page.get_by_label("How often").select_option("Is one day")
    await page.get_by_label("The day").fill("2001-05-31")
    await page.get_by_role("button", name="Keep").click()
    await expect(days).to_contain_text("31 May 2001 past")


async def test_a_relation_has_its_last_day_and_is_told_on_as_past(helen: Desk) -> None:
    id = await taken_on(helen, "Sandpiper Holdings")
    other = await taken_on(helen, "Sandpiper Trading")
    await made(helen, "relateClients", "relation", clientId=id, otherId=other, kind="OWNS",
               fromDate="2024-01-01")  # fmt: skip
    page = helen.page
    await opened(helen, id)
    others = page.get_by_role("region", name="Other clients")
    await others.get_by_role("button", name="Owns Sandpiper Trading: end this").click()
    await page.get_by_label("Its last day").fill("2023-12-31")
    await page.get_by_role("button", name="End it").click()
    await expect(page.get_by_label("Its last day")).to_be_visible()
    await page.get_by_label("Its last day").fill("2024-06-30")
    await page.get_by_role("button", name="End it").click()
    await expect(others.get_by_role("button")).to_have_count(0)
    await others.get_by_text("Before (1)").click()
    await expect(others).to_contain_text("Owns Sandpiper Trading")
    await expect(others.locator("time").last).to_have_attribute("datetime", "2024-06-30")
    await opened(helen, other)
    await others.get_by_text("Before (1)").click()
    await expect(others).to_contain_text("Owned by Sandpiper Holdings")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["desk", "phone"])
async def test_all_that_is_known_fits_on_any_screen(
    seat: Seat, pictures: Pictures, size: str, scheme: str
) -> None:
    window = PHONE if size == "phone" else {"viewport": {"width": 1440, "height": 900}}
    desk = await seat(HELEN, **window, color_scheme=scheme)
    page = desk.page
    id = await taken_on(desk, "Kittiwake Ropes & Rigging Ltd")
    other = await taken_on(desk, "The Kittiwake Ropes and Rigging")
    await made(desk, "relateClients", "relation", clientId=id, otherId=other, kind="OWNS")
    for verb, said in (
        ("setClientTaxId", {"kind": "VAT", "number": "GB 123 456 789"}),
        ("setClientTaxId", {"kind": "Corporation tax reference", "number": "8596148860"}),
        ("setExternalId", {"system": "xero", "key": f"3f2504e0-4f89-41d3-9a0c-{id[-12:]}"}),
        ("setExternalId", {"system": "toggl", "key": id[-32:] * 2}),
        ("setClientAddress", {"purpose": "POSTAL", "line1": "Unit 7, The Old Ropewalk",
                              "city": "Whitby", "postalCode": "YO21 3PU", "country": "GB"}),
        ("setClientAddress", {"purpose": "BILLING", "line1": "Postbus 1234", "city": "Rotterdam",
                              "country": "NL", "recipient": "Accounts payable"}),
        ("setClientKeyDate", {"name": "Year-end", "month": 3, "day": 31}),
        ("setClientKeyDate", {"name": "VAT quarter end", "date": "2031-06-30"}),
    ):  # fmt: skip
        await made(desk, verb, "client", clientId=id, **said)
    await opened(desk, id)
    await expect(page.get_by_role("region", name="Addresses")).to_contain_text("Netherlands")
    assert await desk.serious_findings() == []
    width = await page.evaluate("document.documentElement.scrollWidth")
    assert width == window["viewport"]["width"]
    await pictures.take(page, f"client-facts-{size}-{scheme}.png", full_page=True)
