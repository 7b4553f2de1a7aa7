"""Advice, which is charged by the hour: a job for each quarter that is over, with all its time."""

from collections.abc import Iterator
from itertools import takewhile
from typing import TYPE_CHECKING

from resolvers.demo import playing
from resolvers.demo.courses import Course
from resolvers.demo.days import period_ends, period_start
from resolvers.demo.plans import ClientPlan, ServicePlan

if TYPE_CHECKING:
    from resolvers.demo.stage import Stage

_ASKED_BY_EVERY = 2


def note(stage: "Stage") -> list[Course]:
    """Note the jobs that advice was given on in the past year; every other client asks for some.
    Their quarters end in different months, so that there is something to bill in each."""
    clients = [client for client in stage.plan.clients if _is_charged(stage, client)]
    for number, client in enumerate(clients[::_ASKED_BY_EVERY]):
        stage.advice[client.name] = list(_quarters(stage, client, 1 + number % 3))
    courses = [course for theirs in stage.advice.values() for course in theirs]
    for course in courses:
        playing.note_in_brief(stage, course)
    return courses


def _is_charged(stage: "Stage", client: ClientPlan) -> bool:
    """A fixed fee covers what its client asks in passing, too."""
    return client.status == "active" and not client.restricted and (
        client.name != stage.plan.money.fixed_fee[0]
    )  # fmt: skip


def _quarters(stage: "Stage", client: ClientPlan, month: int) -> Iterator[Course]:
    """Those since a year ago that are over; on the running one nothing is gathered yet."""
    service = _service(stage, client)
    lead, reviewer = stage.lead(service), stage.reviewer(service)
    ends = period_ends(service.every_months, (month, 1), stage.year_ago)
    for end in takewhile(lambda end: end < stage.last_day, ends):
        first = stage.workday_from(max(period_start(end, service.every_months), stage.year_ago))
        last = stage.workday_by(end)
        if first < last:
            yield Course(client, service, end, first, first, last, preparer=lead, lead=lead,
                         reviewer=reviewer, until=last, finished=True, brief=True)  # fmt: skip


def _service(stage: "Stage", client: ClientPlan) -> ServicePlan:
    """Advice of the team that does most for the client."""
    team = next(one.team for one in stage.plan.services if one.name in client.services)
    return ServicePlan(
        stage.plan.advisory, team, doers=(), every_months=3, promised=(0, 0), lead_days=0,
        steps=(), asks_for="",
    )  # fmt: skip
