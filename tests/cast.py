"""The named cast of two firms. Everything is made through the practice's own verbs.

Harbour keeps books in London, Alpine in Zürich. Both have an Ada, a bakery and a job called
“Books”: a test that forgets which firm it is in meets the wrong ones. Firms are always new, but
for a neighbour in which nothing stirred.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from uuid_utils.compat import uuid7

from models.clients import Client, ClientRole
from models.engagements import Engagement
from models.events import EventKind
from models.firms import Firm
from models.jobs import Job
from models.members import Member
from models.permissions import Role
from models.tasks import Task
from models.teams import Team, TeamMembership
from models.unit_of_work import current, unit_of_work
from models.viewer import Viewer
from models.workflows import STANDARD_STAGES, Service, Workflow

SIGNED_STAGES: tuple[dict[str, Any], ...] = (
    {"name": "Planned", "category": "planned"},
    {"name": "Preparing", "category": "in_progress"},
    {"name": "Partner review", "category": "in_review"},
    {"name": "Filed", "category": "done", "requires_steps_done": True, "requires_sign_off": True},
    {"name": "Dropped", "category": "cancelled"},
)
"""A workflow that ends only after a reviewer's sign-off."""


class Person(Viewer):
    """A member of the cast, who asks."""

    @property
    def id(self) -> UUID:
        """Their member's id."""
        assert self.member_id is not None
        return self.member_id


@dataclass
class House:
    """One firm: its people as viewers, everything else by id."""

    id: UUID
    ada: Person
    """The owner."""
    ben: Person
    """A partner; with Eve the only one, beside the owner, who knows of the vault."""
    cleo: Person
    """A manager."""
    dan: Person
    """Staff; prepares the books."""
    eve: Person
    """Staff; reviews."""
    finn: Person
    """A contractor, assigned to the bakery alone."""

    office: UUID
    ledgers: UUID
    """A team: Cleo and Dan."""
    taxes: UUID
    """A team: Ben and Eve."""

    standard: UUID
    """A workflow with every category of stage."""
    signed: UUID
    """A workflow whose end asks for a sign-off."""
    bookkeeping: UUID
    """A service on the standard workflow."""
    accounts: UUID
    """A service on the signed workflow."""

    bakery: UUID
    """A client: Dan prepares, Eve reviews, Finn helps out."""
    mill: UUID
    """A client with nobody assigned."""
    vault: UUID
    """A restricted client: Ben's and Eve's."""
    engagement: UUID
    """What the bakery agreed to: bookkeeping."""

    books: UUID
    """The bakery's job, Dan's: gather → post → reconcile, each waiting for the one before."""
    gather: UUID
    post: UUID
    reconcile: UUID
    year_end: UUID
    """The mill's job on the signed workflow, Dan's, with one step."""
    draft: UUID
    secret: UUID
    """The vault's job, Ben's, with one step."""
    seal: UUID
    ring: UUID
    """A task for the bakery without a job."""
    tidy: UUID
    """A task for no client at all."""

    neighbour: "House" = field(init=False, repr=False)
    """The other firm, where nothing may stir."""

    @property
    def system(self) -> Viewer:
        """The firm's own machinery."""
        return Viewer.system(self.id, "test")

    @property
    def people(self) -> tuple[Person, ...]:
        return (self.ada, self.ben, self.cleo, self.dan, self.eve, self.finn)


@dataclass(frozen=True)
class Cast:
    """Two firms that know nothing of each other."""

    harbour: House
    alpine: House


async def one_firm() -> House:
    """A Harbour that never existed before, for where no other firm is looked at."""
    return await _house(
        domain="harbour.example", name="Harbour Accountants", country="GB", currency="GBP",
        locale="en-GB", time_zone="Europe/London",
    )  # fmt: skip


async def two_firms(alpine: House | None = None) -> Cast:
    """A Harbour that never existed before, and an Alpine: this one, or as new."""
    harbour, alpine = await one_firm(), alpine or await _alpine()
    harbour.neighbour, alpine.neighbour = alpine, harbour
    return Cast(harbour, alpine)


async def _alpine() -> House:
    return await _house(
        domain="alpine.example", name="Alpine Treuhand", country="CH", currency="CHF",
        locale="de-CH", time_zone="Europe/Zurich",
    )  # fmt: skip


async def _house(*, domain: str, **founding: str) -> House:
    id = uuid7()
    async with unit_of_work(Viewer.system(id, "test")):
        await Firm.found(**founding)
        people, office = await _people(domain)
        teams = await _teams(people)
        work = await _workflows()
        clients = await _clients(people)
        jobs = await _jobs(people, teams, work, clients)
    facts: dict[str, Any] = {**people, **teams, **work, **clients, **jobs}
    return House(id=id, office=office, **facts)


_ROLES = {
    "ada": Role.OWNER,
    "ben": Role.PARTNER,
    "cleo": Role.MANAGER,
    "dan": Role.STAFF,
    "eve": Role.STAFF,
    "finn": Role.CONTRACTOR,
}


async def _people(domain: str) -> tuple[dict[str, Person], UUID]:
    firm_id, people = current().viewer.firm_id, {}
    owner = await Member.join(email=f"ada@{domain}", name="Ada Ash", role=Role.OWNER)
    rows = [
        {
            "email": f"{name}@{domain}",
            "name": name.title(),
            "role": role,
            "office_id": owner.office_id,
            "colour": "#2f6fde",
        }
        for name, role in _ROLES.items()
        if name != "ada"
    ]
    joined = [owner, *await Member.record_all(EventKind.MEMBER_JOINED, rows)]
    for (name, role), member in zip(_ROLES.items(), joined, strict=True):
        people[name] = Person(firm_id=firm_id, member_id=member.id, role=role)
    return people, owner.office_id


async def _teams(people: dict[str, Person]) -> dict[str, UUID]:
    ledgers, taxes = await Team.form(name="Ledgers"), await Team.form(name="Taxes")
    await TeamMembership.record_all(
        EventKind.TEAM_MEMBER_ADDED,
        [
            {"team_id": team.id, "member_id": people[name].id}
            for team, names in ((ledgers, ("cleo", "dan")), (taxes, ("ben", "eve")))
            for name in names
        ],
    )
    return {"ledgers": ledgers.id, "taxes": taxes.id}


async def _workflows() -> dict[str, UUID]:
    standard = await Workflow.design(name="Standard", stages=STANDARD_STAGES)
    signed = await Workflow.design(name="Signed", stages=SIGNED_STAGES)
    bookkeeping = await Service.offer(name="Bookkeeping", workflow_id=standard.id)
    accounts = await Service.offer(name="Accounts", workflow_id=signed.id)
    return {
        "standard": standard.id,
        "signed": signed.id,
        "bookkeeping": bookkeeping.id,
        "accounts": accounts.id,
    }


async def _clients(people: dict[str, Person]) -> dict[str, UUID]:
    bakery = await Client.add(name="The Bakery")
    mill = await Client.add(name="The Mill")
    vault = await Client.add(name="The Vault", restricted=True)
    await ClientRole.record_all(
        EventKind.CLIENT_ROLE_ASSIGNED,
        [
            {
                "client_id": client.id,
                "member_id": people[name].id,
                "role": role,
                "from_date": date(2024, 1, 1),
            }
            for client, name, role in (
                (bakery, "ben", "partner"),
                (bakery, "dan", "preparer"),
                (bakery, "eve", "reviewer"),
                (bakery, "finn", "preparer"),
                (vault, "ben", "partner"),
                (vault, "eve", "reviewer"),
            )
        ],
    )
    return {"bakery": bakery.id, "mill": mill.id, "vault": vault.id}


async def _jobs(
    people: dict[str, Person],
    teams: dict[str, UUID],
    work: dict[str, UUID],
    clients: dict[str, UUID],
) -> dict[str, UUID]:
    dan, eve, ben = people["dan"].id, people["eve"].id, people["ben"].id
    engagement = await Engagement.start(
        client_id=clients["bakery"],
        name="Bookkeeping",
        start_date=date(2024, 1, 1),
        service_ids=[work["bookkeeping"]],
    )
    books = await Job.open(
        client_id=clients["bakery"],
        title="Books",
        service_id=work["bookkeeping"],
        engagement_id=engagement.id,
        owner_id=dan,
        team_id=teams["ledgers"],
        step_list=[
            {"title": "Gather", "assignee_id": dan},
            {"title": "Post", "assignee_id": dan, "depends_on": [1]},
            {"title": "Reconcile", "assignee_id": eve, "depends_on": [2]},
        ],
    )
    year_end = await Job.open(
        client_id=clients["mill"],
        title="Year end",
        service_id=work["accounts"],
        owner_id=dan,
        step_list=[{"title": "Draft", "assignee_id": dan}],
    )
    secret = await Job.open(
        client_id=clients["vault"], title="Secret", owner_id=ben, step_list=[{"title": "Seal"}]
    )
    ring = await Task.add(title="Ring", client_id=clients["bakery"], assignee_id=dan)
    tidy = await Task.add(title="Tidy")
    rows = await current().fetch("select id, title from task where job_id is not null")
    steps = {row["title"]: row["id"] for row in rows}
    return {
        "engagement": engagement.id,
        "books": books.id,
        "gather": steps["Gather"],
        "post": steps["Post"],
        "reconcile": steps["Reconcile"],
        "year_end": year_end.id,
        "draft": steps["Draft"],
        "secret": secret.id,
        "seal": steps["Seal"],
        "ring": ring.id,
        "tidy": tidy.id,
    }
