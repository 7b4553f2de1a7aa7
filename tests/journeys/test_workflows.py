"""Workflows: designed, rearranged, made stricter, and shortened while work is under way."""

from typing import Any

import pytest
from playwright.async_api import Locator, expect

from tests.journeys.conftest import HELEN, PHONE, PRIYA, Seat
from tests.journeys.desk import Desk
from tests.journeys.pictures import Pictures
from tests.journeys.test_portal import made

pytestmark = pytest.mark.browser

WORKFLOWS = "{ workflows { id name stages { id name } } clients(first: 1) { nodes: edges { node { id } } } }"


async def panel(desk: Desk, name: str) -> Locator:
    await desk.open("/workflows")
    return desk.page.get_by_role("region", name=name)


def stages(panel: Locator) -> Locator:
    return panel.locator("tbody th")


async def begin(desk: Desk, name: str) -> Locator:
    """A workflow that no other test touches."""
    found = await panel(desk, name)
    await desk.page.get_by_role("button", name="New workflow").click()
    await desk.page.get_by_label("What it is called").fill(name)
    await desk.page.get_by_role("button", name="Begin").click()
    await expect(stages(found)).to_have_count(5)
    return found


async def test_a_workflow_is_made_ones_own_and_others_see_it_become_so(
    helen: Desk, seat: Seat, pictures: Pictures
) -> None:
    mine, page = await begin(helen, "Probate"), helen.page
    other = await seat(HELEN)
    theirs = await panel(other, "Probate")
    await mine.get_by_role("button", name="Add a stage: Probate").click()
    await page.get_by_label("What it is called").fill("Valuing")
    await page.get_by_label("What clients read").fill("We value the estate")
    await page.get_by_label("It comes after").select_option("Planned")
    await page.get_by_role("button", name="Add it").click()
    await expect(stages(theirs)).to_have_text(
        ["Planned", "Valuing", "In progress", "In review", "Done", "Cancelled"]
    )
    await mine.get_by_role("button", name="Move down: Valuing").click()
    await expect(stages(theirs).nth(2)).to_have_text("Valuing")
    await mine.get_by_role("button", name="In review").first.click()
    await page.keyboard.type("Partner review")
    await page.keyboard.press("Enter")
    gate = mine.get_by_role("group", name="What Done asks for").get_by_label("A reviewer has")
    await gate.check()
    await expect(stages(theirs).nth(3)).to_have_text("Partner review")
    await expect(theirs.get_by_role("group", name="What Done asks for").get_by_label(
        "A reviewer has")).to_be_checked()  # fmt: skip
    assert await helen.serious_findings() == []
    await pictures.take(page, "workflows.png", full_page=True)


async def test_a_stage_goes_with_its_work_or_says_what_is_at_it(helen: Desk) -> None:
    mine, page = await begin(helen, "Payroll bureau"), helen.page
    found: Any = await helen.ask(WORKFLOWS)
    workflow = next(one for one in found["workflows"] if one["name"] == "Payroll bureau")
    await made(helen, "createJob", "job", title="At the stage", workflowId=workflow["id"],
               clientId=found["clients"]["nodes"][0]["node"]["id"])  # fmt: skip
    await mine.get_by_role("button", name="Use no more: Planned").click()
    await page.get_by_role("button", name="Take it out of use").click()
    await expect(page.get_by_role("dialog")).to_contain_text("Work is at this stage")
    await page.get_by_label("The work that is at it goes to").select_option("In progress")
    await page.get_by_role("button", name="Take it out of use").click()
    await expect(stages(mine)).to_have_text(["In progress", "In review", "Done", "Cancelled"])
    await mine.get_by_role("button", name="Use no more: Done").click()
    await page.get_by_role("button", name="Take it out of use").click()
    await expect(page.get_by_role("dialog")).to_contain_text("needs a stage that is done")
    assert await helen.serious_findings() == []


async def test_who_does_not_manage_work_reads_what_stages_ask_for(seat: Seat) -> None:
    desk = await seat(PRIYA)
    await desk.open("/workflows")
    await expect(desk.page.get_by_role("region").first).to_contain_text("Default")
    await expect(desk.page.get_by_role("button", name="New workflow")).to_have_count(0)
    await expect(desk.page.get_by_role("checkbox")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_on_a_phone_nothing_sticks_out(seat: Seat, pictures: Pictures, scheme: str) -> None:
    desk = await seat(HELEN, color_scheme=scheme, **PHONE)
    await desk.open("/workflows")
    assert await desk.page.evaluate("document.documentElement.scrollWidth") == 390
    assert await desk.serious_findings() == []
    await pictures.take(desk.page, f"workflows-phone-{scheme}.png")
