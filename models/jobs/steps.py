"""Laying out a job's steps as tasks, with the dependencies between them."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from uuid_utils.compat import uuid7

from models import order_keys, ordering
from models.errors import inside
from models.events import EventKind
from models.members import Member
from models.step_lists import checked

if TYPE_CHECKING:
    from models.jobs import Job


async def lay_out(job: "Job", step_list: Sequence[Mapping[str, Any]]) -> None:
    """One task a step, in order.

    A step's `depends_on` holds the numbers (from 1) of earlier steps it waits for.
    """
    from models.dependencies import Dependency
    from models.tasks import Task

    step_list = checked(step_list, "job")
    await _must_be_for_members(step_list)
    ids = [uuid7() for _ in step_list]
    keys = order_keys.many(len(ids), await ordering.last_position(Task))
    rows, links = [], []
    for number, (id, key, step) in enumerate(zip(ids, keys, step_list, strict=True), start=1):
        facts = dict(step)
        waits_for = facts.pop("depends_on")
        links += [{"blocked_id": id, "blocker_id": ids[other - 1], "client_id": job.client_id,
                   "kind": "finish_to_start"} for other in waits_for]  # fmt: skip
        rows.append({
            "notes": "", **facts, "id": id, "job_id": job.id, "client_id": job.client_id,
            "team_id": job.team_id, "step": number, "position": key,
            "status": "planned" if waits_for else "ready",
        })  # fmt: skip
    await Task.record_all(EventKind.TASK_CREATED, rows)
    await Dependency.record_all(EventKind.DEPENDENCY_ADDED, links)


async def _must_be_for_members(step_list: Sequence[Mapping[str, Any]]) -> None:
    """Raise NotFound or ValidationError at the step whose member cannot be given work."""
    places: dict[UUID | None, int] = {}
    for place, step in enumerate(step_list):
        places.setdefault(step.get("assignee_id"), place)
    for id, place in places.items():
        with inside("steps", str(place)):
            await Member.must_work_here(id, "assigneeId")
