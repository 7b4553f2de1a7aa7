"""Seconds of work as days: which business day so much work from today falls on."""

from bisect import bisect_left
from collections.abc import Container
from datetime import date, timedelta

from models.working_days import is_business_day

SECONDS_A_DAY = 8 * 3600
"""Seconds of work in a business day."""
FARTHEST = 2_600
"""Business days, some ten years: nothing is foretold beyond."""

_DAY = timedelta(days=1)


class WorkDays:
    """The business days from a day on, or from the first one after it."""

    def __init__(self, today: date, holidays: Container[date]) -> None:
        self._holidays = holidays
        self._next = today
        self._days: list[date] = []

    def before(self, day: date) -> int:
        """Seconds of work until a day begins; none until one that is past."""
        while self._next <= day and len(self._days) < FARTHEST:
            self._grow()
        return bisect_left(self._days, day) * SECONDS_A_DAY

    def begun_on(self, seconds: int) -> date | None:
        """The day on which work that so many seconds go before is begun; None beyond ten years."""
        number = seconds // SECONDS_A_DAY
        if number >= FARTHEST:
            return None
        while len(self._days) <= number:
            self._grow()
        return self._days[number]

    def done_on(self, seconds: int) -> date | None:
        """The day on which so much work is done; None beyond ten years."""
        return self.begun_on(max(seconds - 1, 0))

    def _grow(self) -> None:
        if is_business_day(self._next, self._holidays):
            self._days.append(self._next)
        self._next += _DAY


def worked_since(begun: date, today: date, holidays: Container[date]) -> int:
    """Seconds of work from one day to another, neither more than ten years."""
    days, day = 0, max(begun, today - timedelta(days=3650))
    while day < today:
        days += is_business_day(day, holidays)
        day += _DAY
    return days * SECONDS_A_DAY
