"""Comments: what was said, by whom, and who may take it back."""

import asyncpg
import pytest
from uuid_utils.compat import uuid7

from models.comments import Comment
from models.errors import Conflict, Forbidden, NotFound, ValidationError
from models.events import EventKind
from models.jobs import Job
from models.tasks import Task
from models.unit_of_work import reading, unit_of_work
from resolvers import comments
from resolvers.jobs import comment_count
from tests.cast import Cast, House
from tests.verify import verify_action, verify_refusal


async def say(house: House, body: str = "Hello") -> Comment:
    """Dan says something about gathering."""
    async with unit_of_work(house.dan):
        return await Comment.on_task(await Task.load(house.gather), body)


async def test_somebody_says_something_about_a_job_or_a_task(cast: Cast) -> None:
    house = cast.harbour
    async with verify_action(house, house.finn) as action:
        await comments.add(job_id=house.books, body="Which year?")
        await comments.add(task_id=house.gather, body="Which bank?")
        await comments.add(task_id=house.tidy, body="Why?")
    assert action.kinds == [EventKind.COMMENT_ADDED] * 3
    bakery = str(house.bakery)
    assert [event["client_id"] for event in action.events] == [bakery, bakery, None]
    assert {event["payload"]["author_id"][1] for event in action.events} == {str(house.finn.id)}


async def test_a_job_counts_what_is_said_about_it_and_its_steps(cast: Cast) -> None:
    house = cast.harbour
    await say(house)
    async with unit_of_work(house.eve):
        await Comment.on_job(await Job.load(house.books), "Hello too")
    async with reading(house.dan):
        assert await comment_count([{"id": house.year_end}, {"id": house.books}]) == [0, 2]


async def test_a_comment_is_about_exactly_one_thing(cast: Cast) -> None:
    house = cast.harbour
    for about in ({}, {"job_id": house.books, "task_id": house.gather}):
        async with verify_refusal(house, house.dan, ValidationError, path="jobId"):
            await comments.add(body="Well", **about)


@pytest.mark.parametrize("body", ["", "x" * 10_001])
async def test_a_comment_says_something_and_not_too_much(cast: Cast, body: str) -> None:
    async with verify_refusal(cast.harbour, cast.harbour.dan, asyncpg.CheckViolationError):
        await comments.add(job_id=cast.harbour.books, body=body)


async def test_nobody_comments_on_what_they_cannot_see(cast: Cast) -> None:
    house, other = cast.harbour, cast.alpine
    for task_id in (house.seal, other.gather):
        async with verify_refusal(house, house.dan, NotFound, path="taskId"):
            await comments.add(task_id=task_id, body="Psst")
    for job_id in (house.secret, other.books):
        async with verify_refusal(house, house.dan, NotFound, path="jobId"):
            await comments.add(job_id=job_id, body="Psst")


async def test_a_comment_made_twice_under_one_id_is_made_once(cast: Cast) -> None:
    house, id = cast.harbour, uuid7()
    async with verify_action(house) as action:
        for is_new in (True, False):
            async with unit_of_work(house.dan):
                made = await comments.add(id=id, task_id=house.gather, body="Once")
                assert made.is_new is is_new
    assert action.kinds == [EventKind.COMMENT_ADDED]
    for about in ({"task_id": house.gather, "body": "Twice"}, {"job_id": house.books, "body": "X"}):
        async with verify_refusal(house, house.dan, Conflict, code="ID_TAKEN"):
            await comments.add(id=id, **about)  # type: ignore[arg-type]


async def test_its_author_corrects_a_comment_and_nobody_else(cast: Cast) -> None:
    house, said = cast.harbour, await say(cast.harbour, "Helo")
    async with verify_action(house, house.dan) as action:
        await comments.update(id=said.id, body="Hello")
        await comments.update(id=said.id, body="Hello")
    assert action.only(EventKind.COMMENT_CHANGED)["payload"] == {"body": ["Helo", "Hello"]}
    for viewer in (house.ada, house.cleo, house.finn, house.system):
        async with verify_refusal(house, viewer, Forbidden):
            await comments.update(id=said.id, body="Goodbye")


@pytest.mark.parametrize("who", ["dan", "cleo", "ben", "ada"])
async def test_its_author_or_a_manager_takes_a_comment_back(cast: Cast, who: str) -> None:
    house, said = cast.harbour, await say(cast.harbour)
    async with verify_action(house, getattr(house, who)) as action:
        await comments.remove(id=said.id)
    assert action.kinds == [EventKind.COMMENT_REMOVED]
    async with verify_refusal(house, house.dan, NotFound):
        await comments.remove(id=said.id)


@pytest.mark.parametrize("who", ["eve", "finn"])
async def test_a_colleague_does_not_take_a_comment_back(cast: Cast, who: str) -> None:
    said = await say(cast.harbour)
    async with verify_refusal(cast.harbour, getattr(cast.harbour, who), Forbidden):
        await comments.remove(id=said.id)


async def test_a_comment_about_a_restricted_client_is_its_teams(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.ben):
        said = await Comment.on_task(await Task.load(house.seal), "Hush")
    for viewer in (house.cleo, house.dan, house.finn):
        async with verify_refusal(house, viewer, NotFound):
            await comments.remove(id=said.id)
    async with verify_refusal(cast.alpine, cast.alpine.ada, NotFound):
        await comments.remove(id=said.id)
