"""When a demo firm is open, and when each of its people is there."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from resolvers.demo.facts import FirmFacts, Person

_DAY = timedelta(days=1)


class WorkingDays:
    """The firm's calendar around today."""

    def __init__(self, firm: FirmFacts, today: date, people: Iterable[Person]) -> None:
        self.today = today
        self._holidays = firm.public_holidays
        self._away = {
            person.key: [self.absence(first=a.first, last=a.last) for a in person.absences]
            for person in people
        }

    def absence(self, *, first: int, last: int) -> tuple[date, date]:
        return self.today + first * _DAY, self.today + last * _DAY

    def is_open(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self._holidays(day.year)

    def works(self, person: Person, day: date) -> bool:
        """Whether somebody is at work that day."""
        if not self.is_open(day) or not person.week[day.weekday()]:
            return False
        if person.left is not None and day > self.last_day(person):
            return False
        return not any(first <= day <= last for first, last in self._away[person.key])

    def last_day(self, person: Person) -> date:
        """The working day on which somebody leaves the firm."""
        return self.on_or_before(self.today + (person.left or 0) * _DAY)

    def on_or_before(self, day: date) -> date:
        while not self.is_open(day):
            day -= _DAY
        return day

    def on_or_after(self, day: date) -> date:
        while not self.is_open(day):
            day += _DAY
        return day

    def shift(self, day: date, by: int) -> date:
        """So many working days on, or back."""
        step = _DAY if by > 0 else -_DAY
        for _ in range(abs(by)):
            day += step
            while not self.is_open(day):
                day += step
        return day

    def between(self, first: date, last: date) -> list[date]:
        """The working days from one day to another, at least the first of them."""
        days = [day for day in calendar_days(first, last) if self.is_open(day)]
        return days or [self.on_or_after(first)]


def calendar_days(first: date, last: date) -> Iterator[date]:
    """Every day from one to another, both included."""
    day = first
    while day <= last:
        yield day
        day += _DAY


def month_start(day: date, months: int = 0) -> date:
    """The first of the month, so many months on or back."""
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def month_end(day: date, months: int = 0) -> date:
    """The last of the month, so many months on or back."""
    return month_start(day, months + 1) - _DAY
