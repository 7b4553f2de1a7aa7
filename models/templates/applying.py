"""Applying templates to clients: jobs with their tasks, owners and due dates, in one act.

One client or hundreds: what a job looks like is planned here alone, from facts that are read at
once for all of them.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from models.clients import firm_today
from models.errors import ValidationError
from models.firms import Firm
from models.jobs import Job
from models.jobs.opening import Opening
from models.periods import period_name
from models.step_lists import ways
from models.templates import Template, TemplateStep, not_published
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
class Wish:
    """A template for a client, and what was said of the job's dates."""

    template: Template
    client_id: UUID
    start_date: date | None = None
    due_date: date | None = None
    period_start: date | None = None
    period_end: date | None = None

    def dates(self, today: date) -> Dates:
        """What is not said starts today, never after it is due."""
        start = self.start_date or min(today, self.due_date or today)
        return Dates(start, self.due_date, self.period_end)


@dataclass(frozen=True)
class Plan:
    """The job that a template would make, as far as it was not said how."""

    title: str
    step_list: list[dict[str, Any]]
    derived: dict[str, Any]
    workflow_id: UUID

    def opening(self, client_id: UUID, **said: Any) -> Opening:
        """The job to be, with what was said of it."""
        return Opening(client_id=client_id, title=self.title, step_list=self.step_list,
                       workflow_id=self.workflow_id, derived=self.derived, given=said)  # fmt: skip


@dataclass(frozen=True)
class _Version:
    """What a template's published version says."""

    id: UUID
    steps: Sequence[TemplateStep]
    workflow_id: UUID

    @property
    def budget_seconds(self) -> int | None:
        """The estimates' sum; None where nothing is estimated."""
        estimates = [step.estimate_seconds for step in self.steps
                     if step.estimate_seconds is not None]  # fmt: skip
        return sum(estimates) if estimates else None


@dataclass(frozen=True)
class Planning:
    """What plans are made of, read once for all wishes."""

    today: date
    locale: str
    holidays: Container[date]
    versions: Mapping[UUID, _Version]
    """By template; those that were published."""
    holders: Mapping[tuple[UUID, date], Mapping[str, UUID]]
    """Who holds each role, by client and day."""
    counted: dict[tuple[date, int, OffsetUnit], date] = field(default_factory=dict)

    @classmethod
    async def of(cls, wishes: Sequence[Wish]) -> "Planning":
        today, firm = await firm_today(), await Firm.mine()
        starts = {(wish.client_id, wish.dates(today).start) for wish in wishes}
        return cls(
            today, firm.locale, await firm.holidays(),
            await _published({wish.template.id: wish.template for wish in wishes}),
            await _holders(list(starts), today),
        )  # fmt: skip

    def plan(self, wish: Wish) -> Plan:
        """What applying the template's published version to the client would make.

        What is not said is found: the start is today (never after the due date), the title is the
        template's and the period's names, the owner and the assignees hold the roles wanted at the
        client on the day it starts. A role that nobody holds leaves the step to nobody.
        """
        template, version = wish.template, self.versions.get(wish.template.id)
        if version is None:
            raise not_published("templateId")
        dates = wish.dates(self.today)
        _must_be_in_order(dates, wish.period_start)
        holders = self.holders.get((wish.client_id, dates.start), {})
        name = period_name(wish.period_start, wish.period_end, self.locale)
        return Plan(
            title=f"{template.name} {name}".strip(),
            step_list=[_task(step, self._due(step, dates), holders) for step in version.steps],
            derived={
                "service_id": template.service_id, "template_version_id": version.id,
                "start_date": dates.start, "owner_id": holders.get(template.owner_role or ""),
                "budget_seconds": version.budget_seconds,
            },
            workflow_id=version.workflow_id,
        )  # fmt: skip

    def _due(self, step: TemplateStep, dates: Dates) -> date | None:
        """By when the step is to be done. Days are counted once for all that begins on one."""
        if step.due_anchor is None or step.due_count is None or step.due_unit is None:
            return None
        anchor = dates.of(Anchor(step.due_anchor), step.title)
        counted = anchor, step.due_count, OffsetUnit(step.due_unit)
        if counted not in self.counted:
            self.counted[counted] = offset_from(*counted, self.holidays)
        return self.counted[counted]


async def plan(template: Template, client_id: UUID, **dates: date | None) -> Plan:
    """As `Planning.plan`, for one client."""
    wish = Wish(template, client_id, **dates)
    return (await Planning.of([wish])).plan(wish)


async def apply(
    template: Template, *, client_id: UUID, title: str | None = None, id: UUID | None = None,
    derived: Mapping[str, Any] | None = None, **given: Any,
) -> Job:  # fmt: skip
    """A job for the client, made as planned."""
    dates = {name: given[name] for name in _DATES if name in given}
    planned = await plan(template, client_id, **dates)
    opening = replace(
        planned.opening(client_id, **given), id=id, title=title or planned.title,
        derived={**planned.derived, **(derived or {})},
    )  # fmt: skip
    (job,) = await Job.open_all([opening])
    return job


async def _published(templates: Mapping[UUID, Template]) -> dict[UUID, _Version]:
    versions = await current().fetch(
        "select distinct on (template_id) id, template_id from template_version"
        " where template_id = any($1) and published_at is not null"
        " order by template_id, number desc", list(templates),
    )  # fmt: skip
    steps = [TemplateStep.from_row(row) for row in await current().fetch(
        "select * from template_step where template_version_id = any($1)"
        " order by template_version_id, number", [row["id"] for row in versions],
    )]  # fmt: skip
    services = await Service.load_all(
        (template.service_id for template in templates.values()), path=("serviceId",)
    )
    return {
        row["template_id"]: _Version(
            row["id"], [step for step in steps if step.template_version_id == row["id"]],
            services[templates[row["template_id"]].service_id].workflow_id,
        )
        for row in versions
    }  # fmt: skip


async def _holders(
    wanted: Sequence[tuple[UUID, date]], today: date
) -> dict[tuple[UUID, date], dict[str, UUID]]:
    """Who holds each role at a client on a day and works here, then and today: of several, whoever
    has it for longest. Each client's few are found by themselves, not among all."""
    rows = await current().fetch(
        "select w.number, h.role, h.member_id"
        " from unnest($1::uuid[], $2::date[]) with ordinality w (client_id, day, number)"
        " cross join lateral ("
        "  select distinct on (r.role) r.role, r.member_id from client_role r"
        "  join member m on m.firm_id = r.firm_id and m.id = r.member_id"
        "  where r.client_id = w.client_id and r.from_date <= w.day"
        "  and (r.until_date is null or r.until_date >= w.day)"
        "  and (m.leave_date is null or m.leave_date >= greatest(w.day, $3))"
        "  order by r.role, r.from_date, r.id) h",
        [client_id for client_id, _ in wanted], [day for _, day in wanted], today,
    )  # fmt: skip
    found: dict[tuple[UUID, date], dict[str, UUID]] = {}
    for row in rows:
        found.setdefault(wanted[row["number"] - 1], {})[row["role"]] = row["member_id"]
    return found


def _must_be_in_order(dates: Dates, period_start: date | None) -> None:
    """Raise ValidationError for what the job's own table refuses: nothing is planned in vain."""
    if period_start and dates.period_end and dates.period_end < period_start:
        raise ValidationError("A period does not end before it starts.", path=("periodEnd",))
    if dates.due is not None and dates.due < dates.start:
        raise ValidationError("Work is not due before it starts.", path=("dueDate",))


def _task(step: TemplateStep, due: date | None, holders: Mapping[str, UUID]) -> dict[str, Any]:
    return {
        "title": step.title, "notes": step.notes, "due_date": due,
        "assignee_id": holders.get(step.role or ""), "estimate_seconds": step.estimate_seconds,
        "dependencies": ways(step.depends_on, step.depends_kinds, step.depends_lags),
    }  # fmt: skip
