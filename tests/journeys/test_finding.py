"""Finding and adding: by any word of a name, and each thing once."""

import pytest
from playwright.async_api import expect

from tests.journeys.desk import Desk, look

pytestmark = pytest.mark.browser


async def test_the_palette_finds_by_any_words_what_no_board_shows(helen: Desk, priya: Desk) -> None:
    job = await priya.new_job("Probate for the late uncle")
    client = await priya.ask("query ($id: ID!) { job(id: $id) { client { name } } }", id=job)
    word = client["job"]["client"]["name"].split()[-1]
    await helen.look("?text=nobody-has-this")
    await helen.page.keyboard.press("Control+k")
    field = helen.page.get_by_role("combobox", name="Find or do")
    found = helen.page.get_by_role("option")

    await field.fill(f"uncle {word}")
    await expect(found).to_have_count(1)
    await field.fill(word)
    await expect(
        found.filter(has=helen.page.get_by_text("client", exact=True)).first
    ).to_be_visible()
    await field.fill("no such words at all")
    await expect(helen.page.locator(".palette-none")).to_contain_text("Nothing is called")
    await field.fill("late probate")
    await expect(found).to_have_count(1)
    await field.press("Enter")

    await expect(helen.page.locator("#drawer-title")).to_have_text("Probate for the late uncle")


async def test_a_job_for_a_new_client_is_added_in_one_go_and_once(helen: Desk, priya: Desk) -> None:
    await look(helen, priya)
    column = helen.column("READY")
    await column.get_by_role("button", name="Add a job").click()
    await column.get_by_role("button", name="Which client?").click()
    await helen.page.keyboard.type("Lantern Books & Co")
    await helen.page.get_by_role("option", name="New client “Lantern Books & Co”").click()
    title = helen.page.get_by_label("Title of the job")
    await title.fill("Set up the ledgers")

    await title.press("Enter")
    await title.press("Enter")

    for desk in (helen, priya):
        await desk.stands_in("Set up the ledgers", "READY")
        await expect(desk.card("Set up the ledgers")).to_contain_text("Lantern Books & Co")
    found = await helen.ask(
        '{ clients(filter: { search: "books lantern" }) { nodes { name } } }',
    )
    assert [one["name"] for one in found["clients"]["nodes"]] == ["Lantern Books & Co"]
