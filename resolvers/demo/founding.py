"""The first chapter of each firm: its people, its services and its clients."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from unicodedata import normalize
from uuid import UUID

from resolvers.demo import setting_up, verbs
from resolvers.demo.facts import ClientFacts, Person, Service, StageFacts
from resolvers.demo.story import Story

PASSWORD = "demo-practice-2go"  # noqa: S105  (printed for everyone; never made in production)
"""Of every member of every demo firm."""


def found(story: Story, owner: Person) -> None:
    """The firm, its members with their hours and days off, and its teams."""
    firm, founded = story.firm, story.founded
    story.diary.note(
        founded, None, setting_up.found_firm, name=firm.name, country=firm.country,
        currency=firm.currency, locale=firm.locale, time_zone=firm.time_zone,
        financial_year_start=firm.financial_year_start,
    )  # fmt: skip
    for person in story.people.values():
        _join(story, person, None if person.key == owner.key else owner)
    moment = founded + timedelta(minutes=16)
    for name, id in story.teams.items():
        members = [p.id for p in story.people.values() if p.team == name]
        story.diary.note(moment, owner, setting_up.form_team, id=id, name=name, member_ids=members)
    for person in story.people.values():
        _days_off(story, person, story.people.get(person.reports_to, owner))
        if person.left is not None:
            last = story.days.last_day(person)
            notice = story.last_moment(owner, last - timedelta(days=25))
            story.diary.note(notice, owner, verbs.leave, member_id=person.id, on=last)


def _join(story: Story, person: Person, by: Person | None) -> None:
    moment = story.founded + timedelta(minutes=0 if by is None else 16)
    local_part = re.sub(r"[^a-z]", "", _without_accents(person.first_name.lower()))
    story.diary.note(
        moment, by, setting_up.take_on_member, id=person.id, name=person.name,
        email=f"{local_part}@{story.firm.domain}", role=person.role.value, grade=person.grade,
        reports_to_id=story.people[person.reports_to].id if person.reports_to else None,
        start_date=date(*person.joined), from_date=date(*person.joined),
        weekday_seconds=[minutes * 60 for minutes in person.week],
        chargeable_target=f"0.{person.billable // 50 * 50:03d}",
    )  # fmt: skip


def _days_off(story: Story, person: Person, superior: Person) -> None:
    for absence in person.absences:
        first, last = story.days.absence(first=absence.first, last=absence.last)
        if last <= story.begins:
            continue
        known = first - timedelta(days=21) if absence.kind == "holiday" else first
        moment = story.last_moment(superior, max(known, story.begins + timedelta(days=7)))
        story.diary.note(
            moment, superior, setting_up.take_time_off, member_id=person.id, kind=absence.kind,
            first_date=first, last_date=last,
        )  # fmt: skip


def offer(story: Story, owner: Person, services: Iterable[Service]) -> None:
    """The services, each with its workflow; workflows of one name are one."""
    moment = story.founded + timedelta(minutes=49)
    designed: dict[str, tuple[UUID, tuple[StageFacts, ...]]] = {}
    for number, service in enumerate(services):
        if service.workflow not in designed:
            stages = tuple(
                replace(stage, id=story.id("stage", service.workflow, stage.name, order=place))
                for place, stage in enumerate(service.stages)
            )
            workflow_id = story.id("workflow", service.workflow, order=number)
            designed[service.workflow] = workflow_id, stages
            story.diary.note(moment, owner, setting_up.design_workflow, id=workflow_id,
                             name=service.workflow, stages=[_stage(stage) for stage in stages])  # fmt: skip
        workflow_id, stages = designed[service.workflow]
        id = story.id("service", service.key, order=number)
        story.services[service.key] = replace(
            service, id=id, workflow_id=workflow_id, stages=stages
        )
        story.diary.note(moment, owner, setting_up.offer_service, id=id, name=service.name,
                         workflow_id=workflow_id)  # fmt: skip


def _stage(stage: StageFacts) -> dict[str, Any]:
    return {name: getattr(stage, name) for name in StageFacts.__dataclass_fields__}


def take_on(story: Story, clients: Sequence[ClientFacts], *, ago: Mapping[str, int]) -> None:
    """The clients, each taken on by its partner: on the first day, or so many days ago."""
    known: set[str] = set()
    for number, client in enumerate(clients):
        partner = story.person(client.partner)
        moment = story.founded + timedelta(minutes=75)
        if client.name in ago:
            moment = story.last_moment(partner, story.today - timedelta(days=ago[client.name]))
        client = replace(
            client, id=story.ids.of(moment, "client", client.name, order=number),
            engagement_id=story.ids.of(moment, "engagement", client.name, order=number),
        )  # fmt: skip
        story.clients[client.name] = client
        _take_on(story, client, partner, moment, known)


def settled(story: Story) -> datetime:
    """When everything is set up and work begins."""
    return story.at(story.begins, time(12, 30))


def _take_on(
    story: Story, client: ClientFacts, partner: Person, moment: datetime, known: set[str]
) -> None:
    since = date(2013 + len(client.name) * 7 % 12, 1 + len(client.name) * 5 % 12, 1)
    since = min(since, moment.date())
    engagement = {
        "id": client.engagement_id, "name": _engagement_name(story, client), "start_date": since,
        "service_ids": [story.services[key].id for key in client.services],
    }  # fmt: skip
    contacts, links = _contacts(story, client, known)
    story.diary.note(
        moment, partner, setting_up.take_on_client,
        facts={
            "id": client.id, "name": client.name, "kind": client.kind, "status": client.status,
            "restricted": client.restricted, "tags": list(client.tags), "notes": client.notes,
        },
        roles=_roles(story, client, since), contacts=contacts, links=links,
        engagement=engagement if client.services else None,
    )  # fmt: skip


def _engagement_name(story: Story, client: ClientFacts) -> str:
    names = [story.services[key].name for key in client.services]
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def _roles(story: Story, client: ClientFacts, since: date) -> list[dict[str, Any]]:
    partner = story.person(client.partner)
    parts = [(partner, "partner")]
    for key in client.services.values():
        owner = story.person(key)
        superior = story.people.get(owner.reports_to, partner)
        manager = owner if owner.role in ("owner", "partner", "manager") else superior
        reviewer = manager if manager.key != owner.key else partner
        parts += [(manager, "manager"), (owner, "preparer")]
        if reviewer.key != owner.key:
            parts.append((reviewer, "reviewer"))
    return [
        {"client_id": client.id, "member_id": person.id, "role": role, "from_date": since}
        for person, role in dict.fromkeys(parts)
    ]


def _contacts(
    story: Story, client: ClientFacts, known: set[str]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    contacts, links = [], []
    for contact in client.contacts:
        id = story.id("contact", contact.name)
        if contact.name not in known:
            known.add(contact.name)
            names = re.sub(r"[^a-z ]", "", _without_accents(contact.name.lower())).split()
            contacts.append({
                "id": id, "name": contact.name, "phone": _phone(story, len(known)),
                "email": f"{names[0]}.{names[-1]}@{_domain(client)}.example",
            })  # fmt: skip
        links.append({"client_id": client.id, "contact_id": id, "role": contact.role})
    return contacts, links


def _without_accents(text: str) -> str:
    return normalize("NFKD", text)


def _domain(client: ClientFacts) -> str:
    if client.kind == "individual":
        return "post"
    words = re.sub(r"\b(Ltd|LLP|Pty|Co|Company|The|and)\b|[^A-Za-z ]", "", client.name).split()
    return "".join(words).lower()


def _phone(story: Story, number: int) -> str:
    """From the numbers that are set aside for fiction."""
    if story.firm.country == "AU":
        return f"(02) 5550 {number + 100:04d}"
    return f"020 7946 0{number + 100:03d}"


def open_the_doors(story: Story) -> None:
    """The last line of every story: now its people can sign in."""
    staying = [person.id for person in story.people.values() if person.left is None]
    story.diary.note(story.now, None, setting_up.set_passwords, member_ids=staying,
                     password=PASSWORD)  # fmt: skip
