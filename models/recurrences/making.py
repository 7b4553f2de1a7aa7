"""Making the jobs that are due: each period once, however often and by however many it is tried."""

from datetime import date

from models.clients import Client, firm_today
from models.engagements import Engagement
from models.events import EventKind
from models.firms import Firm
from models.jobs import Job
from models.members import Member
from models.recurrences import Occurrence, Recurrence
from models.templates import Template
from models.templates.applying import apply

AT_ONCE = 12
"""How many jobs one unit of work makes: more are made by the next one."""


async def make_due(recurrence: Recurrence) -> list[Job]:
    """The jobs of all periods that are due by now, at most `AT_ONCE`; none when they are made.

    The recurrence is locked: whoever comes at the same time finds its next date moved on. Once
    its engagement has ended, or it has, no later period is made. While its client is a former one
    periods pass without a job, so that for one who comes back it goes on from where one is.
    """
    if recurrence.next_date is None:
        return []
    today, last = await firm_today(), await _last_day(recurrence)
    client = await Client.load(recurrence.client_id, lock=False)
    template = await Template.load(recurrence.template_id, lock=False)
    made: list[Job] = []
    coming = None
    holidays = await (await Firm.mine()).holidays()
    for occurrence in recurrence.occurrences(recurrence.next_date, holidays):
        if occurrence.period_end > last:
            break
        if occurrence.made_on > today or len(made) == AT_ONCE:
            coming = occurrence.period_end
            break
        if client.is_served:
            made.append(await _make(recurrence, template, occurrence))
    await recurrence.record(EventKind.RECURRENCE_ADVANCED, next_date=coming)
    return made


async def _make(recurrence: Recurrence, template: Template, occurrence: Occurrence) -> Job:
    chosen = {name: value for name in ("engagement_id", "owner_id", "team_id")
              if (value := getattr(recurrence, name)) is not None}  # fmt: skip
    if not await Member.works_here(chosen.get("owner_id")):
        del chosen["owner_id"]  # whoever answers for the client's work does
    return await apply(
        template, client_id=recurrence.client_id, period_start=occurrence.period_start,
        period_end=occurrence.period_end, start_date=occurrence.start_date,
        due_date=occurrence.due_date, recurrence_id=recurrence.id, period_key=occurrence.key,
        **chosen,
    )  # fmt: skip


async def _last_day(recurrence: Recurrence) -> date:
    """Its engagement's last day; without one, the calendar's."""
    if recurrence.engagement_id is None:
        return date.max
    engagement = await Engagement.load(recurrence.engagement_id, lock=False)
    return engagement.end_date or date.max
