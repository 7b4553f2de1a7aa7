"""How work comes about and is asked for: templates, what returns, and a contact in the portal."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from dateutil.relativedelta import relativedelta

from models.messages import Message
from models.recurrences import Recurrence
from models.requests import ItemKind, Request, RequestItem
from models.templates import Template
from models.templates.steps import Anchor
from models.unit_of_work import current
from models.working_days import BusinessDayRule, OffsetUnit
from resolvers.demo.courses import Course, since
from resolvers.demo.plans import LEAD, ServicePlan

if TYPE_CHECKING:
    from resolvers.demo.stage import Stage

_DAY = timedelta(days=1)
_DESIGNED_DAYS_AGO, _INVITED_DAYS_AGO = 170, 160
_MONTHS_AHEAD = 3
"""No job that is told of stands so far ahead."""
_Item = tuple[ItemKind, str]


def note(stage: "Stage", courses: Sequence[Course]) -> None:
    """Note the templates, the invitation to the portal, and what its contact was asked there."""
    stage.will(stage.days_ago(_DESIGNED_DAYS_AGO), 9, stage.owner, partial(_design_all, stage))
    stage.will(stage.days_ago(_INVITED_DAYS_AGO), 9, stage.owner, partial(_invite, stage))
    portal = stage.plan.portal
    theirs = [course for course in courses if course.client.name == portal.client]
    done = [course for course in theirs if course.finished and course.done_on][-1]
    day = stage.workday_from(done.opened + _DAY)
    question, answer = portal.before
    _ask(stage, done, (day, 9), [(ItemKind.QUESTION, question)], answer)
    [waits] = [course for course in theirs if course.held and course.held.state == "waiting"]
    question, answer = portal.now
    _ask(stage, waits, (since(stage, waits), 15),
         [(ItemKind.QUESTION, question), (ItemKind.FILE, _asked_for(waits))], answer)  # fmt: skip
    _talk(stage, waits)


def _asked_for(course: Course) -> str:
    """What the job waits for, or what such jobs begin with."""
    return course.service.asks_for if course.held is None else course.held.what


def _ask(stage: "Stage", course: Course, when: tuple[date, int], items: Sequence[_Item],
         answer: str) -> None:  # fmt: skip
    """They are asked, and two hours later answer the question that comes first."""
    (day, hour), asked = when, list[UUID]()
    stage.will(day, hour, course.preparer, partial(_request, course, items, asked))
    stage.will(day, hour + 2, course.client.contact, partial(_answer, asked, answer))


def _talk(stage: "Stage", course: Course) -> None:
    """A word a day in turn, each of which tells that the one before has been read."""
    for number, body in enumerate(stage.plan.portal.talk):
        by = course.client.contact if number % 2 else course.preparer
        day = stage.workday_from(since(stage, course) + number * _DAY)
        stage.will(day, 16 + number, by, partial(_say, stage, course, body))


# ------------------------------------------------------------------------------- each in its unit


async def _design_all(stage: "Stage") -> None:
    made = {}
    for name in stage.plan.templates:
        service = next(one for one in stage.plan.services if one.name == name)
        made[name] = await Template.design(
            service_id=stage.services[name].id, name=name, step_list=_steps(service)
        )
        await made[name].publish()
    client, rule = stage.plan.returning
    month = stage.today.replace(day=1) + relativedelta(months=_MONTHS_AHEAD)
    await Recurrence.start(
        client_id=stage.clients[client].id, template_id=made[stage.plan.templates[0]].id,
        engagement_id=stage.engagements[client].id, rule=rule, first_date=month - _DAY,
        due={"count": 20, "unit": OffsetUnit.BUSINESS_DAYS},
        business_day_rule=BusinessDayRule.BEFORE,
    )  # fmt: skip


def _steps(service: ServicePlan) -> list[dict[str, Any]]:
    """Each step waits for the one before, and is due two days of work after it."""
    return [
        {
            "title": step.title, "notes": step.notes, "estimate_seconds": step.minutes * 60,
            "role": "manager" if step.by == LEAD else "preparer",
            "due": {"anchor": Anchor.START, "count": 2 * number,
                    "unit": OffsetUnit.BUSINESS_DAYS},
            "depends_on": [number - 1] if number > 1 else [],
        }
        for number, step in enumerate(service.steps, start=1)
    ]  # fmt: skip


async def _invite(stage: "Stage") -> None:
    client = stage.plan.client(stage.plan.portal.client)
    await stage.contacts[client.contact].open_portal(stage.clients[client.name])


async def _request(course: Course, items: Sequence[_Item], asked: list[UUID]) -> None:
    assert course.job_id is not None
    request = await Request.make(
        job_id=course.job_id, title=_asked_for(course), due_date=course.due,
        items=[{"kind": kind, "text": text} for kind, text in items],
    )  # fmt: skip
    rows = await current().fetch(
        "select id from request_item where request_id = $1 order by number", request.id
    )
    asked += [row["id"] for row in rows]


async def _answer(asked: Sequence[UUID], answer: str) -> None:
    await (await RequestItem.load(asked[0], lock=False)).answer_with(answer)


async def _say(stage: "Stage", course: Course, body: str) -> None:
    heard = await current().fetchval(
        "select id from message where job_id = $1 order by id desc limit 1", course.job_id
    )
    if heard is not None:
        await (await Message.load(heard, lock=False)).read()
    client = stage.clients[course.client.name]
    await Message.send(client_id=client.id, job_id=course.job_id, body=body)
