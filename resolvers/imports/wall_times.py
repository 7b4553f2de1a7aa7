"""Times on a wall clock, and the instants they were: exact over daylight saving and midnight."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import product
from zoneinfo import ZoneInfo

from resolvers.imports.refusals import RowRefused

_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(?:([ap])\.?\s?m\.?)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WallTime:
    """A time of day, and how finely it was written, in seconds."""

    at: time
    step: int


@lru_cache(maxsize=8192)
def parse_time(text: str) -> WallTime:
    """The time of day that `text` names on a 24 or 12 hour clock. Raises RowRefused for others."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        raise RowRefused(f"“{text}” is not a time of day")
    hour, half = int(found[1]), (found[4] or "").lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        at = time(hour, int(found[2]), int(found[3] or 0))
    except ValueError as error:
        raise RowRefused(f"“{text}” is not a time of day") from error
    return WallTime(at, 1 if found[3] else 60)


@dataclass(frozen=True, slots=True)
class Stretch:
    """From when to when somebody worked, in UTC; a remark when the clock was not so simple."""

    started_at: datetime
    stopped_at: datetime
    remark: str | None = None

    @property
    def seconds(self) -> int:
        """What lies between start and stop."""
        return (self.stopped_at - self.started_at) // timedelta(seconds=1)


def stretch(
    on: date,
    start: time,
    until: date | None,
    stop: time | None,
    *,
    seconds: int | None,
    zone: ZoneInfo,
) -> Stretch:
    """The instants of an entry whose wall times were read in `zone`.

    An hour that the clock shows twice is the one that fits `seconds`, else the first. Without a
    stop the entry ends `seconds` after its start; a stop without a date is the next one to come.
    """
    wall_start = datetime.combine(on, start)
    if stop is None:
        first = _instant(wall_start, 0, zone)
        return Stretch(first, first + timedelta(seconds=seconds or 0), _skipped(wall_start, zone))
    if until is None:
        until = on if stop >= start else on + timedelta(days=1)
    wall_stop = datetime.combine(until, stop)
    readings = [
        Stretch(_instant(wall_start, a, zone), _instant(wall_stop, b, zone))
        for a, b in product((0, 1), repeat=2)
    ]
    wanted = 0 if seconds is None else seconds
    best = min(readings, key=lambda reading: (reading.seconds < 0, abs(reading.seconds - wanted)))
    remark = _skipped(wall_start, zone) or _skipped(wall_stop, zone)
    return Stretch(best.started_at, best.stopped_at, remark)


@lru_cache(maxsize=8192)
def _instant(wall: datetime, fold: int, zone: ZoneInfo) -> datetime:
    return wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)


def _skipped(wall: datetime, zone: ZoneInfo) -> str | None:
    """The remark for a wall time that never was: clocks went forward over it."""
    real = _instant(wall, 0, zone).astimezone(zone).replace(tzinfo=None)
    if real == wall:
        return None
    return f"in {zone.key} the clock skipped {wall:%H:%M} that day; read as {real:%H:%M}"
