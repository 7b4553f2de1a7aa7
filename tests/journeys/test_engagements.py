"""What was agreed with a client: ended in one act, which says first what it takes along."""

import pytest
from playwright.async_api import expect

from tests.journeys.desk import Desk
from tests.journeys.test_portal import made

pytestmark = pytest.mark.browser


async def test_what_ends_with_an_engagement_is_seen_before_it_is_ended(helen: Desk) -> None:
    id = await made(helen, "createClient", "client", name="Fulcrum Rigging Ltd")
    agreed = await made(helen, "createEngagement", "engagement", clientId=id, name="Year-end 2026")
    for title, engagement in (("Accounts 2026", agreed), ("A question", None)):
        await made(helen, "createJob", "job", clientId=id, title=title, engagementId=engagement)
    await helen.open(f"/clients/{id}")
    engagements = helen.page.get_by_role("region", name="Engagements")
    await engagements.get_by_role("button", name="End Year-end 2026").click()
    sheet = helen.page.get_by_role("dialog", name="End “Year-end 2026”")
    with_it = sheet.get_by_role("region", name="What ends with it")
    await expect(with_it).to_contain_text("Cancelled, not having been begun")
    await expect(with_it.get_by_role("listitem")).to_have_text(["Accounts 2026"])
    assert await helen.serious_findings() == []
    await sheet.get_by_label("Its last day").fill("2099-12-31")
    await expect(sheet).to_contain_text("Nothing else ends with it.")
    await sheet.get_by_label("Its last day").fill("")
    await expect(sheet).to_contain_text("Choose its last day")
    await sheet.get_by_role("button", name="Cancel").click()
    await expect(engagements).to_contain_text("since")

    await engagements.get_by_role("button", name="End Year-end 2026").click()
    await expect(with_it).to_be_visible()
    await sheet.get_by_role("button", name="End it").click()

    await expect(engagements.get_by_role("button")).to_have_count(0)
    jobs = helen.page.get_by_role("region", name="Open jobs")
    await expect(jobs).to_contain_text("A question")
    await expect(jobs).not_to_contain_text("Accounts 2026")
