"""The rest of the year, in brief: jobs of those who are billed month by month, and all time."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from resolvers.demo import hours, playing
from resolvers.demo.courses import HISTORY, Course, by_the_calendar

if TYPE_CHECKING:
    from resolvers.demo.stage import Stage

_DAY = timedelta(days=1)
_BEFORE_IT_IS_DUE = timedelta(days=3)
_DAYS_OF_WORK = 5
"""A job has at least so many."""


def note(stage: "Stage") -> list[Course]:
    """What was done from a year ago until the told months begin; the jobs of it."""
    courses = list(_courses(stage))
    for course in courses:
        playing.note_in_brief(stage, course)
    hours.note_in_brief(stage, courses)
    return courses


def _courses(stage: "Stage") -> Iterator[Course]:
    begin = stage.today - HISTORY
    for name in stage.plan.money.billed:
        client = stage.plan.client(name)
        for course in by_the_calendar(stage, client, stage.plan.billed_service(client)):
            if stage.year_ago <= course.starts < begin:
                last = min(course.due - _BEFORE_IT_IS_DUE, begin - _DAY)
                days = stage.worked_days(course.preparer, course.opened, last)
                if len(days) >= _DAYS_OF_WORK:
                    yield replace(course, brief=True, finished=True, until=days[-1])
