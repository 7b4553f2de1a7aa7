"""The only clock there is: the database's, or a moment in the past that a unit of work was given.

`unit_of_work(viewer, at=…)` is for the demo firms and imports alone.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from models.unit_of_work import current


async def now() -> datetime:
    """The moment, in UTC."""
    unit = current()
    if unit.at is not None:
        return unit.at
    moment: datetime = await unit.fetchval("select clock_timestamp()")
    return moment


async def today(time_zone: str) -> date:
    """The calendar date where `time_zone` (IANA) is."""
    return local_date(await now(), time_zone)


def local_date(moment: datetime, time_zone: str) -> date:
    """On which calendar date a moment falls where `time_zone` (IANA) is."""
    return moment.astimezone(ZoneInfo(time_zone)).date()
