"""One of everything, so that each verb of the contract finds something to be done to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from models.client_facts import ClientAddress, ClientKeyDate, ClientTaxId
from models.clients import Client, firm_today
from models.comments import Comment
from models.contacts import Contact
from models.dependencies import Dependency
from models.documents import Document
from models.documents.examination import Verdict
from models.engagements import Engagement
from models.external_ids import ExternalId
from models.files import FILES
from models.invoices.credit_notes import CreditNote
from models.invoices.drafting import draft
from models.invoices.payments import Payment
from models.jobs import Job
from models.members import Capacity, Member, TimeOff
from models.messages import Message
from models.money import Money
from models.permissions import READING
from models.portal_sign_in import MagicLink, PortalSession
from models.rates import Rate
from models.recurrences import Recurrence
from models.requests import ItemKind, Request
from models.reviews import asking
from models.reviews.points import ReviewPoint
from models.sign_in import ApiToken, Session
from models.tasks import Task
from models.templates import Template
from models.time_entries import TimeEntry
from models.timers import Timer
from models.unit_of_work import current, reading, unit_of_work
from models.waiting import start_waiting
from models.workflows import Service, default_workflow
from schema import ids
from subscriptions import cursors
from tests.cast import House, Person
from tests.filing import File

DAY = date(2026, 1, 5)


@dataclass(frozen=True)
class Stock:
    """Ids by their prefix: what is the client's and the person's own stands first."""

    house: House
    ids: Mapping[str, tuple[UUID, ...]]
    beginning: str
    """A cursor from which the firm's whole stream is told."""
    of_the_client: frozenset[UUID]
    """What is seen by those alone who see the client."""

    def written(self, prefix: str, number: int = 0) -> str:
        """The id of that kind; where there are not so many, the last one."""
        known = self.ids[prefix]
        return ids.written(prefix, known[min(number, len(known) - 1)])


async def stock_of(
    house: House, person: Person, client_id: UUID, word: str, *, openly: str = ""
) -> Stock:
    """Let the person have one of everything for that client, named by the word.

    What is not the client's alone, and so is seen by more people, is named by `openly`.
    """
    async with unit_of_work(person):
        client = await Client.load(client_id)
        job = await Job.open(client_id=client_id, title=f"{word} books", owner_id=house.eve.id,
                             team_id=house.ledgers, service_id=house.bookkeeping,
                             due_date=DAY)  # fmt: skip
        other = await Job.open(client_id=client_id, title=f"{word} return", owner_id=person.id)
        await _elsewhere(client, job, word)
        await _facts(client, word)
        await _of_the_client(client, openly or word)
        await _coming_back(client, openly or word)
        await _of_the_job(job, word, house.dan.id)
        await _billed(client, other, word)
        await _of_the_person(openly or word)
    async with unit_of_work(house.ada):  # who may decide any review
        await ReviewPoint.note(await Job.load(job.id), f"{word} point")
    async with reading(house.system):
        beginning = (await cursors.head()).at(0)
        found = await _found(client_id, job.id, person.id)
    known: dict[str, tuple[UUID, ...]] = dict.fromkeys(ids.PREFIXES, ())
    for row in found:
        known[row["prefix"]] += (row["id"],)
    of_the_client = frozenset(row["id"] for row in found if row["client"])
    return Stock(house, known, str(beginning), of_the_client)


async def _elsewhere(client: Client, job: Job, word: str) -> None:
    await ExternalId.give(client, "xero", f"{word} 42")
    await ExternalId.give(job, "xero", f"{word} 42")


async def _facts(client: Client, word: str) -> None:
    await ClientTaxId.set(client, kind="VAT", number=f"{word} 123 456")
    await ClientAddress.set(client, purpose="billing", line1=f"{word} House", country="GB")
    await ClientKeyDate.set(client, name=f"{word} year-end", month=3, day=31)


async def _of_the_client(client: Client, word: str) -> None:
    other = await Client.add(name=f"{word} & Sons")
    await client.relate(other, "owns")
    contact = await Contact.add(name=f"{word} Senior", email=f"{word.lower()}@post.example")
    await contact.link(client, "director")
    await contact.open_portal(client)
    await MagicLink.send(contact)
    await PortalSession.open(contact.id)
    await client.assign(await Member.me(), "manager")
    await Engagement.start(client_id=client.id, name="Accounts", service_ids=[])


async def _coming_back(client: Client, word: str) -> None:
    service = await Service.offer(name=f"{word} books", workflow_id=(await default_workflow()).id)
    template = await Template.design(name=f"{word} steps", service_id=service.id, step_list=[
        {"title": f"{word} posting", "role": "preparer"},
    ])  # fmt: skip
    await template.publish()
    in_a_year = await firm_today() + timedelta(days=366)  # no server at work has to make anything
    await Recurrence.start(client_id=client.id, template_id=template.id, rule="FREQ=MONTHLY",
                           first_date=in_a_year)  # fmt: skip


async def _of_the_job(job: Job, word: str, reviewer_id: UUID) -> None:
    post = await Task.add(
        title=f"{word} posting", job_id=job.id, assignee_id=current().viewer.member_id,
        due_date=DAY,
    )  # fmt: skip
    gather = await Task.add(title=f"{word} gathering", job_id=job.id)
    await Dependency.add(post, gather)
    await Comment.on_job(job, f"{word} called")
    await TimeEntry.log(seconds=60, task_id=post.id, note=f"{word} by hand")
    await Timer.start(job_id=job.id, note=f"{word} by the clock")
    await asking.request(job, reviewer_id)
    await Request.make(job_id=job.id, title=f"{word} request",
                       items=[{"kind": ItemKind.FILE, "text": f"{word} deeds"}])  # fmt: skip
    await Message.send(client_id=job.client_id, job_id=job.id, body=f"{word} news")
    document = await Document.announce(
        client_id=job.client_id, job_id=job.id, shared=True, **File(name=word).said
    )
    await document.settle(Verdict(key=f"{FILES}/{document.id}"))
    await start_waiting(await Job.load(job.id), whom="client", what=f"{word} papers")


async def _billed(client: Client, job: Job, word: str) -> None:
    """A draft, and an invoice that was issued, paid and credited in part."""
    await Rate.set(client_id=client.id, from_date=date(2020, 1, 1), hourly=Decimal(90),
                   currency=client.currency)  # fmt: skip
    fee: Any = {"description": f"{word} fee", "price": Money(10_000, client.currency)}
    await TimeEntry.log(seconds=60, job_id=job.id, note=f"{word} billed")
    await draft(job_id=job.id)
    invoice = await draft(client_id=client.id)
    await invoice.add_line(**fee)
    await invoice.issue()
    await Payment.receive(invoice, Money(100, client.currency))
    await CreditNote.write(invoice, f"{word} reason", Money(100, client.currency))


async def _of_the_person(word: str) -> None:
    me = await Member.me()
    await Capacity.set(me, from_date=DAY, weekday_seconds=[3600] * 7)
    await TimeOff.note(me, kind="holiday", first_date=DAY, last_date=DAY)
    await Session.open(me.id)
    await ApiToken.issue(member_id=me.id, name=f"{word} export", scopes=tuple(READING))


async def _found(client_id: UUID, job_id: UUID, member_id: UUID) -> list[Mapping[str, Any]]:
    """Every row: what it is, its id, and whether it is the client's."""
    named = {"client_id": "$1", "job_id": "$2", "member_id": "$3"}
    parts = []
    for prefix, model in ids.PREFIXES.items():
        columns = {name: name for name in model.columns()} | {f"{model.table()}_id": "id"}
        wishes = ", ".join(
            f"(t.{columns[name]} = {place}) is true"
            if name in columns
            else f"{place}::uuid is null"
            for name, place in named.items()
        )
        parts.append(f"select '{prefix}', t.id, {wishes} from {model.table()} t")
    return list(await current().fetch(
        f"select * from ({' union all '.join(parts)}) every (prefix, id, client, job, member)"
        " order by client desc, job desc, member desc, id",
        client_id, job_id, member_id,
    ))  # fmt: skip
