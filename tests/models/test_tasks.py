"""Tasks: making them, patching their facts, giving them to people and taking them away."""

from datetime import date
from typing import Any

import asyncpg
import pytest
from uuid_utils.compat import uuid7

from models.comments import Comment
from models.errors import Conflict, Locked, NotFound, ValidationError
from models.events import EventKind
from models.tasks import Task
from models.time_entries import TimeEntry
from models.timers import Timer
from models.unit_of_work import reading, unit_of_work
from models.workflows import WorkCategory
from tests.cast import Cast
from tests.verify import verify_action, verify_refusal


async def test_a_task_on_its_own_is_ready_for_a_client_or_for_nobody(cast: Cast) -> None:
    house = cast.harbour
    async with verify_action(house, house.dan) as action:
        file = await Task.add(title="File", client_id=house.mill)
        sweep = await Task.add(title="Sweep")
    assert (file.status, file.client_id, file.step) == (WorkCategory.READY, house.mill, None)
    assert sweep.client_id is None
    assert action.kinds == [EventKind.TASK_CREATED] * 2
    assert [event["client_id"] for event in action.events] == [str(house.mill), None]


async def test_a_task_of_a_job_is_its_last_step_for_its_client_and_team(cast: Cast) -> None:
    house = cast.harbour
    async with verify_action(house, house.dan):
        task = await Task.add(title="Archive", job_id=house.books)
        other = await Task.add(title="Bill", job_id=house.books, team_id=house.taxes)
    assert (task.step, task.client_id, task.team_id) == (4, house.bakery, house.ledgers)
    assert (other.step, other.team_id) == (5, house.taxes)


async def test_a_step_is_for_no_other_client_than_its_job(cast: Cast) -> None:
    house = cast.harbour
    async with verify_refusal(house, house.dan, ValidationError, path="clientId"):
        await Task.add(title="Mixed", job_id=house.books, client_id=house.mill)
    async with verify_action(house, house.dan):
        task = await Task.add(title="Plain", job_id=house.books, client_id=house.bakery)
    assert task.client_id == house.bakery


async def test_a_task_is_put_right_after_another_or_at_the_end(cast: Cast) -> None:
    house = cast.harbour
    async with verify_action(house, house.ada):
        first = await Task.add(title="After gather", after_id=house.gather)
        last = await Task.add(title="Last")
    async with reading(house.ada):
        order = [task.id for task in await Task.all().order_by("position")]
    assert order.index(first.id) == order.index(house.gather) + 1
    assert order[-1] == last.id


async def test_a_task_is_not_made_of_what_one_cannot_see(cast: Cast) -> None:
    house, other = cast.harbour, cast.alpine
    strangers: list[tuple[str, dict[str, Any]]] = [
        ("assigneeId", {"assignee_id": other.dan.id}),
        ("teamId", {"team_id": other.ledgers}),
        ("clientId", {"client_id": other.mill}),
        ("clientId", {"client_id": house.vault}),
        ("jobId", {"job_id": other.books}),
        ("jobId", {"job_id": house.secret}),
        ("afterId", {"after_id": other.tidy}),
        ("afterId", {"after_id": house.seal}),
    ]
    for path, given in strangers:
        async with verify_refusal(house, house.dan, NotFound, path=path):
            await Task.add(title="X", **given)


@pytest.mark.parametrize(
    "given", [{"title": ""}, {"title": "x" * 201}, {"title": "x", "estimate_seconds": -1}]
)
async def test_a_task_that_does_not_fit_is_refused(cast: Cast, given: dict[str, Any]) -> None:
    async with verify_refusal(cast.harbour, cast.harbour.dan, asyncpg.CheckViolationError):
        await Task.add(**given)


async def test_a_task_made_twice_under_one_id_is_made_once(cast: Cast) -> None:
    house, id = cast.harbour, uuid7()
    async with verify_action(house) as action:
        for is_new in (True, False):
            async with unit_of_work(house.dan):
                task = await Task.add(
                    id=id, title="Once", client_id=house.mill, due_date=date(2026, 3, 1)
                )
                assert task.is_new is is_new
    assert action.kinds == [EventKind.TASK_CREATED]


async def test_a_task_changed_since_is_still_found_by_its_first_input(cast: Cast) -> None:
    house, id = cast.harbour, uuid7()
    async with unit_of_work(house.dan):
        await (await Task.add(id=id, title="First")).change({"title": "Second"}, None)
    async with verify_action(house, house.dan) as action:
        task = await Task.add(id=id, title="First")
    assert (task.title, action.kinds) == ("Second", [])


async def test_another_task_under_the_same_id_is_a_conflict(cast: Cast) -> None:
    house, id = cast.harbour, uuid7()
    async with unit_of_work(house.dan):
        await Task.add(id=id, title="File", client_id=house.mill)
    others: list[dict[str, Any]] = [
        {"title": "Post", "client_id": house.mill},
        {"title": "File", "client_id": house.bakery},
        {"title": "File"},
        {"title": "File", "job_id": house.year_end},
        {"title": "File", "client_id": house.mill, "assignee_id": house.eve.id},
    ]
    for given in others:
        async with verify_refusal(house, house.dan, Conflict, code="ID_TAKEN"):
            await Task.add(id=id, **given)


async def test_the_id_of_a_task_that_was_deleted_is_not_used_again(cast: Cast) -> None:
    house, id = cast.harbour, uuid7()
    async with unit_of_work(house.dan):
        await (await Task.add(id=id, title="Gone")).remove()
    async with verify_refusal(house, house.dan, Conflict, code="ID_TAKEN"):
        await Task.add(id=id, title="Gone")


async def test_a_patch_changes_what_it_names_and_null_is_not_absence(cast: Cast) -> None:
    house = cast.harbour
    async with verify_action(house, house.dan) as action:
        ring = await Task.load(house.ring)
        await ring.change({"due_date": date(2026, 4, 1), "notes": "By noon"}, None)
        await ring.change({"due_date": None}, None)
        await ring.change({}, None)
    assert [event["payload"] for event in action.events] == [
        {"due_date": [None, "2026-04-01"], "notes": ["", "By noon"]},
        {"due_date": ["2026-04-01", None]},
    ]
    assert action.kinds == [EventKind.TASK_CHANGED] * 2
    assert ring.assignee_id == house.dan.id


async def test_edits_of_different_fields_both_stand(cast: Cast) -> None:
    house = cast.harbour
    async with verify_action(house) as action:
        async with unit_of_work(house.dan):
            await (await Task.load(house.ring)).change({"title": "Call"}, 1)
        async with unit_of_work(house.eve):
            await (await Task.load(house.ring)).change({"estimate_seconds": 600}, 1)
        async with unit_of_work(house.eve):
            await (await Task.load(house.ring)).move(after_id=house.tidy)
        async with unit_of_work(house.cleo):
            await (await Task.load(house.ring)).change({"notes": "Loudly"}, 1)
    assert action.kinds == [
        EventKind.TASK_CHANGED,
        EventKind.TASK_CHANGED,
        EventKind.TASK_MOVED,
        EventKind.TASK_CHANGED,
    ]


async def test_an_edit_of_a_field_that_somebody_changed_meanwhile_is_a_conflict(
    cast: Cast,
) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        await (await Task.load(house.ring)).change({"title": "Call", "notes": "Now"}, 1)
    async with verify_refusal(house, house.eve, Conflict) as refusal:
        changes = {"title": "Ring twice", "notes": "Now", "due_date": date(2026, 4, 1)}
        await (await Task.load(house.ring)).change(changes, 1)
    assert (refusal.error.version, refusal.error.changed_fields) == (2, ("title",))
    assert refusal.error.message == "Dan changed the title of this task meanwhile."
    async with verify_action(house, house.eve):
        await (await Task.load(house.ring)).change({"title": "Ring twice"}, 2)


async def test_a_version_that_is_not_there_yet_is_a_conflict(cast: Cast) -> None:
    async with verify_refusal(cast.harbour, cast.harbour.dan, Conflict, path="expectedVersion"):
        await (await Task.load(cast.harbour.ring)).change({"title": "X"}, 2)


async def test_a_task_is_given_to_somebody_and_to_nobody(cast: Cast) -> None:
    house = cast.harbour
    async with verify_action(house, house.cleo) as action:
        ring = await Task.load(house.ring)
        await ring.assign(house.eve.id)
        await ring.assign(house.eve.id)
        await ring.assign(None)
    assert action.kinds == [EventKind.TASK_ASSIGNED] * 2


async def test_a_task_is_put_into_a_teams_queue(cast: Cast) -> None:
    house = cast.harbour
    async with verify_action(house, house.cleo) as action:
        await (await Task.load(house.ring)).change(
            {"team_id": house.taxes, "assignee_id": None}, None
        )
    assert action.events[0]["payload"] == {
        "assignee_id": [str(house.dan.id), None],
        "team_id": [None, str(house.taxes)],
    }


async def test_a_task_is_not_given_to_the_other_firms_people(cast: Cast) -> None:
    house, other = cast.harbour, cast.alpine
    async with verify_refusal(house, house.cleo, NotFound, path="assigneeId"):
        await (await Task.load(house.ring)).assign(other.eve.id)
    async with verify_refusal(house, house.cleo, NotFound, path="teamId"):
        await (await Task.load(house.ring)).change({"team_id": other.taxes}, None)
    async with verify_refusal(house, house.cleo, NotFound, path="assigneeId"):
        await (await Task.load(house.ring)).move(assignee_id=other.eve.id)


async def test_a_task_is_removed_with_its_comments_and_dependencies(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.eve):
        await Comment.on_task(await Task.load(house.post), "Which bank?")
    async with verify_action(house, house.dan) as action:
        await (await Task.load(house.post)).remove()
    assert sorted(action.kinds) == sorted(
        [
            EventKind.COMMENT_REMOVED,
            EventKind.DEPENDENCY_REMOVED,
            EventKind.DEPENDENCY_REMOVED,
            EventKind.TASK_DELETED,
            EventKind.TASK_MOVED,
        ]
    )
    async with reading(house.dan):
        assert (await Task.load(house.reconcile, lock=False)).status is WorkCategory.READY
        assert await Task.find(house.post) is None


@pytest.mark.parametrize("booked", ["timer", "entry"])
async def test_a_task_with_time_on_it_is_cancelled_and_not_removed(cast: Cast, booked: str) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        if booked == "timer":
            await Timer.start(task_id=house.ring)
        else:
            await TimeEntry.log(task_id=house.ring, seconds=60)
    async with verify_refusal(house, house.dan, Locked, code="TIME_BOOKED"):
        await (await Task.load(house.ring)).remove()
    async with verify_action(house, house.dan):
        await (await Task.load(house.ring)).move(status=WorkCategory.CANCELLED)


async def test_a_removal_of_what_changed_meanwhile_is_a_conflict(cast: Cast) -> None:
    house = cast.harbour
    async with verify_refusal(house, house.dan, Conflict):
        before = await Task.load(house.ring, lock=False)
        await (await Task.load(house.ring)).change({"title": "Call"}, None)
        await before.remove()


async def test_a_contractor_works_for_assigned_clients_and_knows_of_no_others(cast: Cast) -> None:
    house = cast.harbour
    async with verify_action(house, house.finn) as action:
        task = await Task.add(title="Sort", client_id=house.bakery)
        await task.assign(house.finn.id)
        await task.complete()
        await (await Task.load(house.gather)).change({"notes": "In the box"}, 1)
        await (await Task.load(house.tidy)).move(status=WorkCategory.DONE)
    assert {event["client_id"] for event in action.events} == {str(house.bakery), None}
    for hidden in (house.draft, house.seal):
        async with verify_refusal(house, house.finn, NotFound, path="id"):
            await Task.load(hidden)
    for given in ({"client_id": house.mill}, {"job_id": house.year_end}):
        async with verify_refusal(house, house.finn, NotFound):
            await Task.add(title="Peek", **given)


async def test_a_restricted_clients_tasks_are_its_teams(cast: Cast) -> None:
    house = cast.harbour
    async with verify_action(house, house.eve) as action:
        await (await Task.load(house.seal)).complete()
    assert action.events[0]["client_id"] == str(house.vault)
    for viewer in (house.cleo, house.dan, house.finn):
        async with verify_refusal(house, viewer, NotFound, path="id"):
            await Task.load(house.seal)
