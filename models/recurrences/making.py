"""Making the jobs that are due: each period once, however often and by however many it is tried.

One recurrence or hundreds: the same statements make them. The recurrences are locked, first of all:
whoever comes at the same time finds their next dates moved on.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from models.errors import Unavailable
from models.events import EventKind
from models.jobs import Job
from models.many_rows import change_all
from models.recurrences import Recurrence
from models.recurrences.standing import Standing
from models.unit_of_work import current

AT_ONCE = 12
"""How many jobs of one recurrence a unit of work makes: more are made by the next one."""
JOBS_AT_ONCE = 250
"""How many jobs of many recurrences it makes: COMMIT numbers their thousands of events while all
others in the firm who commit wait for it."""


@dataclass
class Made:
    """What came of many recurrences."""

    jobs: int = 0
    unfinished: list[UUID] = field(default_factory=list)
    """Recurrences of which more is due."""
    failed: dict[UUID, Exception] = field(default_factory=dict)
    """Recurrences of which nothing was made, and why."""


async def make_due(recurrence: Recurrence) -> list[Job]:
    """The jobs of all periods that are due by now, at most `AT_ONCE`; none when they are made.

    Once its engagement has ended, or it has, no later period is made. While its client is a former
    one periods pass without a job, so that for one who comes back it goes on from where one is.
    """
    jobs, _ = await _make([recurrence], AT_ONCE)
    return jobs


async def make_all_due(recurrences: Sequence[Recurrence]) -> Made:
    """The same for many, about `JOBS_AT_ONCE` in all. One that cannot be made takes no other with
    it: what was tried together is undone and tried by halves."""
    made = Made()
    await _make_together(recurrences, max(JOBS_AT_ONCE // max(len(recurrences), 1), 1), made)
    return made


async def _make_together(recurrences: Sequence[Recurrence], at_most: int, made: Made) -> None:
    try:
        async with current().savepoint():
            jobs, unfinished = await _make(recurrences, at_most)
    except Unavailable:
        raise
    except Exception as fault:  # noqa: BLE001  (whatever one of them is refused for)
        if len(recurrences) == 1:
            made.failed[recurrences[0].id] = fault
            return
        half = len(recurrences) // 2
        for some in (recurrences[:half], recurrences[half:]):
            await _make_together(some, at_most, made)
    else:
        made.jobs += len(jobs)
        made.unfinished += unfinished


async def _make(recurrences: Sequence[Recurrence], at_most: int) -> tuple[list[Job], list[UUID]]:
    """The jobs of at most so many periods of each, and of which more is due."""
    standing = await Standing.of(recurrences)
    owed = [standing.owed(recurrence, at_most) for recurrence in recurrences]
    wishes = [(one.recurrence, occurrence) for one in owed for occurrence in one.due]
    jobs = await Job.open_all(await standing.openings(wishes)) if wishes else []
    await change_all(EventKind.RECURRENCE_ADVANCED,
                     [(one.recurrence, {"next_date": one.coming}) for one in owed])  # fmt: skip
    return jobs, [one.recurrence.id for one in owed if one.more]
