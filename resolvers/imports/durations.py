"""How long somebody worked, as trackers write it: 1:30:00, 1:30, 1.5, 1,5, 47:06 min, 1h 30m.

Hours are turned into seconds with Decimal and whole numbers, never a float.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from resolvers.imports.refusals import RowRefused

LONGEST = 31_622_400
"""Seconds an entry may have: a leap year's."""

_CLOCK = re.compile(r"(\d{1,5}):(\d{2})(?::(\d{2}))?(?:\s*h(?:ours?)?)?", re.IGNORECASE)
_MINUTES = re.compile(r"(\d{1,6}):(\d{2})\s*min", re.IGNORECASE)
_SECONDS = re.compile(r"(\d{1,8})\s*s(?:ec(?:onds?)?)?", re.IGNORECASE)
_UNITS = re.compile(r"(?:(\d{1,5})\s*h)?\s*(?:(\d{1,6})\s*m(?:in)?)?\s*(?:(\d{1,8})\s*s)?",
                    re.IGNORECASE)  # fmt: skip
_HOURS = re.compile(r"(\d{1,12}(?:[.,]\d{1,12})*)(?:\s*h(?:ours?)?)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Worked:
    """A duration: whole `seconds`, the `exact` seconds written, and how finely it was written.

    `step` is the smallest difference the writing can show, in seconds: 60 for 1:30, 36 for 1.5
    (zeros at the end are often left away).
    """

    seconds: int
    exact: Decimal
    step: int


@lru_cache(maxsize=8192)
def parse_duration(text: str) -> Worked:
    """The duration that `text` names. Raises RowRefused when it names none, or a negative one."""
    bare = text.strip()
    if bare.startswith(("-", "−")) and any(letter.isdigit() for letter in bare):
        raise RowRefused(f"“{text}” is a negative duration")
    worked = _by_clock(bare) or _by_units(bare) or _by_hours(bare)
    if worked is None:
        raise RowRefused(f"“{text}” is not a duration")
    if worked.seconds > LONGEST:
        raise RowRefused(f"“{text}” is longer than a year")
    return worked


def _by_clock(text: str) -> Worked | None:
    if (found := _CLOCK.fullmatch(text)) and found[2] < "60" and (found[3] or "00") < "60":
        step = 1 if found[3] else 60
        return _whole(int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3] or 0), step)
    if (found := _MINUTES.fullmatch(text)) and found[2] < "60":
        return _whole(int(found[1]) * 60 + int(found[2]), 1)
    return None


def _by_units(text: str) -> Worked | None:
    if found := _SECONDS.fullmatch(text):
        return _whole(int(found[1]), 1)
    if text and text[-1].isalpha() and (found := _UNITS.fullmatch(text)) and any(found.groups()):
        hours, minutes, seconds = (int(group or 0) for group in found.groups())
        # "2h" alone is an hours figure and read as one, below.
        if found[2] or found[3]:
            return _whole(hours * 3600 + minutes * 60 + seconds, 1 if found[3] else 60)
    return None


def _by_hours(text: str) -> Worked | None:
    found = _HOURS.fullmatch(text)
    if found is None:
        return None
    whole, fraction = _split_decimal(found[1])
    hours = Decimal(f"{whole}.{fraction or '0'}")
    exact = hours * 3600
    numerator, denominator = exact.as_integer_ratio()
    seconds = (2 * numerator + denominator) // (2 * denominator)
    return Worked(seconds, exact.normalize(), max(1, 3600 // 10 ** max(2, len(fraction))))


def _split_decimal(number: str) -> tuple[str, str]:
    """Whole part and fraction, whichever of dot and comma is the decimal sign.

    With both in it, the last is: 1.234,5 and 1,234.5. A sign that stands more than once groups
    thousands.
    """
    last = max(number.rfind("."), number.rfind(","))
    if last < 0 or number.count(number[last]) > 1:
        return re.sub(r"[.,]", "", number), ""
    return re.sub(r"[.,]", "", number[:last]), number[last + 1 :]


def _whole(seconds: int, step: int) -> Worked:
    return Worked(seconds, Decimal(seconds), step)


def spoken(seconds: int) -> str:
    """A sum of seconds for people, exact: 1,234:05:09."""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes // 60:,}:{minutes % 60:02d}:{rest:02d}"
