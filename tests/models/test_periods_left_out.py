"""Periods that are left out, and days that an office is closed."""

from datetime import date, timedelta
from typing import Any

import pytest

from models.clients import Client, firm_today
from models.errors import ValidationError
from models.events import EventKind
from models.firms import Firm
from models.holiday_calendars import HolidayCalendar
from models.recurrences import Recurrence
from models.recurrences.making import make_due
from models.templates.applying import plan
from models.unit_of_work import reading, unit_of_work
from resolvers.background import make_due_jobs
from resolvers.recurrences import upcoming
from tests.cast import Cast, House
from tests.templates import bookkeeping_template
from tests.verify import verify_action, verify_refusal

MONTHLY = "FREQ=MONTHLY;BYMONTHDAY=-1"
DAY = timedelta(days=1)


async def started(house: House, **more: Any) -> Recurrence:
    async with unit_of_work(house.cleo):
        template = await bookkeeping_template(house)
        given = {"first_date": (await firm_today()).replace(day=1) - 70 * DAY, "rule": MONTHLY,
                 **more}  # fmt: skip
        return await Recurrence.start(template_id=template.id, client_id=house.bakery, **given)


async def month_ends(house: House) -> list[date]:
    """Those of the last months, the first as the recurrence has it."""
    async with reading(house.cleo):
        first = (await firm_today()).replace(day=1) - 70 * DAY
    days = (first + n * DAY for n in range(150))
    return [day for day in days if (day + DAY).day == 1]


async def _today(house: House) -> date:
    async with reading(house.system):
        return await firm_today()


async def _becomes(house: House, status: str) -> None:
    async with unit_of_work(house.ada):
        await (await Client.load(house.bakery)).change({"status": status}, None)


async def _shown(house: House, recurrence: Recurrence) -> list[dict[str, Any]]:
    async with reading(house.cleo) as unit:
        rows = await unit.fetch("select * from recurrence where id = $1", recurrence.id)
        return (await upcoming(rows, first=3))[0]


async def test_for_a_former_client_periods_pass_until_they_come_back(cast: Cast) -> None:
    house = cast.harbour
    recurrence = await started(house, rule="FREQ=WEEKLY")
    await _becomes(house, "former")
    async with verify_action(house, house.system) as action:
        assert await make_due(await Recurrence.load(recurrence.id)) == []
        assert await make_due(await Recurrence.load(recurrence.id)) == []
    assert action.kinds == [EventKind.RECURRENCE_ADVANCED]

    await _becomes(house, "active")
    assert await make_due_jobs(house.id, recurrence.id) == 0
    async with reading(house.cleo):
        found = await Recurrence.find(recurrence.id)
    assert found is not None
    assert found.next_date is not None
    assert found.next_date > await _today(house)


async def test_nothing_begins_to_come_back_for_a_former_client(cast: Cast) -> None:
    house = cast.harbour
    await _becomes(house, "archived")
    async with verify_refusal(house, house.cleo, ValidationError, path="clientId"):
        template = await bookkeeping_template(house)
        await Recurrence.start(template_id=template.id, client_id=house.bakery, rule=MONTHLY,
                               first_date=await firm_today())  # fmt: skip


async def test_what_is_to_come_of_a_former_client_is_nothing(cast: Cast) -> None:
    house = cast.harbour
    recurrence = await started(house)
    assert await _shown(house, recurrence) != []
    await _becomes(house, "archived")
    assert await _shown(house, recurrence) == []


async def test_a_period_that_is_left_out_leaves_the_others_as_they_are(cast: Cast) -> None:
    house = cast.harbour
    first, second, third, *_ = await month_ends(house)
    recurrence = await started(house, except_dates=[second, first, second])
    assert recurrence.except_dates == [first, second]
    assert recurrence.next_date == third

    (coming, *_) = recurrence.occurrences(recurrence.first_date, ())
    assert (coming.period_start, coming.period_end) == (second + DAY, third)
    assert third.isoformat() == (await _shown(house, recurrence))[0]["key"]


async def test_what_is_left_out_is_never_made(cast: Cast) -> None:
    house = cast.harbour
    first, second, *_ = await month_ends(house)
    recurrence = await started(house, except_dates=[first])
    async with verify_action(house, house.system):
        made = await make_due(await Recurrence.load(recurrence.id))
    assert made[0].period_key == second.isoformat()
    assert made[0].period_start == first + DAY


async def test_a_series_of_which_all_is_left_out_waits_for_nothing(cast: Cast) -> None:
    house = cast.harbour
    first, second, *_ = await month_ends(house)
    recurrence = await started(house, rule=f"{MONTHLY};COUNT=2", except_dates=[first, second])
    assert recurrence.next_date is None


@pytest.mark.parametrize("wrong", ["another day", "too many"])
async def test_only_days_that_the_rule_names_are_left_out(wrong: str, cast: Cast) -> None:
    house = cast.harbour
    first = (await month_ends(house))[0]
    days = [first - DAY] if wrong == "another day" else [first + n * DAY for n in range(101)]
    async with verify_refusal(house, house.cleo, ValidationError, path="exceptDates"):
        template = await bookkeeping_template(house)
        await Recurrence.start(
            template_id=template.id, client_id=house.bakery, rule=MONTHLY, except_dates=days,
            first_date=first,
        )  # fmt: skip


async def keep(house: House, calendar: HolidayCalendar | None) -> None:
    async with unit_of_work(house.ada):
        await (await Firm.mine()).change({"holiday_calendar": calendar}, None)


async def test_a_firm_says_whose_holidays_it_keeps(cast: Cast) -> None:
    house = cast.harbour
    async with verify_action(house, house.ada) as action:
        firm = await (await Firm.mine()).change({"holiday_calendar": "england_and_wales"}, None)
    assert action.only(EventKind.FIRM_CHANGED)["payload"] == {
        "holiday_calendar": [None, "england_and_wales"]
    }
    assert date(2026, 12, 25) in await firm.holidays()
    async with verify_action(house, house.ada):
        firm = await (await Firm.mine()).change({"holiday_calendar": None}, None)
    assert date(2026, 12, 25) not in await firm.holidays()


async def test_nothing_is_due_on_a_holiday_that_the_firm_keeps(cast: Cast) -> None:
    house = cast.harbour
    christmas = await _christmas(house)
    recurrence = await started(house, rule="FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25",
                               business_day_rule="before")  # fmt: skip
    due = {}
    for calendar in (None, HolidayCalendar.ENGLAND_AND_WALES):
        await keep(house, calendar)
        due[calendar] = (await _shown(house, recurrence))[0]["due_date"]
        assert due[calendar] <= christmas
    assert (due[None] == christmas) is (christmas.weekday() < 5)
    assert due[HolidayCalendar.ENGLAND_AND_WALES] < christmas


async def _christmas(house: House) -> date:
    """The next one that the recurrence has yet to make."""
    first = (await _today(house)).replace(day=1) - 70 * DAY
    return date(first.year + (first > date(first.year, 12, 25)), 12, 25)


async def test_what_was_made_stays_and_what_is_made_keeps_the_holidays(cast: Cast) -> None:
    """Two business days after Christmas Eve of 2026, with Boxing Day's on the Monday after."""
    house = cast.harbour
    async with unit_of_work(house.cleo):
        template = await bookkeeping_template(house)
    gathered = []
    for calendar in (None, HolidayCalendar.ENGLAND_AND_WALES, HolidayCalendar.GERMANY,
                     HolidayCalendar.US_FEDERAL):  # fmt: skip
        await keep(house, calendar)
        async with reading(house.cleo):
            planned = await plan(template, house.bakery, start_date=date(2026, 12, 24),
                                 due_date=date(2027, 1, 4), period_end=date(2026, 12, 31))  # fmt: skip
        gathered.append((planned.step_list[0]["due_date"], planned.step_list[2]["due_date"]))
    assert gathered == [
        (date(2026, 12, 28), date(2027, 1, 1)), (date(2026, 12, 30), date(2026, 12, 31)),
        (date(2026, 12, 29), date(2026, 12, 31)), (date(2026, 12, 29), date(2026, 12, 31)),
    ]  # fmt: skip
