"""Rules by which work comes back: RFC 5545 RRULE, as far as a practice needs it and no further.

What is left out could keep a server busy (times of day, endless steps) or says nothing about work.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice

from dateutil.relativedelta import relativedelta
from dateutil.rrule import rrulestr

from models.errors import ValidationError
from models.recurrences.month_days import meant, said

LONGEST_RULE = 200
SIGHT_YEARS = 10
"""How far ahead is looked for the next date: a rule that has none by then has none."""
_DAY = timedelta(days=1)
_CYCLE = 400  # years after which every date falls on the same weekday
_ENDS = ("COUNT", "UNTIL")
_LARGEST_INTERVAL = {"DAILY": 366, "WEEKLY": 53, "MONTHLY": 36, "YEARLY": 10}
_LEAST_DAYS = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 28, "YEARLY": 365}
_STEP = {"DAILY": relativedelta(days=1), "WEEKLY": relativedelta(weeks=1),
         "MONTHLY": relativedelta(months=1), "YEARLY": relativedelta(years=1)}  # fmt: skip
_FEW = 4
_NEAR = 2  # steps back in which nearly every rule has named a date


def _numbers(low: int, high: int, *, signed: bool = False) -> Callable[[str], bool]:
    def fits(text: str) -> bool:
        parts = text.split(",")
        return len(parts) <= 31 and all(
            re.fullmatch(r"[+-]?\d{1,4}" if signed else r"\d{1,4}", part, re.ASCII)
            and low <= (abs(int(part)) if signed else int(part)) <= high
            for part in parts
        )

    return fits


def _weekdays(text: str) -> bool:
    day = r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)"
    return bool(re.fullmatch(rf"{day}(,{day}){{0,30}}", text, re.ASCII))


def _last_day(text: str) -> bool:
    """Days alone: a time of day has no meaning here."""
    try:
        return bool(re.fullmatch(r"\d{8}", text, re.ASCII)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


_PARTS: dict[str, Callable[[str], bool]] = {
    "FREQ": _LARGEST_INTERVAL.__contains__,
    "INTERVAL": _numbers(1, 366),
    "COUNT": _numbers(1, 1000),
    "UNTIL": _last_day,
    "BYDAY": _weekdays,
    "BYMONTHDAY": _numbers(1, 31, signed=True),
    "BYMONTH": _numbers(1, 12),
    "BYSETPOS": _numbers(1, 31, signed=True),
    "WKST": lambda text: text in ("MO", "SU", "SA"),
}


@dataclass(frozen=True)
class Rule:
    """When work comes back, counted from its first date on."""

    parts: dict[str, str]
    first_date: date

    @classmethod
    def read(cls, text: str, first_date: date) -> "Rule":
        """Raises ValidationError, naming the part that is wrong, and for a rule without a date."""
        rule = cls(_read(text), first_date)
        if next(rule.dates(first_date), None) is None:
            raise _wrong(f"This rule names no day in the {SIGHT_YEARS} years after it begins.")
        return rule

    def __str__(self) -> str:
        return _text(self.parts)

    def dates(self, since: date) -> Iterator[date]:
        """The days it names from `since` on, as far as is looked ahead.

        The search runs to the calendar's last year where a rule names no day at all (a 30th of
        February). The calendar repeats every 400 years, so it is made close to its end.
        """
        end = _sight(max(since, self.first_date))
        if "UNTIL" in self.parts:
            end = min(end, date.fromisoformat(self.parts["UNTIL"]))
        ahead = (date.max.year - max(end, self.first_date).year) // _CYCLE * _CYCLE
        steps = {name: value for name, value in self.parts.items() if name not in _ENDS}
        until = f"{end.replace(year=end.year + ahead):%Y%m%d}"
        begin = datetime.combine(self.first_date.replace(year=self.first_date.year + ahead), time())
        found = rrulestr(_text({**steps, "UNTIL": until}), dtstart=begin)
        count = int(self.parts["COUNT"]) if "COUNT" in self.parts else None
        days = (moment.date().replace(year=moment.year - ahead) for moment in islice(found, count))
        return (day for day in days if day >= since)

    def periods(self, since: date) -> Iterator[tuple[date, date]]:
        """The first and the last day of each period that ends on `since` or later: each begins
        the day after the one before has ended, also the first, as if the rule had always held."""
        before = None
        for last in self.dates(since):
            yield (before or self._before(last)) + _DAY, last
            before = last

    def written_out(self) -> "Rule":
        """The same rule with the days of its months as people mean them, which are its dates for
        ever. Raises ValidationError for days that some of its months lack."""
        parts = meant(self.parts, self.first_date)
        if len(_text(parts)) > LONGEST_RULE:
            raise _wrong(f"Written out, a rule has at most {LONGEST_RULE} characters.")
        return Rule(parts, self.first_date)

    def _before(self, day: date) -> date:
        """The date before it; where none is in sight, one step back."""
        parts = {name: value for name, value in said(self.parts, self.first_date).items()
                 if name not in _ENDS}  # fmt: skip
        text = _text({**parts, "UNTIL": f"{day - _DAY:%Y%m%d}"})
        step = int(parts.get("INTERVAL", "1"))
        in_sight = SIGHT_YEARS * 366 // (step * _LEAST_DAYS[parts["FREQ"]]) + _NEAR
        for steps in (_NEAR, in_sight):
            begin = datetime.combine(_steps_back(steps, day, self.first_date, parts), time())
            found = rrulestr(text, dtstart=begin).before(datetime.combine(day, time()))
            if found is not None:
                return date(found.year, found.month, found.day)
        return day - step * _STEP[parts["FREQ"]]


def periods_of(text: str, first_date: date, since: date) -> Iterator[tuple[date, date]]:
    """The periods of the rule as `Rule.periods` names them. Much comes back by the same rule from
    the same day on: the next few periods are found once for all of it."""
    near = _next_periods(text, first_date, since)
    yield from near
    if len(near) == _FEW:
        yield from islice(Rule.read(text, first_date).periods(since), _FEW, None)


@lru_cache(maxsize=4_096)
def _next_periods(text: str, first_date: date, since: date) -> tuple[tuple[date, date], ...]:
    return tuple(islice(Rule.read(text, first_date).periods(since), _FEW))


def _steps_back(steps: int, day: date, first_date: date, parts: dict[str, str]) -> date:
    """Where a step of the rule begins that lies so many before the day's own; steps are counted
    from the first date, whole months and years from their first day."""
    step = int(parts.get("INTERVAL", "1"))
    match parts["FREQ"]:
        case "MONTHLY":
            months = (day.year - first_date.year) * 12 + day.month - first_date.month
            back = relativedelta(months=(months // step - steps) * step)
            return first_date.replace(day=1) + back
        case "YEARLY":
            years = ((day.year - first_date.year) // step - steps) * step
            return date(first_date.year + years, 1, 1)
    days = step * _LEAST_DAYS[parts["FREQ"]]
    return first_date + ((day - first_date).days // days - steps) * days * _DAY


def _text(parts: dict[str, str]) -> str:
    return ";".join(f"{name}={value}" for name, value in parts.items())


def _read(text: str) -> dict[str, str]:
    if len(text) > LONGEST_RULE:
        raise _wrong(f"A rule has at most {LONGEST_RULE} characters.")
    given = text.strip().upper().removeprefix("RRULE:").rstrip(";").split(";")
    pairs = [part.partition("=") for part in given]
    parts = {name: value for name, _, value in pairs}
    if len(parts) != len(pairs):
        raise _wrong("A rule says each of its parts once.")
    for name, value in parts.items():
        if name not in _PARTS:
            raise _wrong(f"{name[:20]!r} is no part of a rule here; use {', '.join(_PARTS)}.")
        if not _PARTS[name](value):
            raise _wrong(f"{name} does not fit: {value[:40]!r}.")
    _must_agree(parts)
    return parts


def _must_agree(parts: dict[str, str]) -> None:
    if "FREQ" not in parts:
        raise _wrong("A rule begins with its FREQ: DAILY, WEEKLY, MONTHLY or YEARLY.")
    if int(parts.get("INTERVAL", "1")) > _LARGEST_INTERVAL[parts["FREQ"]]:
        raise _wrong(f"INTERVAL is too large for {parts['FREQ']}.")
    if "COUNT" in parts and "UNTIL" in parts:
        raise _wrong("A rule ends by COUNT or by UNTIL, not both.")
    if "BYSETPOS" in parts and not {"BYDAY", "BYMONTHDAY", "BYMONTH"} & parts.keys():
        raise _wrong("BYSETPOS picks from what another BY… part names.")
    if parts["FREQ"] in ("DAILY", "WEEKLY") and re.search(r"\d", parts.get("BYDAY", "")):
        raise _wrong("Numbered weekdays are for MONTHLY and YEARLY rules.")


def _sight(day: date) -> date:
    return day + relativedelta(years=min(SIGHT_YEARS, date.max.year - day.year))


def _wrong(message: str) -> ValidationError:
    return ValidationError(message, path=("rule",))
