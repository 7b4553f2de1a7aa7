"""What ends with an engagement: told before it is done."""

from collections.abc import Sequence
from typing import Annotated, Any

import strawberry

from models.unit_of_work import Row
from resolvers import engagements
from schema.fields import argument, field
from schema.scalars import Date

_Job = Annotated["Job", strawberry.lazy("schema.jobs")]
_Recurrence = Annotated["Recurrence", strawberry.lazy("schema.recurrences")]


@strawberry.type(description="What ends with an engagement on its last day.")
class EngagementEnding:
    last_day: Date = field("That day.")
    recurrences: list[_Recurrence] = field("What comes back no more: the first 50.")
    recurrence_count: int = field("How many of these there are.")
    jobs: list[_Job] = field(
        "Jobs that are cancelled, the first 50: not begun, and of a period (or a day, where they"
        " have none) that is not over by then. Work that was begun goes on."
    )
    job_count: int = field("How many of these there are.")


async def endings(
    parents: Sequence[Row],
    *,
    last_day: Annotated[Date | None, argument("Its last day; today unless said.")] = None,
) -> list[dict[str, Any]]:
    return await engagements.endings(parents, on=last_day)
