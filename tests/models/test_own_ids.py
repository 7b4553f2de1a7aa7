"""Ids that a client brings along: one input is made once, another under the same id is refused."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

import pytest
from uuid_utils.compat import uuid7

from models.base import FirmModel
from models.clients import Client
from models.engagements import Engagement
from models.errors import Conflict
from models.events import EventKind
from models.jobs import Job
from models.tasks import Task
from models.time_entries import TimeEntry
from models.unit_of_work import unit_of_work
from tests.cast import Cast
from tests.verify import verify_action, verify_refusal

DAY, OTHER_DAY = date(2026, 1, 5), date(2026, 1, 6)
STEP = {"title": "Gather"}

Make = Callable[..., Awaitable[FirmModel]]


@pytest.mark.parametrize(
    ("make", "first", "other"),
    [
        (Engagement.start, {"name": "Tax", "start_date": DAY}, {"start_date": OTHER_DAY}),
        (Engagement.start, {"name": "Tax", "start_date": DAY}, {"name": "Books"}),
        (TimeEntry.log, {"seconds": 60, "local_date": DAY}, {"local_date": OTHER_DAY}),
        (TimeEntry.log, {"seconds": 60, "local_date": DAY}, {"seconds": 61}),
        (Job.open, {"title": "Tax", "step_list": [STEP]}, {"title": "Books"}),
        (Task.add, {"title": "Call", "due_date": DAY}, {"due_date": OTHER_DAY}),
        (Task.add, {"title": "Call", "due_date": DAY}, {"due_date": None}),
    ],
)
async def test_the_same_input_is_made_once_and_another_one_is_refused(
    cast: Cast, make: Make, first: dict[str, Any], other: dict[str, Any]
) -> None:
    house, id = cast.harbour, uuid7()
    given = {"id": id, "client_id": house.mill, **first}
    async with unit_of_work(house.dan):
        assert (await make(**given)).is_new
    async with verify_action(house, house.dan) as action:
        assert not (await make(**given)).is_new
    assert action.kinds == []
    for change in (other, {"client_id": house.bakery}):
        async with verify_refusal(house, house.dan, Conflict, code="ID_TAKEN", path="id"):
            await make(**{**given, **change})


async def test_a_task_and_a_client_of_one_id_have_nothing_to_do_with_each_other(
    cast: Cast,
) -> None:
    house, id = cast.harbour, uuid7()
    async with unit_of_work(house.dan):
        client = await Client.add(id=id, name="Twin")
        await client.change({"notes": "Changed"}, None)
    async with verify_action(house, house.dan) as action:
        task = await Task.add(id=id, title="Twin")
        again = await Client.add(id=id, name="Twin")
        await task.change({"title": "Renamed"}, None)
        await (await Client.load(id)).change({"name": "Renamed too"}, 1)
    assert (task.is_new, again.is_new) == (True, False)
    assert action.kinds == [
        EventKind.TASK_CREATED,
        EventKind.TASK_CHANGED,
        EventKind.CLIENT_CHANGED,
    ]
    async with verify_action(house, house.dan) as stale:
        await (await Task.load(id)).change({"notes": "Only the client's notes changed"}, 1)
    assert stale.kinds == [EventKind.TASK_CHANGED]
