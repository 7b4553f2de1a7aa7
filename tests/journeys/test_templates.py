"""Templates: written in versions, published, looked at before they are applied."""

import pytest
from playwright.async_api import expect

from tests.journeys.conftest import PHONE
from tests.journeys.desk import Desk
from tests.journeys.pictures import Pictures
from tests.journeys.test_portal import made

pytestmark = pytest.mark.browser


async def test_a_template_is_written_published_and_becomes_a_job_that_others_see_appear(
    helen: Desk, priya: Desk, pictures: Pictures
) -> None:
    page = helen.page
    await priya.look("?scope=everything&due=any&text=Estates of the deceased")
    await helen.open("/templates")
    await page.get_by_role("button", name="New template").click()
    await page.get_by_label("Name: its jobs").fill("Estates of the deceased")
    await page.locator(".form-choice").click()
    await page.get_by_role("option").first.click()
    await page.get_by_role("button", name="Begin").click()

    await page.get_by_role("button", name="Edit steps").click()
    for number, title in enumerate(("Value the estate", "Draft the return"), start=1):
        await page.get_by_role("button", name="Add a step").click()
        await page.get_by_label(f"Title of step {number}").fill(title)
    await page.get_by_role("button", name="Move up: Draft the return").click()
    await page.get_by_role("button", name="Value the estate waits for nothing").click()
    await page.get_by_role("option", name="Draft the return").click()
    way = page.get_by_label("How Value the estate waits for Draft the return")
    await way.select_option("START_TO_START")
    await page.get_by_label("Business days after Draft the return: Value the estate").fill("2")
    assert await helen.serious_findings() == []
    await pictures.take(page, "template.png")
    estimate = page.get_by_label("Estimate: Draft the return")
    await estimate.fill("soon")
    await page.get_by_role("button", name="Save the draft").click()
    await expect(estimate).to_be_focused()
    assert "1:30" in await estimate.evaluate("input => input.validationMessage")
    await estimate.fill("1.5")
    await page.get_by_role("button", name="Save the draft").click()
    await expect(page.locator(".template-step").nth(1)).to_contain_text(
        "once Draft the return is begun, 2 business days later"
    )
    await expect(page.locator(".template-step").first).to_contain_text("1:30 h")
    await page.get_by_role("button", name="Publish version 1").click()

    await page.get_by_role("button", name="Apply …").click()
    await page.locator(".form-choice").click()
    await page.get_by_role("option").first.click()
    await expect(page.get_by_label("What will be made")).to_contain_text("Value the estate")
    await pictures.take(page, "apply.png")
    await page.get_by_role("button", name="Make the job").click()

    await expect(priya.card("Estates of the deceased")).to_have_count(1)
    await page.get_by_role("button", name="Open", exact=True).click()
    await expect(page.locator("h1")).to_have_text("Estates of the deceased")
    await page.go_back()
    await page.get_by_role("button", name="Edit steps").click()
    for title in ("Draft the return", "Value the estate"):
        await page.get_by_role("button", name=f"Take away: {title}").click()
    await page.get_by_role("button", name="Save the draft").click()
    await expect(page.get_by_role("button", name="Apply version 1 …")).to_be_visible()
    await expect(page.get_by_text("until then version 1 is applied")).to_be_visible()
    await page.set_viewport_size(PHONE["viewport"])
    await helen.open("/templates")
    assert await page.evaluate("document.documentElement.scrollWidth") == 390


async def test_who_wrote_steps_while_others_were_set_is_told_what_can_be_done(helen: Desk) -> None:
    page = helen.page
    service = (await helen.ask("{ services { id } }"))["services"][0]["id"]
    template = await made(helen, "createTemplate", "template", serviceId=service, name="Trusts",
                          steps=[{"title": "Read the deed"}])  # fmt: skip
    await helen.open(f"/templates?template={template}")
    await page.get_by_role("button", name="Edit steps").click()
    await page.get_by_label("Title of step 1").fill("Read it twice")
    await made(helen, "setTemplateSteps", "template", id=template, steps=[{"title": "Ask first"}])
    await page.get_by_role("button", name="Save the draft").click()

    await expect(page.get_by_role("alert")).to_contain_text("Cancel shows theirs.")
    await expect(page.get_by_label("Title of step 1")).to_have_value("Read it twice")
    await page.get_by_role("button", name="Cancel").click()
    await expect(page.locator(".template-step")).to_contain_text("Ask first")
