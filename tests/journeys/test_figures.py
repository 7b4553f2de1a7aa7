"""What the board counts and books: open work, overdue work, hours against capacity, time."""

import re

import pytest
from playwright.async_api import expect

from tests.journeys.desk import Desk
from tests.journeys.pictures import Pictures

pytestmark = pytest.mark.browser

_DUE = """query ($filter: BoardFilter) {
  jobBoard(filter: $filter, groupBy: DUE_WEEK) { columns { key count } } }"""


async def test_open_means_the_same_above_the_board_and_above_each_column(helen: Desk) -> None:
    await helen.look("?by=category")
    told = helen.page.locator(".summary b")
    open_jobs = await told.inner_text()
    for by in ("person", "due-week"):
        await helen.look(f"?by={by}")
        await expect(told).to_have_text(open_jobs)
        heads = await helen.page.evaluate(_OPEN_BY_HEADS)
        assert heads == int(open_jobs), by


_OPEN_BY_HEADS = """() => [...document.querySelectorAll(
    '.board [data-column]:not([data-column=done]) .column-count')].reduce(
      (sum, count) => sum + Number((count.firstElementChild ?? count).textContent), 0)"""


async def test_a_job_that_is_done_leaves_the_count_of_its_person(helen: Desk) -> None:
    job = await helen.new_job("Counted until done")
    await helen.look("?by=person")
    column = helen.page.locator(".column").filter(has_text="Counted until done")
    count = column.locator(".column-count > [aria-hidden]")
    before = int(await count.inner_text())

    await helen.ask(
        """mutation ($id: ID!) {
             moveJob(input: {id: $id, category: DONE}) { errors { message } } }""",
        id=job,
    )

    await expect(count).to_have_text(str(before - 1))


async def test_overdue_is_told_as_it_is_though_most_cards_are_not_loaded(helen: Desk) -> None:
    found = await helen.ask(
        "{ clients(first: 1) { edges { node { id } } } viewer { member { id } } }"
    )
    given = {
        "clientId": found["clients"]["edges"][0]["node"]["id"],
        "ownerId": found["viewer"]["member"]["id"],
    }
    for number in range(36):
        await helen.ask(
            """mutation ($input: CreateJobInput!) {
                 createJob(input: $input) { errors { message } } }""",
            input=given | {"title": f"Long overdue {number}", "dueDate": "2020-01-31"},
        )

    await helen.look("?scope=everything&text=Long+overdue")

    await expect(helen.page.locator(".more")).to_be_visible()
    await expect(helen.page.locator(".summary-overdue")).to_have_text("36 overdue")
    counted = await helen.ask(_DUE, filter={"scope": "EVERYTHING", "text": "Long overdue"})
    assert {"key": "overdue", "count": 36} in counted["jobBoard"]["columns"]


async def test_hours_capacity_and_what_is_over_are_told_apart(
    helen: Desk, pictures: Pictures
) -> None:
    await helen.look("?by=person")
    over = helen.page.locator(".column-hours[data-over=true]").first

    await expect(over.locator("span").first).to_have_text(re.compile(r"^\d+:\d\d of \d+:\d\d h$"))
    await expect(over.locator(".column-over")).to_have_text(re.compile(r"^\d+:\d\d h over$"))
    await pictures.take(helen.page, "by-person.png")


async def test_a_timer_that_another_one_stops_says_what_was_booked(helen: Desk) -> None:
    await helen.look()
    for title in ("Timed before", "Timed after"):
        await helen.new_job(title)
        await helen.stands_in(title, "PLANNED")
    timer = helen.page.locator(".header-timer")
    await helen.card("Timed before").locator(".card-open").focus()
    await helen.page.keyboard.press("t")
    await expect(timer).to_contain_text("Timed before")

    await helen.card("Timed after").locator(".card-open").focus()
    await helen.page.keyboard.press("t")

    await expect(timer).to_contain_text("Timed after")
    toast = helen.page.locator(".toast", has_text="booked on “Timed before”")
    await expect(toast).to_be_visible()
    await helen.page.keyboard.press("t")
    await expect(timer).to_have_attribute("data-running", "false")
