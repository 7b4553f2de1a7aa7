"""A task by itself: opened, named, talked about, timed, and deleted only on purpose."""

import pytest
from playwright.async_api import expect

from tests.journeys.desk import Desk

pytestmark = pytest.mark.browser

TASKS = "?show=tasks&scope=everything&due=any&text=Sharpen"


async def new_task(desk: Desk, title: str) -> str:
    made = await desk.ask(
        "mutation ($input: CreateTaskInput!) { createTask(input: $input) { task { id } } }",
        input={"title": title},
    )
    id: str = made["createTask"]["task"]["id"]
    return id


async def test_a_task_of_no_job_is_opened_named_and_talked_about(helen: Desk, priya: Desk) -> None:
    await new_task(helen, "Sharpen pencils")
    for desk in (helen, priya):
        await desk.look(TASKS)
        await desk.card("Sharpen pencils").locator(".card-open").click()
    drawer = helen.page.locator(".drawer")

    await drawer.get_by_role("button", name="Sharpen pencils").click()
    await helen.page.keyboard.type("Sharpen all pencils")
    await helen.page.keyboard.press("Enter")
    await drawer.get_by_label("Write a comment").fill("The red ones first")
    await drawer.get_by_role("button", name="Send").click()

    await expect(priya.page.locator(".comment-body")).to_have_text("The red ones first")
    await expect(priya.page.locator("#drawer-title")).to_have_text("Sharpen all pencils")
    await expect(priya.card("Sharpen all pencils").locator(".card-comments")).to_contain_text("1")


async def test_a_comment_on_a_step_is_changed_and_taken_back_by_who_wrote_it(
    helen: Desk, priya: Desk
) -> None:
    job = await helen.new_job("Talked over", "Read it first")
    await helen.look(f"?job={job}")
    drawer = helen.page.locator(".drawer")
    await drawer.get_by_role("button", name="Notes and comments: Read it first").click()
    await drawer.get_by_label("Write a comment").fill("Page to is missing")
    await drawer.get_by_role("button", name="Send").click()
    said = drawer.locator(".comment-body")
    await expect(said).to_have_text("Page to is missing")
    await drawer.get_by_role("button", name="Change").click()
    await drawer.get_by_label("Change the comment").fill("Page two is missing")
    await helen.page.keyboard.press("Control+Enter")
    await expect(said).to_have_text("Page two is missing")
    await expect(helen.page.locator("[data-unsent=true]")).to_have_count(0)

    await drawer.get_by_role("button", name="Open the job").click()
    await priya.look(f"?job={job}")
    step = priya.page.get_by_role("button", name="Notes and comments: Read it first, 1")
    await step.click()
    await expect(priya.page.locator(".comment-body")).to_have_text("Page two is missing")
    await expect(priya.page.get_by_role("button", name="Change")).to_have_count(0)
    await drawer.get_by_role("button", name="Notes and comments: Read it first, 1").click()
    await drawer.get_by_role("listitem").get_by_role("button", name="Delete").click()
    await drawer.get_by_role("button", name="Delete for good?").click()

    await expect(said).to_have_count(0)


async def test_a_task_is_deleted_by_the_second_press_only(helen: Desk, priya: Desk) -> None:
    id = await new_task(helen, "Sharpen the axe")
    await priya.look(TASKS)
    await helen.look(f"{TASKS}&task={id}")
    drawer = helen.page.locator(".drawer")

    await drawer.get_by_role("button", name="Delete").dblclick()
    await priya.stands_in("Sharpen the axe", "READY")
    await drawer.get_by_role("button", name="Delete for good?").click()

    await expect(drawer).to_have_count(0)
    for desk in (helen, priya):
        await expect(desk.card("Sharpen the axe")).to_have_count(0)


async def test_a_double_click_starts_one_timer_and_the_key_stops_it(helen: Desk) -> None:
    id = await new_task(helen, "Sharpen by the clock")
    await helen.look(f"{TASKS}&task={id}")
    timer = helen.page.locator(".header-timer")

    await helen.page.locator(".drawer").get_by_role("button", name="Start timer").dblclick()
    await expect(timer).to_contain_text("Sharpen by the clock")
    await helen.page.keyboard.press("Escape")
    await expect(helen.card("Sharpen by the clock").locator(".card-open")).to_be_focused()
    await expect(timer).to_have_attribute("data-running", "true")
    await helen.page.keyboard.press("t")

    await expect(timer).to_have_attribute("data-running", "false")
