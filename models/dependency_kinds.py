"""The ways in which one task waits for another, and when the waiting is over."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from models import clock
from models.clients import firm_today
from models.errors import ValidationError
from models.firms import Firm
from models.workflows import WorkCategory
from models.working_days import add_business_days

LONGEST_LAG = 250
"""Business days; about a year of them."""

AT_ONCE = date.min
"""The day from which on nothing was ever waited for."""


class DependencyKind(StrEnum):
    """What the one waits with, and what of the other it waits for."""

    FINISH_TO_START = "finish_to_start"
    START_TO_START = "start_to_start"
    FINISH_TO_FINISH = "finish_to_finish"

    @property
    def holds_start(self) -> bool:
        """Whether it is beginning that waits; finishing does otherwise."""
        return self is not DependencyKind.FINISH_TO_FINISH


def must_be_a_lag(days: int) -> None:
    """Raise ValidationError for what no lag is."""
    if not 0 <= days <= LONGEST_LAG:
        raise ValidationError(f"A lag is 0 to {LONGEST_LAG} business days.", path=("lagDays",))


STARTING = tuple(kind.value for kind in DependencyKind if kind.holds_start)


@dataclass(frozen=True)
class FirmDays:
    """How the firm counts days: where it is, which it keeps free, and which one it is."""

    time_zone: str
    holidays: Container[date]
    today: date

    @classmethod
    async def mine(cls) -> "FirmDays":
        firm = await Firm.mine()
        return cls(firm.time_zone, await firm.holidays(), await firm_today())

    def free_on(self, link: Mapping[str, Any]) -> date | None:
        """From which day on a dependency holds nothing up; None while its blocker has to act.

        What is cancelled will not be done, so nothing waits for it. A lag counts from the day on
        which the blocker was begun or done: its last business day is the first free one.
        """
        if WorkCategory(link["blocker_status"]) is WorkCategory.CANCELLED:
            return AT_ONCE
        if not came(link):
            return None
        moment = _moment(link)
        if moment is None:
            return AT_ONCE
        day = clock.local_date(moment, self.time_zone)
        lag = link["lag_days"]
        return add_business_days(day, lag, self.holidays) if lag else day

    def holds(self, link: Mapping[str, Any]) -> bool:
        """Whether a dependency still holds something up."""
        free = self.free_on(link)
        return free is None or free > self.today


BLOCKER = (
    "b.title as blocker_title, b.status as blocker_status,"
    " b.started_at as blocker_started_at, b.completed_at as blocker_completed_at"
)
"""What is read of a dependency's blocker `b`, to know whether it still holds something up."""


def came(link: Mapping[str, Any]) -> bool:
    """Whether the blocker has done what is waited for, whatever lag follows."""
    status = WorkCategory(link["blocker_status"])
    if link["kind"] == DependencyKind.START_TO_START:
        return status.is_begun or status.is_over
    return status.is_over


def _moment(link: Mapping[str, Any]) -> datetime | None:
    done: datetime | None = link["blocker_completed_at"]
    if link["kind"] == DependencyKind.START_TO_START:
        return link["blocker_started_at"] or done
    return done
