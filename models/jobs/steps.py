"""Laying out jobs' steps as tasks, with the dependencies between them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from uuid_utils.compat import uuid7

from models import many_rows, order_keys, ordering
from models.events import EventKind
from models.members import Member
from models.step_lists import checked

if TYPE_CHECKING:
    from models.jobs import Job

Steps = Sequence[Mapping[str, Any]]


async def lay_out(jobs: "Sequence[tuple[Job, Steps]]") -> None:
    """One task a step of each job, in order.

    A step's `depends_on` holds the numbers (from 1) of earlier steps that it waits for to be
    finished, its `dependencies` those of steps it waits for in some way and for how long.
    """
    from models.dependencies import Dependency
    from models.tasks import Task

    laid = [(job, checked(steps, "job")) for job, steps in jobs if steps]
    if not laid:
        return
    await _must_be_for_members([steps for _, steps in laid])
    count = sum(len(steps) for _, steps in laid)
    keys = iter(order_keys.many(count, await ordering.last_position(Task)))
    rows: list[Mapping[str, Any]] = []
    links: list[Mapping[str, Any]] = []
    for job, steps in laid:
        _lay(job, steps, keys, rows, links)
    await many_rows.add_all(Task, EventKind.TASK_CREATED, rows)
    await many_rows.add_all(Dependency, EventKind.DEPENDENCY_ADDED, links)


def _lay(
    job: "Job", steps: Steps, keys: Iterator[str],
    rows: list[Mapping[str, Any]], links: list[Mapping[str, Any]],
) -> None:  # fmt: skip
    """Put the tasks of one job, and what they wait for, to those of others."""
    ids = [uuid7() for _ in steps]
    for number, (id, step) in enumerate(zip(ids, steps, strict=True), start=1):
        facts = dict(step)
        ways = zip(*(facts.pop(f"depends_{name}") for name in ("on", "kinds", "lags")), strict=True)
        waits = [{"blocked_id": id, "blocker_id": ids[other - 1], "client_id": job.client_id,
                  "kind": kind, "lag_days": lag} for other, kind, lag in ways]  # fmt: skip
        links += waits
        rows.append({
            "notes": "", **facts, "id": id, "job_id": job.id, "client_id": job.client_id,
            "team_id": job.team_id, "step": number, "position": next(keys),
            "status": "planned" if any(one["kind"].holds_start for one in waits) else "ready",
        })  # fmt: skip


async def _must_be_for_members(step_lists: Sequence[Steps]) -> None:
    """Raise NotFound or ValidationError at the step whose member cannot be given work."""
    named: dict[UUID | None, Sequence[str]] = {}
    for steps in step_lists:
        for place, step in enumerate(steps):
            named.setdefault(step.get("assignee_id"), ("steps", str(place), "assigneeId"))
    await Member.must_all_work_here(named)
