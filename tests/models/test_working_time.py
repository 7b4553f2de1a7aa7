"""What a member can work, and the days they do not."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from models.errors import ValidationError
from models.events import EventKind
from models.members import Capacity, Member, TimeOff
from models.unit_of_work import reading, unit_of_work
from tests.cast import Cast
from tests.verify import verify_action, verify_refusal

FULL = [28800] * 5 + [0, 0]
HALF = [14400] * 5 + [0, 0]


async def test_capacity_holds_from_a_date_on_and_what_held_before_stays(cast: Cast) -> None:
    async with verify_action(cast.harbour, cast.harbour.ben) as action:
        dan = await Member.load(cast.harbour.dan.id)
        await Capacity.set(
            dan, from_date=date(2025, 1, 1), weekday_seconds=FULL, chargeable_target=Decimal("0.75")
        )
        await Capacity.set(dan, from_date=date(2026, 1, 1), weekday_seconds=HALF)
    assert action.kinds == [EventKind.CAPACITY_SET] * 2
    async with reading(cast.harbour.dan):
        kept = await Capacity.filter(member_id=dan.id).order_by("from_date")
    assert [row.weekday_seconds for row in kept] == [FULL, HALF]


async def test_capacity_set_again_for_the_same_date_is_corrected(cast: Cast) -> None:
    async with unit_of_work(cast.harbour.ben):
        dan = await Member.load(cast.harbour.dan.id)
        await Capacity.set(dan, from_date=date(2025, 1, 1), weekday_seconds=FULL)
    async with verify_action(cast.harbour, cast.harbour.ben) as action:
        await Capacity.set(
            dan, from_date=date(2025, 1, 1), weekday_seconds=HALF, chargeable_target=Decimal("0.5")
        )
    assert action.only(EventKind.CAPACITY_SET)["entity_version"] == 2


@pytest.mark.parametrize("seconds", [[28800] * 6, [86401] + [0] * 6, [-1] + [0] * 6, []])
async def test_a_week_has_seven_days_of_at_most_24_hours(cast: Cast, seconds: list[int]) -> None:
    async with verify_refusal(
        cast.harbour, cast.harbour.ben, ValidationError, path="weekdaySeconds"
    ):
        dan = await Member.load(cast.harbour.dan.id)
        await Capacity.set(dan, from_date=date(2025, 1, 1), weekday_seconds=seconds)


async def test_days_off_are_put_on_record(cast: Cast) -> None:
    async with verify_action(cast.harbour, cast.harbour.dan) as action:
        await TimeOff.note(await Member.me(), **_days(date(2025, 7, 1), date(2025, 7, 14)))
    assert action.kinds == [EventKind.TIME_OFF_RECORDED]


async def test_days_off_do_not_end_before_they_begin(cast: Cast) -> None:
    async with verify_refusal(cast.harbour, cast.harbour.dan, ValidationError, path="lastDate"):
        await TimeOff.note(await Member.me(), **_days(date(2025, 7, 2), date(2025, 7, 1)))


def _days(first: date, last: date) -> dict[str, Any]:
    return {"kind": "holiday", "first_date": first, "last_date": last}
