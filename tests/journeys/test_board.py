"""Two people before one board: what one does, the other sees, whatever happens in between."""

import re

import asyncpg
import pytest
from playwright.async_api import expect

from tests.journeys.conftest import HELEN, PRIYA, Seat
from tests.journeys.desk import Desk, look
from tests.journeys.server_process import Site

pytestmark = pytest.mark.browser


async def test_a_move_is_seen_by_a_colleague_with_the_name_of_who_made_it(seat: Seat) -> None:
    helen, priya = [await seat(who, reduced_motion="no-preference") for who in (HELEN, PRIYA)]
    await look(helen, priya)
    await helen.new_job("Seen by both", "Open the post")
    await priya.stands_in("Seen by both", "PLANNED")
    await helen.stands_in("Seen by both", "PLANNED")
    ring = priya.card("Seen by both").locator(".ring-name")
    await expect(ring).to_have_count(0)

    await helen.drag("Seen by both", "IN_PROGRESS")

    await expect(ring).to_have_text("Helen Pryce")
    await priya.stands_in("Seen by both", "IN_PROGRESS")
    await helen.stands_in("Seen by both", "IN_PROGRESS")


async def test_both_can_move_cards_and_see_one_board(helen: Desk, priya: Desk) -> None:
    await look(helen, priya)
    await helen.new_job("First of two")
    await helen.new_job("Second of two")
    for desk in (helen, priya):
        await desk.stands_in("Second of two", "PLANNED")

    await helen.drag("First of two", "READY")
    await priya.stands_in("First of two", "READY")  # so that nothing slides from under her hand
    await priya.drag("Second of two", "READY")

    for desk in (helen, priya):
        await desk.stands_in("First of two", "READY")
        await desk.stands_in("Second of two", "READY")
    order = ".column-list [data-card] .card-title"
    hers = await helen.column("READY").locator(order).all_inner_texts()
    await expect(priya.column("READY").locator(order)).to_have_text(hers)


async def test_nothing_is_missed_or_doubled_over_a_killed_and_restarted_server(
    helen: Desk, priya: Desk, site: Site
) -> None:
    job = await helen.new_job("Over the break")
    await priya.look(f"?job={job}")
    await helen.look(f"?job={job}")
    add = helen.page.get_by_label("Title of a new step")
    steps = [f"Step {number}" for number in range(1, 9)]

    for title in steps[:4]:
        await add.fill(title)
        await add.press("Enter")
    await site.kill()
    for title in steps[4:]:
        await add.fill(title)
        await add.press("Enter")
    await helen.page.keyboard.press("Escape")
    for desk in (helen, priya):
        await expect(desk.page.locator(".connection")).to_have_attribute("data-line", "offline")
    await helen.drag("Over the break", "READY")
    await expect(helen.page.locator(".connection")).to_contain_text("changes waiting")
    await site.start()

    for desk in (helen, priya):
        await desk.is_live()
        await desk.stands_in("Over the break", "READY")
    await expect(priya.page.locator(".step .step-title")).to_have_text(steps)
    await expect(priya.card("Over the break")).to_contain_text("0/8")
    await expect(helen.card("Over the break")).to_contain_text("0/8")
    await expect(helen.page.locator(".connection-count")).to_have_count(0)
    assert await _stored_steps(site) == steps


async def _stored_steps(site: Site) -> list[str]:
    connection = await asyncpg.connect(site.environment["MIGRATE_DATABASE_URL"])
    try:
        rows = await connection.fetch(
            "select t.title from task t join job j on j.id = t.job_id"
            " where j.title = 'Over the break' order by t.title"
        )
    finally:
        await connection.close()
    return [row["title"] for row in rows]


async def test_what_is_done_offline_survives_a_reload_and_is_sent_on_return(
    helen: Desk, priya: Desk
) -> None:
    await look(helen, priya)
    await helen.new_job("Kept meanwhile")
    await helen.stands_in("Kept meanwhile", "PLANNED")
    await helen.page.route("**/graphql", lambda route: route.abort())
    await helen.drag("Kept meanwhile", "READY")
    await helen.stands_in("Kept meanwhile", "READY")
    await priya.stands_in("Kept meanwhile", "PLANNED")
    helen.page.on("dialog", lambda dialog: dialog.accept())

    await helen.page.unroute("**/graphql")
    await helen.page.reload()

    await priya.stands_in("Kept meanwhile", "READY")
    await helen.stands_in("Kept meanwhile", "READY")


async def test_done_is_refused_while_steps_are_open_and_the_card_goes_back(helen: Desk) -> None:
    await helen.look()
    await helen.new_job("Not yet done", "Post the entries")
    await helen.stands_in("Not yet done", "PLANNED")

    await helen.drag("Not yet done", "DONE")

    refusal = helen.page.get_by_role("alert")
    await expect(refusal).to_contain_text("Could not move to Done")
    await expect(refusal).to_contain_text("Post the entries")
    await helen.stands_in("Not yet done", "PLANNED")


async def test_a_move_is_undone_by_one_key(helen: Desk, priya: Desk) -> None:
    await look(helen, priya)
    await helen.new_job("There and back")
    await helen.stands_in("There and back", "PLANNED")
    await helen.drag("There and back", "READY")
    await priya.stands_in("There and back", "READY")
    await expect(helen.page.get_by_role("button", name="Undo")).to_be_visible()

    await helen.page.keyboard.press("z")

    for desk in (helen, priya):
        await desk.stands_in("There and back", "PLANNED")


async def test_a_card_is_moved_by_keyboard_and_each_step_is_said(helen: Desk) -> None:
    await helen.look()
    await helen.new_job("By keyboard")
    await helen.stands_in("By keyboard", "PLANNED")
    said = helen.page.locator("[aria-live=assertive]")
    await helen.card("By keyboard").locator(".card-open").focus()

    await helen.page.keyboard.press("Space")
    await expect(said).to_contain_text("Picked up By keyboard, position")
    await helen.page.keyboard.press("ArrowRight")
    await expect(said).to_contain_text("in Ready")
    await helen.page.keyboard.press("Space")

    await expect(said).to_contain_text("By keyboard put down")
    await helen.stands_in("By keyboard", "READY")
    await expect(helen.card("By keyboard").locator(".card-open")).to_be_focused()


async def test_escape_brings_a_held_card_back(helen: Desk) -> None:
    await helen.look()
    await helen.new_job("Held and returned")
    await helen.stands_in("Held and returned", "PLANNED")
    await helen.card("Held and returned").locator(".card-open").focus()
    for key in ("Space", "ArrowRight", "ArrowRight", "Escape"):
        await helen.page.keyboard.press(key)

    await helen.stands_in("Held and returned", "PLANNED")
    await expect(helen.page.locator(".toast")).to_have_count(0)


async def test_completing_steps_moves_the_card_along_on_both_boards(
    helen: Desk, priya: Desk
) -> None:
    job = await helen.new_job("Step by step", "Gather", "Post")
    await priya.look()
    await helen.look(f"?job={job}")
    await priya.stands_in("Step by step", "PLANNED")

    await helen.page.get_by_role("button", name="Complete: Gather").click()

    for desk in (helen, priya):
        await expect(desk.card("Step by step")).to_contain_text("1/2")
        await expect(desk.card("Step by step").locator(".card-next")).to_have_text("Post")


async def test_a_running_timer_is_seen_by_all_and_stops_once(helen: Desk, priya: Desk) -> None:
    await look(helen, priya)
    await helen.new_job("On the clock")
    await helen.stands_in("On the clock", "PLANNED")
    await helen.card("On the clock").locator(".card-open").focus()

    await helen.page.keyboard.press("t")

    await expect(helen.page.locator(".header-timer")).to_contain_text("On the clock")
    await expect(priya.card("On the clock").locator(".card-ticking")).to_be_visible()
    await helen.page.get_by_role("button", name="Stop the timer: ").first.click()
    await expect(priya.card("On the clock").locator(".card-ticking")).to_have_count(0)
    await expect(helen.page.locator(".header-timer")).to_have_attribute("data-running", "false")


async def test_the_address_is_the_view_and_two_keys_change_the_scope(helen: Desk) -> None:
    await helen.look("?by=person")
    await expect(helen.page.get_by_role("button", name="By person")).to_have_attribute(
        "aria-pressed", "true"
    )
    await helen.page.keyboard.press("g")
    await helen.page.keyboard.press("w")

    await expect(helen.page).to_have_url(f"{helen.site.address}/board?by=due-week&due=any")
    await expect(helen.page.locator(".column-title", has_text="This week")).to_be_visible()
    await helen.page.go_back()
    await expect(helen.page.get_by_role("button", name="By person")).to_have_attribute(
        "aria-pressed", "true"
    )


async def test_a_card_put_on_a_person_is_theirs_and_on_a_week_is_due_then(
    helen: Desk, priya: Desk
) -> None:
    await priya.look()
    await helen.new_job("Handed over")
    found = await priya.ask("{ viewer { member { id } } }")
    colleague = found["viewer"]["member"]["id"]
    await helen.look("?by=person")
    await helen.drag("Handed over", colleague)
    await expect(priya.card("Handed over")).to_contain_text("Your turn")

    await helen.look("?by=due-week&due=any")
    week = helen.page.locator("[data-column]", has_text="Next week")
    await helen.drag("Handed over", await week.get_attribute("data-column") or "")

    await expect(priya.card("Handed over").locator(".due")).to_have_text(re.compile("in .* days"))
    await expect(helen.card("Handed over").locator(".due")).to_have_text(re.compile("in .* days"))


async def test_who_lives_in_tasks_adds_and_completes_them_there(helen: Desk, priya: Desk) -> None:
    for desk in (helen, priya):
        await desk.look("?show=tasks&scope=everything&due=any&text=Ring+back")
    await helen.look("?show=tasks&scope=mine")
    await helen.column("READY").get_by_role("button", name="Add a task").click()
    title = helen.page.get_by_label("Title of the task")
    await title.fill("Ring back at noon")
    await title.press("Enter")
    await helen.stands_in("Ring back at noon", "READY")
    await priya.stands_in("Ring back at noon", "READY")

    await helen.page.get_by_role("button", name="Complete: Ring back at noon").click()

    for desk in (helen, priya):
        await desk.stands_in("Ring back at noon", "DONE")


async def test_a_job_put_where_the_client_is_waited_for_asks_what_for(
    helen: Desk, priya: Desk
) -> None:
    await look(helen, priya)
    await helen.new_job("Waits for papers", "Sort the papers")
    await helen.stands_in("Waits for papers", "PLANNED")
    await helen.drag("Waits for papers", "WAITING_ON_CLIENT")
    question = helen.page.get_by_role("dialog")
    await question.get_by_role("textbox").fill("the signed form")
    await question.get_by_role("button", name="Note it").click()

    for desk in (helen, priya):
        await expect(desk.card("Waits for papers")).to_contain_text("for the signed form")
        await expect(desk.card("Waits for papers")).to_contain_text("Client’s turn")
        await expect(desk.card("Waits for papers")).not_to_contain_text("Sort the papers")
