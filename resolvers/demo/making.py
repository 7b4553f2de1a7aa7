"""Making one demo firm: set it up, live its past months, leave its board as it stands today."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from random import Random
from unicodedata import normalize
from uuid import UUID
from zoneinfo import ZoneInfo

from models import clock
from models.clients import Client
from models.contacts import Contact
from models.engagements import Engagement
from models.members import Capacity, Member, TimeOff
from models.permissions import Role
from models.sign_in import Credential, hashed
from models.teams import Team
from models.unit_of_work import reading, unit_of_work
from models.viewer import Viewer
from models.workflows import STANDARD_STAGES, Service, Workflow
from resolvers.demo import history, present
from resolvers.demo.plans import FAMILY, FirmPlan, PersonPlan

PASSWORD = "demo-practice-2go"  # noqa: S105  (printed for everyone; development only)
MONTHS = 5


@dataclass
class Stage:
    """The firm while it is being made: who is who, and what day it is."""

    firm_id: UUID
    plan: FirmPlan
    now: datetime
    chance: Random
    members: dict[str, Member] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    services: dict[str, Service] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)

    def viewer(self, member: Member) -> Viewer:
        return Viewer(self.firm_id, member.id, Role(member.role))

    def at(self, days_ago: float, hour: int = 9, minute: int = 0) -> datetime:
        """A moment on a past day where the firm is; never after now."""
        zone = ZoneInfo(self.plan.time_zone)
        day = (self.now.astimezone(zone) - timedelta(days=days_ago)).date()
        moment = datetime.combine(day, time(hour, minute), zone).astimezone(UTC)
        return min(moment, self.now)

    @property
    def owner(self) -> Member:
        return next(iter(self.members.values()))

    def working(self, team: str | None = None) -> list[Member]:
        """Who can be given work today: of a team, or at all."""
        plans = {person.name: person for person in self.plan.people}
        return [m for name, m in self.members.items() if m.role in ("staff", "manager")
                and plans[name].left_days_ago is None and not plans[name].on_leave
                and team in (None, plans[name].team)]  # fmt: skip


async def make_firm(firm_id: UUID, plan: FirmPlan, advance: Callable[[int], None]) -> None:
    """Make the firm; its logins come last, so that one that was cut off is not taken for whole."""
    async with reading(Viewer.system(firm_id, "demo")):
        now = await clock.now()
    stage = Stage(firm_id, plan, now, Random(plan.name))  # noqa: S311  (a story, no secret)
    await _found(stage)
    await _take_on_clients(stage)
    await history.live_through(stage, advance)
    await present.leave_as_today(stage)
    await _let_in(stage)


def address_of(plan: FirmPlan, person: PersonPlan) -> str:
    """Where a demo person gets mail: their first name, without accents, at the firm's domain."""
    first = normalize("NFD", person.name.split()[0]).encode("ascii", "ignore").decode().lower()
    return f"{first}@{plan.domain}"


async def _found(stage: Stage) -> None:
    from models.firms import Firm

    plan = stage.plan
    async with unit_of_work(Viewer.system(stage.firm_id, "demo"), at=stage.at(400)):
        await Firm.found(name=plan.name, country=plan.country, currency=plan.currency,
                         locale=plan.locale, time_zone=plan.time_zone)  # fmt: skip
        workflow = await Workflow.design(name="Standard", stages=list(STANDARD_STAGES))
        for person in plan.people:
            await _join(stage, person)
        for service in plan.services:
            stage.services[service.name] = await Service.offer(
                name=service.name, workflow_id=workflow.id
            )


async def _join(stage: Stage, person: PersonPlan) -> None:
    member = await Member.join(email=address_of(stage.plan, person), name=person.name,
                               role=person.role, grade=person.grade)  # fmt: skip
    stage.members[person.name] = member
    seconds = [int(hours * 3600) for hours in person.hours]
    await Capacity.set(member, from_date=stage.at(400).date(), weekday_seconds=seconds)
    if person.team not in stage.teams:
        stage.teams[person.team] = await Team.form(name=person.team)
    await stage.teams[person.team].add(member)
    today = stage.now.date()
    if person.on_leave:
        await TimeOff.note(member, kind="holiday", first_date=today - timedelta(days=3),
                           last_date=today + timedelta(days=8))  # fmt: skip
    if person.left_days_ago is not None:
        await member.leave(today - timedelta(days=person.left_days_ago))


async def _take_on_clients(stage: Stage) -> None:
    managers = [m for m in stage.members.values() if m.role in ("partner", "manager")]
    partners = [m for m in stage.members.values() if m.role in ("owner", "partner")]
    async with unit_of_work(stage.viewer(stage.owner), at=stage.at(300)):
        for number, (name, kind, services) in enumerate(stage.plan.clients):
            tags = ["monthly"] if any("onth" in service for service in services) else []
            client = await Client.add(name=name, kind=kind, tags=tags)
            stage.clients[name] = client
            await client.assign(partners[number % len(partners)], "partner")
            await client.assign(managers[number % len(managers)], "manager")
            await client.assign(managers[(number + 1) % len(managers)], "reviewer")
            contact = await Contact.add(name=name if kind == "individual" else f"Office of {name}")
            await contact.link(client, "main contact")
            await Engagement.start(
                client_id=client.id,
                name=", ".join(services),
                service_ids=[stage.services[s].id for s in services],
            )
        if FAMILY[0] in stage.clients:
            robert, caroline, estates, trust = (stage.clients[name] for name in FAMILY)
            await robert.relate(caroline, "spouse")
            await robert.relate(estates, "owns")
            await caroline.relate(trust, "trustee")


async def _let_in(stage: Stage) -> None:
    password_hash = await hashed(PASSWORD)
    async with unit_of_work(Viewer.system(stage.firm_id, "demo")):
        for member in stage.members.values():
            await Credential.set(member, password_hash)
