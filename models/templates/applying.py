"""Applying a template to a client: the job, its tasks, owners and due dates, in one act."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from models.clients import firm_today
from models.errors import ValidationError
from models.firms import Firm
from models.jobs import Job
from models.periods import period_name
from models.templates import Template, TemplateStep
from models.templates.steps import Anchor
from models.unit_of_work import current
from models.workflows import Service
from models.working_days import OffsetUnit, offset_from

_DATES = ("start_date", "due_date", "period_start", "period_end")
_ARGUMENT = {Anchor.START: "startDate", Anchor.DUE: "dueDate", Anchor.PERIOD_END: "periodEnd"}
_CALLED = {Anchor.START: "a start", Anchor.DUE: "a due date", Anchor.PERIOD_END: "the period's end"}


@dataclass(frozen=True)
class Dates:
    """What the due dates of steps are counted from."""

    start: date
    due: date | None
    period_end: date | None

    def of(self, anchor: Anchor, title: str) -> date:
        """Raises ValidationError where the job has no such date."""
        found = {Anchor.START: self.start, Anchor.DUE: self.due,
                 Anchor.PERIOD_END: self.period_end}[anchor]  # fmt: skip
        if found is None:
            raise ValidationError(f"Give {_CALLED[anchor]}: “{title}” is due by it.",
                                  path=(_ARGUMENT[anchor],))  # fmt: skip
        return found


@dataclass(frozen=True)
class Plan:
    """The job that a template would make, as far as it was not said how."""

    title: str
    step_list: list[dict[str, Any]]
    derived: dict[str, Any]


async def plan(
    template: Template, client_id: UUID, *, start_date: date | None = None,
    due_date: date | None = None, period_start: date | None = None, period_end: date | None = None,
) -> Plan:  # fmt: skip
    """What applying the template's published version to the client would make.

    What is not said is found: the start is today (never after the due date), the title is the
    template's and the period's names, the owner and the assignees hold the roles wanted at the
    client on the day it starts. A role that nobody holds leaves the step to nobody.
    """
    version = await template.published_version()
    steps = await version.steps()
    dates = Dates(start_date or await _start_by(due_date), due_date, period_end)
    _must_be_in_order(dates, period_start)
    holders = await holders_of(client_id, dates.start)
    firm = await Firm.mine()
    name = period_name(period_start, period_end, firm.locale)
    holidays = await firm.holidays()
    return Plan(
        title=f"{template.name} {name}".strip(),
        step_list=[_task(step, dates, holders, holidays) for step in steps],
        derived={
            "service_id": template.service_id, "template_version_id": version.id,
            "start_date": dates.start, "owner_id": holders.get(template.owner_role or ""),
            "budget_seconds": _budget(steps),
        },
    )  # fmt: skip


async def apply(
    template: Template, *, client_id: UUID, title: str | None = None, id: UUID | None = None,
    derived: Mapping[str, Any] | None = None, **given: Any,
) -> Job:  # fmt: skip
    """A job for the client, made as planned."""
    dates = {name: given[name] for name in _DATES if name in given}
    planned = await plan(template, client_id, **dates)
    return await Job.open(
        id=id, client_id=client_id, title=title or planned.title,
        workflow_id=(await Service.load(template.service_id, lock=False)).workflow_id,
        step_list=planned.step_list, derived={**planned.derived, **(derived or {})}, **given,
    )  # fmt: skip


async def holders_of(client_id: UUID, on: date) -> dict[str, UUID]:
    """Who holds each role at the client that day and works here, then and today: of several,
    whoever has it for longest."""
    rows = await current().fetch(
        "select distinct on (r.role) r.role, r.member_id from client_role r"
        " join member m on m.firm_id = r.firm_id and m.id = r.member_id"
        " where r.client_id = $1 and r.from_date <= $2"
        " and (r.until_date is null or r.until_date >= $2)"
        " and (m.leave_date is null or m.leave_date >= $3)"
        " order by r.role, r.from_date, r.id", client_id, on, max(on, await firm_today()),
    )  # fmt: skip
    return {row["role"]: row["member_id"] for row in rows}


def _must_be_in_order(dates: Dates, period_start: date | None) -> None:
    """Raise ValidationError for what the job's own table refuses: nothing is planned in vain."""
    if period_start and dates.period_end and dates.period_end < period_start:
        raise ValidationError("A period does not end before it starts.", path=("periodEnd",))
    if dates.due is not None and dates.due < dates.start:
        raise ValidationError("Work is not due before it starts.", path=("dueDate",))


async def _start_by(due: date | None) -> date:
    today = await firm_today()
    return today if due is None else min(today, due)


def _task(
    step: TemplateStep, dates: Dates, holders: Mapping[str, UUID], holidays: Container[date]
) -> dict[str, Any]:
    due = None
    if step.due_anchor is not None and step.due_count is not None and step.due_unit is not None:
        anchor = dates.of(Anchor(step.due_anchor), step.title)
        due = offset_from(anchor, step.due_count, OffsetUnit(step.due_unit), holidays)
    return {
        "title": step.title, "notes": step.notes, "due_date": due,
        "assignee_id": holders.get(step.role or ""), "estimate_seconds": step.estimate_seconds,
        "depends_on": step.depends_on,
    }  # fmt: skip


def _budget(steps: Sequence[TemplateStep]) -> int | None:
    """The estimates' sum; None where nothing is estimated."""
    estimates = [step.estimate_seconds for step in steps if step.estimate_seconds is not None]
    return sum(estimates) if estimates else None
