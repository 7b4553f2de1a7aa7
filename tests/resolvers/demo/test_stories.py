"""The demo firms' stories, before they are played: true on whatever day they are told."""

from collections import Counter
from datetime import date, datetime, timedelta
from functools import cache
from itertools import islice, pairwise
from random import Random
from uuid import UUID

import pytest

from models import clock
from resolvers.demo import FIRMS
from resolvers.demo.ashworth import ASHWORTH
from resolvers.demo.courses import Course
from resolvers.demo.days import is_workday, period_ends, period_name, period_start
from resolvers.demo.making import note_everything
from resolvers.demo.plans import FirmPlan
from resolvers.demo.playing import is_ready
from resolvers.demo.stage import Stage

_DAY = timedelta(days=1)
# A leap day, the turn of a year, Easter, a Sunday, a Monday, the first and last days of months;
# soon after midnight and soon before.
TODAYS = [
    datetime.fromisoformat(f"{day}+00:00")
    for day in ("2028-02-29T12:00", "2027-01-01T00:10", "2026-04-06T08:00", "2026-11-22T15:00",
                "2026-10-05T09:00", "2026-07-31T23:50", "2027-03-01T03:00", "2026-12-27T18:00")
]  # fmt: skip

told = pytest.mark.parametrize("plan", FIRMS, ids=lambda plan: plan.name)
on_each = pytest.mark.parametrize("now", TODAYS, ids=lambda now: f"{now:%a %d %b %Y}")


@cache
def noted(plan: FirmPlan, now: datetime) -> tuple[Stage, list[Course]]:
    stage = Stage(UUID(int=1), plan, now, Random(plan.name))
    return stage, note_everything(stage)


@told
@on_each
def test_nobody_acts_in_the_future_or_on_a_day_off(plan: FirmPlan, now: datetime) -> None:
    stage, _ = noted(plan, now)

    days = [(act.by, clock.local_date(act.at, plan.time_zone)) for act in stage.acts]

    assert stage.last_day < stage.today
    assert all(day <= stage.last_day for _, day in days)
    assert [(by, day) for by, day in days if not stage.works(by, day)] == []


@told
@on_each
def test_only_what_is_held_up_is_late(plan: FirmPlan, now: datetime) -> None:
    stage, courses = noted(plan, now)

    late = {(c.client.name, c.service.name) for c in courses
            if not c.finished and c.due < stage.today}  # fmt: skip

    assert late == {(h.client, h.service) for h in plan.held if h.state == "overdue"}


@told
@on_each
def test_what_is_held_up_stands_where_the_plan_says(plan: FirmPlan, now: datetime) -> None:
    _, courses = noted(plan, now)

    stand = Counter((c.client.name, c.service.name, c.done) for c in courses if c.held)

    assert stand == {(h.client, h.service, h.done): 1 for h in plan.held}


@told
@on_each
def test_each_job_is_made_begun_done_and_due_in_that_order(plan: FirmPlan, now: datetime) -> None:
    stage, courses = noted(plan, now)

    for course in courses:
        assert course.opened <= course.starts <= course.due
        assert course.opened <= stage.last_day
        assert course.finished == (course.done == len(course.service.steps)) or course.held
        if course.finished:
            assert course.starts <= course.until <= min(course.due, stage.last_day)


@told
@on_each
def test_the_periods_of_a_service_follow_each_other(plan: FirmPlan, now: datetime) -> None:
    _, courses = noted(plan, now)
    ends: dict[tuple[str, str], list[Course]] = {}
    for course in courses:
        ends.setdefault((course.client.name, course.service.name), []).append(course)

    for periods in ends.values():
        months = periods[0].service.every_months
        for earlier, later in pairwise(periods):
            assert period_start(later.period_end, months) == earlier.period_end + _DAY


@told
@on_each
def test_an_older_period_is_never_less_far_than_a_newer_one(plan: FirmPlan, now: datetime) -> None:
    stage, courses = noted(plan, now)

    for older, newer in pairwise(sorted(courses, key=period)):
        if period(older)[:2] == period(newer)[:2]:
            assert how_far(stage, older) >= how_far(stage, newer)
            assert older.due <= newer.due


def period(course: Course) -> tuple[str, str, date]:
    return course.client.name, course.service.name, course.period_end


def how_far(stage: Stage, course: Course) -> tuple[int, int]:
    """Planned, ready, begun, finished; and how many steps are done."""
    if course.finished or course.begun_on:
        return 3 if course.finished else 2, course.done
    return int(is_ready(stage, course)), course.done


@on_each
def test_three_people_are_on_a_step_today(now: datetime) -> None:
    stage, courses = noted(ASHWORTH, now)

    on_it = {course.doer(course.service.steps[course.done]) for course in courses
             if course.begun_on and (not course.held or course.held.state == "overdue")}  # fmt: skip

    assert sum(not stage.is_away(name, stage.today) for name in on_it) >= 3


@on_each
def test_the_accounts_team_is_busy_and_one_of_them_has_too_much(now: datetime) -> None:
    stage, courses = noted(ASHWORTH, now)
    soon = [stage.today + days * _DAY for days in range(14)]
    load = {}
    for name in ("Helen Pryce", "Priya Raman", "Joe Lambert", "Sofia Marek"):
        left = sum(
            step.minutes
            for c in courses
            for step in c.service.steps[c.done :]
            if c.preparer == name and not c.finished and c.due <= soon[-1] + _DAY
        )
        there = sum(ASHWORTH.person(name).hours[day.weekday()] for day in soon
                    if not stage.is_away(name, day))  # fmt: skip
        load[name] = left / 60 / there

    assert load.pop("Sofia Marek") > 1.1
    assert max(load.values()) <= 1
    assert sum(part >= 0.6 for part in load.values()) >= 2


@on_each
def test_there_is_work_to_begin_and_under_way_on_any_day(now: datetime) -> None:
    stage, courses = noted(ASHWORTH, now)
    free = [course for course in courses if not course.finished and not course.held]

    assert sum(course.done > 0 for course in free) >= 5
    assert sum(course.starts > stage.today for course in free) >= 5
    for team, at_least in (("Accounts", 7), ("Bookkeeping", 3), ("Tax", 2)):
        soon = [c for c in courses if c.service.team == team and not c.done
                and c.due <= stage.today + 14 * _DAY]  # fmt: skip
        assert len(soon) >= at_least


@told
@on_each
def test_who_left_has_taken_on_nothing_since(plan: FirmPlan, now: datetime) -> None:
    stage, courses = noted(plan, now)

    for course in courses:
        left = stage.left_on(course.preparer)
        assert left is None or course.opened < left


def test_periods_are_named_as_people_name_them() -> None:
    assert period_name(date(2028, 2, 29), 1, "en-GB") == "February 2028"
    assert period_name(date(2026, 3, 31), 1, "pt-PT") == "março 2026"
    assert period_name(date(2026, 3, 31), 3, "en-GB") == "Jan–Mar 2026"
    assert period_name(date(2027, 1, 31), 3, "en-GB") == "Nov 2026–Jan 2027"
    assert period_name(date(2026, 4, 5), 12, "en-GB") == "2025/26"
    assert period_name(date(2026, 12, 31), 12, "en-GB") == "2026"


def test_the_last_day_of_a_month_is_a_period_s_end_whatever_the_month() -> None:
    months = islice(period_ends(1, (3, 31), date(2027, 11, 15)), 4)
    quarters = islice(period_ends(3, (1, 31), date(2027, 11, 15)), 3)
    years = islice(period_ends(12, (4, 5), date(2027, 11, 15)), 2)

    assert list(months) == [date(2027, 11, 30), date(2027, 12, 31), date(2028, 1, 31),
                            date(2028, 2, 29)]  # fmt: skip
    assert list(quarters) == [date(2028, 1, 31), date(2028, 4, 30), date(2028, 7, 31)]
    assert list(years) == [date(2028, 4, 5), date(2029, 4, 5)]


@pytest.mark.parametrize(
    ("day", "at_work"),
    [
        (date(2026, 12, 25), set()),
        (date(2026, 12, 29), {"GB", "PT"}),
        (date(2027, 6, 10), {"GB"}),
        (date(2027, 3, 26), set()),  # Good Friday
        (date(2027, 3, 29), {"PT"}),  # Easter Monday
        (date(2027, 3, 30), {"GB", "PT"}),
        (date(2027, 3, 28), set()),
    ],
)
def test_a_firm_rests_on_its_holidays(day: date, at_work: set[str]) -> None:
    assert {country for country in ("GB", "PT") if is_workday(day, country)} == at_work
