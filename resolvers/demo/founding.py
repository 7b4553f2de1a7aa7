"""How a demo firm came about: its people and services, then its clients, one after the other."""

from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING
from unicodedata import normalize

from models.clients import Client
from models.contacts import Contact
from models.engagements import Engagement
from models.firms import Firm, LegalEntity
from models.members import COLOURS, Capacity, Member, TimeOff
from models.teams import Team
from models.workflows import STANDARD_STAGES, Service, Workflow
from resolvers.demo.courses import FORMER_SINCE
from resolvers.demo.plans import ClientPlan, FirmPlan, PersonPlan, ServicePlan

if TYPE_CHECKING:
    from resolvers.demo.stage import Stage

_NOTICE = timedelta(days=30)
_TAKEN_ON_EVERY = 1
_NEW = {"prospect": 9, "onboarding": 16}
"""So many days ago those were taken on whose work has not begun."""


def address_of(plan: FirmPlan, person: PersonPlan) -> str:
    """Where a demo person gets mail: their first name at the firm's domain."""
    return f"{_plain(person.name.split()[0])}@{plan.domain}"


def _plain(text: str) -> str:
    """A name as it stands in an address: lower case, no accents, no spaces."""
    bare = normalize("NFD", text).encode("ascii", "ignore").decode().lower()
    return "".join(letter for letter in bare if letter.isalnum())


async def found(stage: "Stage") -> None:
    """The firm with its people, teams and services; called in a unit of work of its first day."""
    plan = stage.plan
    await Firm.found(name=plan.name, country=plan.country, currency=plan.currency,
                     locale=plan.locale, time_zone=plan.time_zone,
                     tax_rate=Decimal(plan.money.tax_rate))  # fmt: skip
    name, number = plan.money.tax_id
    entity = await LegalEntity.get()
    await entity.change({"tax_ids": [{"name": name, "number": number}]}, None)
    workflow = await Workflow.design(name="Standard", stages=list(STANDARD_STAGES))
    for person in plan.people:
        await _join(stage, person)
    for service in plan.services:
        own = await _signed_off(service) if service.signed_off else workflow
        stage.services[service.name] = await Service.offer(name=service.name, workflow_id=own.id)


async def _signed_off(service: ServicePlan) -> Workflow:
    """The standard stages, and one for filing that nothing enters without a sign-off."""
    filing = {"name": "Filing", "category": "in_progress", "client_facing_name": "In progress",
              "requires_sign_off": True}  # fmt: skip
    end = next(i for i, stage in enumerate(STANDARD_STAGES) if stage["category"] == "done")
    return await Workflow.design(
        name=service.name, stages=[*STANDARD_STAGES[:end], filing, *STANDARD_STAGES[end:]]
    )


async def _join(stage: "Stage", person: PersonPlan) -> None:
    member = await Member.join(email=address_of(stage.plan, person), name=person.name,
                               role=person.role, grade=person.grade,
                               colour=COLOURS[len(stage.members) % len(COLOURS)],
                               start_date=stage.joined_on(person))  # fmt: skip
    stage.members[person.name] = member
    seconds = [int(hours * 3600) for hours in person.hours]
    await Capacity.set(member, from_date=stage.joined_on(person), weekday_seconds=seconds)
    if person.team not in stage.teams:
        stage.teams[person.team] = await Team.form(name=person.team)
    await stage.teams[person.team].add(member)


def come_and_go(stage: "Stage") -> None:
    """Who has taken leave, and who has given notice."""
    for person in stage.plan.people:
        for first, last, kind in stage.days_off_of(person):
            noted = first if kind == "sickness" else first - _NOTICE
            take = partial(_take_days_off, stage, person.name, first, last, kind)
            stage.will(stage.workday_by(noted), 9, person.name, take)
        left = stage.left_on(person.name)
        if left is not None:
            noted = stage.workday_by(left - _NOTICE)
            stage.will(noted, 16, stage.owner, partial(_leave, stage, person.name, left))


async def _take_days_off(stage: "Stage", name: str, first: date, last: date, kind: str) -> None:
    await TimeOff.note(stage.members[name], kind=kind, first_date=first, last_date=last)


async def _leave(stage: "Stage", name: str, last_day: date) -> None:
    await stage.members[name].leave(last_day)


def take_on_clients(stage: "Stage") -> None:
    """Every day one more; their relations when all are there. The newest came lately."""
    last = stage.first_day
    for number, client in enumerate(stage.plan.clients):
        day = stage.workday_from(stage.first_day + timedelta(days=1 + number * _TAKEN_ON_EVERY))
        last = max(last, day)
        day = stage.days_ago(_NEW[client.status]) if client.status in _NEW else day
        stage.will(day, 10, stage.owner, partial(_take_on, stage, client, number, day))
        if client.status == "former":
            stage.will(stage.days_ago(FORMER_SINCE), 11, stage.owner, partial(_part, stage, client))
    stage.will(last, 15, stage.owner, partial(_relate, stage))


async def _take_on(stage: "Stage", plan: ClientPlan, number: int, day: date) -> None:
    client = await Client.add(name=plan.name, kind=plan.kind, tags=list(plan.tags),
                              notes=plan.notes, restricted=plan.restricted,
                              status="active" if plan.status == "former" else plan.status
                              )  # fmt: skip
    stage.clients[plan.name] = client
    for role, name in _looked_after_by(stage, plan, number, day):
        await client.assign(stage.members[name], role, from_date=day)
    await (await _contact(stage, plan, number)).link(client, plan.role)
    if plan.status == "prospect":
        return
    stage.engagements[plan.name] = await Engagement.start(
        client_id=client.id,
        name=", ".join(plan.services),
        start_date=day,
        service_ids=[stage.services[name].id for name in plan.services],
    )


async def _part(stage: "Stage", plan: ClientPlan) -> None:
    client = await Client.load(stage.clients[plan.name].id)
    await client.change({"status": "former"}, None)


def _looked_after_by(
    stage: "Stage", plan: ClientPlan, number: int, day: date
) -> list[tuple[str, str]]:
    """Roles and names: whoever prepares, leads and reviews one of the client's services. Where
    the preparer has left by that day, the lead prepares."""
    services = [one for one in stage.plan.services if one.name in plan.services]
    partners = [one.name for one in stage.plan.people if one.role in ("owner", "partner")]
    parts = [("partner", partners[number % len(partners)])]
    for service in services:
        preparer = stage.plan.preparer(service, plan)
        gone = stage.left_on(preparer)
        parts += [
            ("manager", stage.lead(service)),
            ("preparer", preparer if gone is None or day <= gone else stage.lead(service)),
            ("reviewer", stage.reviewer(service)),
        ]
    parts += [("preparer", held.owner) for held in stage.plan.held
              if held.client == plan.name and held.owner]  # fmt: skip
    return list(dict.fromkeys(parts))


async def _contact(stage: "Stage", plan: ClientPlan, number: int) -> Contact:
    """The person behind the client: once in the firm, whatever clients they stand behind."""
    if plan.contact not in stage.contacts:
        mailbox = ".".join(_plain(part) for part in plan.contact.split())
        host = _plain(plan.name) if plan.kind == "organisation" else "post"
        stage.contacts[plan.contact] = await Contact.add(
            name=plan.contact,
            email=f"{mailbox}@{host}.example",
            phone=f"{stage.plan.phone}{100 + number * 13}",
        )
    return stage.contacts[plan.contact]


async def _relate(stage: "Stage") -> None:
    for one, kind, other in stage.plan.related:
        await stage.clients[one].relate(stage.clients[other], kind)
