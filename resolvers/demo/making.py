"""Making one demo firm: found it, note what happened, play it, and leave it as it stands now."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from random import Random
from uuid import UUID

from models import clock
from models.database import database
from models.sign_in import Credential, hashed
from models.tasks import Task
from models.timers import Timer
from models.unit_of_work import reading, unit_of_work
from models.viewer import Viewer
from models.workflows import WorkCategory
from resolvers.demo import asking, billing, earlier, founding, hours, papers, playing
from resolvers.demo.courses import Course, all_courses
from resolvers.demo.papers import Send
from resolvers.demo.plans import FirmPlan, LooseTask
from resolvers.demo.stage import Stage

PASSWORD = "demo-practice-2go"  # noqa: S105  (printed for everyone; development only)
_RUNNING_MINUTES = (95, 47, 12)


async def make_firm(
    firm_id: UUID, plan: FirmPlan, advance: Callable[[int], None], now: datetime | None = None,
    *, send: Send | None = None,
) -> None:  # fmt: skip
    """Make the firm as it stands at that moment, now unless said.

    Its logins come last, so that one that was cut off is not taken for whole.
    """
    async with reading(Viewer.system(firm_id, "demo")):
        now = now or await clock.now()
    stage = Stage(firm_id, plan, now, Random(plan.name))  # noqa: S311  (a story, no secret)
    async with unit_of_work(Viewer.system(firm_id, "demo"), at=stage.at(stage.first_day, 8)):
        await founding.found(stage)
    note_everything(stage)
    if send is not None and database().keeps_files:
        papers.note(stage, send)
    await stage.play(advance)
    await _start_timers(stage)
    await _let_in(stage)


def note_everything(stage: Stage) -> list[Course]:
    """All that happened from the first day to yesterday; the jobs of which it tells."""
    founding.take_on_clients(stage)
    founding.come_and_go(stage)
    courses = all_courses(stage)
    for course in courses:
        playing.note(stage, course)
    hours.note(stage, courses)
    for number, task in enumerate(stage.plan.loose):
        # Whoever has left was given theirs before.
        day = min(stage.days_ago(2 + number), stage.left_on(task.assignee) or stage.today)
        stage.will(day, 17, stage.owner, partial(_add_loose, stage, task))
    before = earlier.note(stage)
    billing.note(stage, [*before, *courses])
    asking.note(stage, courses)
    return courses


async def _add_loose(stage: Stage, task: LooseTask) -> None:
    due = stage.workday_from(stage.today + timedelta(days=task.due_in))
    added = await Task.add(title=task.title, notes=task.notes, due_date=due,
                   client_id=stage.clients[task.client].id if task.client else None,
                   assignee_id=stage.members[task.assignee].id)  # fmt: skip

    if task.status is not WorkCategory.READY:
        await added.move(status=task.status)


async def _start_timers(stage: Stage) -> None:
    """Three people are on something right now, whatever day it is."""
    async with reading(Viewer.system(stage.firm_id, "demo")) as unit:
        rows = await unit.fetch(
            "select distinct on (m.id) m.name, t.id, t.title from task t"
            " join job j on j.firm_id = t.firm_id and j.id = t.job_id"
            " join member m on m.firm_id = t.firm_id and m.id = t.assignee_id"
            " where t.status = 'in_progress' and j.category = 'in_progress'"
            " order by m.id, t.due_date, t.id"
        )
    here = [row for row in rows if not stage.is_away(row["name"], stage.today)]
    for row, minutes in zip(here, _RUNNING_MINUTES, strict=False):
        at = stage.now - timedelta(minutes=minutes)
        async with unit_of_work(stage.viewer(row["name"]), at=at):
            await Timer.start(task_id=row["id"], note=row["title"])


async def _let_in(stage: Stage) -> None:
    password_hash = await hashed(PASSWORD)
    async with unit_of_work(Viewer.system(stage.firm_id, "demo")):
        for member in stage.members.values():
            await Credential.set(member, password_hash)
