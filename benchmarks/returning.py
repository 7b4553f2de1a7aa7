"""A firm whose clients each have the same services, which come back by rules of their own days.

Each recurrence owes one period: the last that has ended. What there is of clients, people, teams
and who looks after whom is as in a firm that has been at it for years.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import takewhile
from typing import Any, Self
from uuid import UUID

from benchmarks import firm
from benchmarks.firm import Advance, Rows, fill
from benchmarks.teams import ByTeams
from models.clients import ClientRole, firm_today
from models.events import EventKind
from models.firms import Firm
from models.recurrences import Recurrence
from models.recurrences.rules import Rule
from models.templates import Template
from models.unit_of_work import current, unit_of_work
from models.viewer import Viewer
from models.workflows import Service, default_workflow
from resolvers import operators

_DAY = timedelta(days=1)
_NAME = "nightly"
_AT_ONCE = 400
_CLIENTS_A_MEMBER, _AT_LEAST, _AT_MOST = 50, 11, 200
_LONG_AGO = date(2025, 1, 1)
_BEGUN, _DAYS = 366, 97
"""The last recurrence began so many days ago, the others on each of so many days before."""
_ROLES = ("manager", "preparer", "reviewer")


@dataclass(frozen=True)
class Comeback:
    """A service as it comes back: its rule, and the titles of its steps, each after the one
    before."""

    name: str
    rule: str
    steps: Sequence[str]


SERVICES = (
    Comeback("Bookkeeping", "FREQ=MONTHLY;BYMONTHDAY=-1", ("Gather", "Post", "Reconcile", "Check")),
    Comeback("Payroll", "FREQ=WEEKLY", ("Collect hours", "Run", "Approve and pay")),
    Comeback("VAT return", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1",
             ("Ask for papers", "Post", "Compute", "Review", "File")),
    Comeback("Management report", "FREQ=MONTHLY;BYMONTHDAY=15", ("Draw up", "Review", "Send")),
    Comeback("Annual accounts", "FREQ=YEARLY",
             ("Plan", "Gather", "Draft", "Review", "Sign", "File")),
)  # fmt: skip
"""Which make 21 steps and 16 dependencies for each client."""


async def make(clients: int, advance: Advance, migrate_database_url: str) -> Viewer:
    """Found the firm; comes back as its own machinery."""
    members = min(max(clients // _CLIENTS_A_MEMBER, _AT_LEAST), _AT_MOST)
    size = firm.Size(tasks=10 * clients, jobs=3 * clients, clients=clients, members=members)
    async for rows in firm.filling(size, migrate_database_url, _NAME, shares=ByTeams):
        advance(rows, size.rows)
    speaker = await operators.speaker_for(firm.ASKS.format(_NAME))
    system = Viewer.system(speaker.viewer.firm_id, "benchmark")
    async with unit_of_work(system):
        await (await Firm.mine()).change({"holiday_calendar": "england_and_wales"}, None)
        practice = await _Practice.found()
    for start in range(0, clients, _AT_ONCE):
        part = range(start, min(start + _AT_ONCE, clients))
        async with unit_of_work(system):
            await fill(ClientRole, EventKind.CLIENT_ROLE_ASSIGNED, practice.roles(part))
            await fill(Recurrence, EventKind.RECURRENCE_STARTED, practice.recurrences(part))
    await firm.settle(migrate_database_url)
    return system


@dataclass(frozen=True)
class _Practice:
    """What there is to be referred to."""

    today: date
    clients: Sequence[UUID]
    members: Sequence[UUID]
    teams: Sequence[UUID]
    templates: Sequence[UUID]

    @classmethod
    async def found(cls) -> Self:
        return cls(
            today=await firm_today(),
            clients=await _ids("client"),
            members=await _ids("member"),
            teams=await _ids("team"),
            templates=[await _template(service) for service in SERVICES],
        )

    def roles(self, part: range) -> Rows:
        """Who looks after these clients."""
        return [
            {"client_id": self.clients[number], "role": role, "from_date": _LONG_AGO,
             "member_id": self.members[(number + place) % len(self.members)]}
            for number in part for place, role in enumerate(_ROLES)
        ]  # fmt: skip

    def recurrences(self, part: range) -> Rows:
        return [
            self._recurrence(number, service, template)
            for number in part
            for service, template in zip(SERVICES, self.templates, strict=True)
        ]

    def _recurrence(self, number: int, service: Comeback, template: UUID) -> Mapping[str, Any]:
        """One that began on a day of its client's own, and owes the last period that has ended."""
        first = self.today - (_BEGUN + number % _DAYS) * _DAY
        rule, owed = _owes(service.rule, first, self.today)
        return {
            "client_id": self.clients[number], "template_id": template, "rule": rule,
            "first_date": first, "next_date": owed, "horizon_days": 0, "except_dates": [],
            "due_count": 10, "due_unit": "business_days", "business_day_rule": "after",
            "team_id": self.teams[number % len(self.teams)],
        }  # fmt: skip


async def _ids(table: str) -> list[UUID]:
    return [row["id"] for row in await current().fetch(f"select id from {table} order by id")]


@cache
def _owes(text: str, first: date, today: date) -> tuple[str, date]:
    """The rule as it is kept, and its last date by today."""
    rule = Rule.read(text, first).written_out()
    *_, last = takewhile(lambda day: day <= today, rule.dates(first))
    return str(rule), last


async def _template(service: Comeback) -> UUID:
    workflow = await default_workflow()
    offered = await Service.offer(name=service.name, workflow_id=workflow.id)
    made = await Template.design(
        service_id=offered.id, name=service.name, owner_role="manager",
        step_list=[_step(number, title) for number, title in enumerate(service.steps)],
    )  # fmt: skip
    await made.publish()
    return made.id


def _step(number: int, title: str) -> Mapping[str, Any]:
    return {
        "title": title, "notes": "As the handbook says.", "estimate_seconds": 1800,
        "role": ("preparer", "reviewer")[number % 2], "depends_on": [number] if number else [],
        "due": {"anchor": "start", "count": number + 1, "unit": "business_days"},
    }  # fmt: skip
