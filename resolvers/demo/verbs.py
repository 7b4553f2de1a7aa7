"""The verbs of a demo firm's diary, each by ids: load, one act of the practice, done.

Whoever does it is the unit of work's viewer, and when it was is the unit of work's moment.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from models.comments import Comment
from models.events import EventKind
from models.jobs import Job
from models.reviews import decide_review, request_review
from models.tasks import Task
from models.time_entries import TimeEntry
from models.timers import Timer
from models.waiting import Waiting, end_waiting, start_waiting
from models.workflows import Stage, WorkCategory


async def open_job(**facts: Any) -> None:
    await Job.open(**facts)


async def move_job(job_id: UUID, stage_id: UUID) -> None:
    job = await Job.load(job_id)
    await job.move(stage=await Stage.load(stage_id, lock=False))


async def assign_job(job_id: UUID, owner_id: UUID, task_ids: Sequence[UUID]) -> None:
    """Pass a job and its open steps on."""
    await (await Job.load(job_id)).assign(owner_id)
    for task_id in task_ids:
        await (await Task.load(task_id)).assign(owner_id)


async def begin_task(task_id: UUID) -> None:
    await (await Task.load(task_id)).move(status=WorkCategory.IN_PROGRESS)


async def complete_task(task_id: UUID) -> None:
    await (await Task.load(task_id)).complete()


async def add_task(**facts: Any) -> None:
    await Task.add(**facts)


async def wait_for(job_id: UUID, whom: str, what: str) -> None:
    await start_waiting(await Job.load(job_id), whom=whom, what=what)


async def remind(job_id: UUID) -> None:
    waiting = await Waiting.of(await Job.load(job_id, lock=False))
    if waiting is not None:
        await waiting.remind()


async def stop_waiting(job_id: UUID) -> None:
    await end_waiting(await Job.load(job_id))


async def ask_for_review(job_id: UUID, reviewer_id: UUID) -> None:
    await request_review(await Job.load(job_id), reviewer_id)


async def sign_off(job_id: UUID, note: str) -> None:
    await decide_review(await Job.load(job_id), "signed_off", note)


async def send_back(job_id: UUID, note: str) -> None:
    await decide_review(await Job.load(job_id), "returned", note)


async def say_on_job(job_id: UUID, body: str) -> None:
    await Comment.on_job(await Job.load(job_id, lock=False), body)


async def say_on_task(task_id: UUID, body: str) -> None:
    await Comment.on_task(await Task.load(task_id, lock=False), body)


async def write_time(entries: Sequence[Mapping[str, Any]]) -> None:
    """A day's time sheet in one statement."""
    await TimeEntry.record_all(EventKind.TIME_LOGGED, entries)


async def start_timer(task_id: UUID, timer_id: UUID, note: str) -> None:
    await Timer.start(id=timer_id, task_id=task_id, note=note)


async def leave(member_id: UUID, on: date) -> None:
    from models.members import Member

    await (await Member.load(member_id)).leave(on)
