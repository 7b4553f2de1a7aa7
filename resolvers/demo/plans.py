"""What a demo firm is made of: people, services, clients, and where today's work stands."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from models.workflows import WorkCategory

Who = Literal["preparer", "lead"]
LEAD: Who = "lead"
ClientStatus = Literal["prospect", "onboarding", "active", "former"]


@dataclass(frozen=True)
class DaysOff:
    """Counted from today: since when, until when."""

    first: int
    last: int
    kind: Literal["holiday", "sickness", "training"] = "holiday"


@dataclass(frozen=True)
class PersonPlan:
    name: str
    role: str
    grade: str
    team: str
    chargeable: float = 0.72
    """Which part of their hours is for clients, on an ordinary day."""
    hours: tuple[float, ...] = (7.5, 7.5, 7.5, 7.5, 7.5, 0, 0)
    left_days_ago: int | None = None
    joined: int = 24
    """How many months ago they were taken on."""
    days_off: tuple[DaysOff, ...] = ()


@dataclass(frozen=True)
class StepPlan:
    """A step, which waits for the one before."""

    title: str
    minutes: int
    by: Who = "preparer"
    notes: str = ""


@dataclass(frozen=True)
class ServicePlan:
    name: str
    team: str
    doers: tuple[str, ...]
    """Who prepares it, client by client."""
    every_months: int
    promised: tuple[int, int]
    """How many days after its period it is promised: between these, the same for each client."""
    lead_days: int
    """How long before it is due a job is opened; at the end of its period at the earliest."""
    steps: tuple[StepPlan, ...]
    asks_for: str
    """What clients are asked for."""
    before_period_ends: int = 0
    """By how many days a job may be opened before its period has ended."""
    reviewed: bool = False
    signed_off: bool = False
    """Nothing is filed before the reviewer has signed it off."""


@dataclass(frozen=True)
class ClientPlan:
    name: str
    kind: str
    services: tuple[str, ...]
    contact: str
    role: str = "Director"
    year_ends: tuple[int, int] = (12, 31)
    tags: tuple[str, ...] = ()
    notes: str = ""
    restricted: bool = False
    status: ClientStatus = "active"


Said = tuple[int, str, str]
"""How many days ago, who (a name, or `preparer` or `lead`), what."""


@dataclass(frozen=True)
class Held:
    """A job of which the plan says where it stands, and why."""

    client: str
    service: str
    state: Literal["overdue", "waiting", "review", "ready", "planned"]
    days: int
    """For how many days it is late, waits or is in review; what is to come is due in so many."""
    done: int = 0
    """How many steps are done."""
    what: str = ""
    """What is waited for, of the client; of somebody else, when it is overdue."""
    said: tuple[Said, ...] = ()
    owner: str = ""
    """Whose it is, where that is not who usually prepares it."""
    reminded: bool = False

    @property
    def to_come(self) -> bool:
        """Nothing holds it up: it is next."""
        return self.state in ("ready", "planned")


@dataclass(frozen=True)
class LooseTask:
    """A task that belongs to no job."""

    title: str
    assignee: str
    due_in: int
    notes: str = ""
    client: str = ""
    status: WorkCategory = WorkCategory.READY


@dataclass(frozen=True)
class MoneyPlan:
    """What an hour costs, who is billed month by month, and the invoices that people talk of."""

    tax_rate: int
    tax_id: tuple[str, str]
    """What its tax number is called, and one that nobody has."""
    hourly: dict[str, int]
    """What an hour costs, by role."""
    own_rates: dict[str, int]
    """What it costs of some members, and for some clients."""
    billed: tuple[str, ...]
    """The clients whose monthly work is billed when it is done."""
    unpaid: str
    """Whose invoice has been unpaid for three months."""
    written_down: tuple[str, str]
    """Whose invoice was written down, and why."""
    fixed_fee: tuple[str, int, str]
    """Who has agreed on a fee for each month, which covers its time no more; how that is said."""
    credited: tuple[str, str]
    """Who was credited a part, and why."""


@dataclass(frozen=True)
class PortalPlan:
    """Whose contact may look into the portal, and what they are asked there: each with the
    answer."""

    client: str
    before: tuple[str, str]
    """About a job that is done."""
    now: tuple[str, str]
    """About the one that waits for them."""
    talk: tuple[str, ...]
    """What is said about it, by the firm and by them in turn; the last has not been read."""
    papers: tuple[tuple[int, str, str], ...]
    """What the firm has shared with them: so many days ago, the paper's name, its heading."""


@dataclass(frozen=True, eq=False)
class FirmPlan:
    name: str
    country: str
    currency: str
    locale: str
    time_zone: str
    domain: str
    phone: str
    """Where its clients' numbers begin: none that anybody has."""
    people: tuple[PersonPlan, ...]
    leads: dict[str, str]
    """Who leads each team, and checks what it prepares."""
    reviewers: dict[str, str]
    """Who reviews each team's work."""
    services: tuple[ServicePlan, ...]
    clients: tuple[ClientPlan, ...]
    related: tuple[tuple[str, str, str], ...]
    held: tuple[Held, ...]
    loose: tuple[LooseTask, ...]
    advice: tuple[str, ...]
    """What time for clients outside of any job is for."""
    inside: tuple[tuple[str, str], ...]
    """What time for nobody is for: the activity, and what of it."""
    passing: tuple[str, ...]
    """What is said about a job in passing."""
    money: MoneyPlan
    templates: tuple[str, ...]
    """The services whose steps are a published template."""
    returning: tuple[str, str]
    """For which client the first of them comes back, and by which rule."""
    portal: PortalPlan

    @property
    def size(self) -> int:
        return len(self.clients)

    def turn(self, service: ServicePlan, client: ClientPlan) -> int:
        """The client's place among those that have the service: by it work is dealt out."""
        served = [one.name for one in self.clients if service.name in one.services]
        return served.index(client.name)

    def billed_service(self, client: ClientPlan) -> ServicePlan:
        """The monthly work that a billed client gets invoices for."""
        return next(service for service in self.services
                    if service.every_months == 1 and service.name in client.services)  # fmt: skip

    def preparer(self, service: ServicePlan, client: ClientPlan) -> str:
        return service.doers[self.turn(service, client) % len(service.doers)]

    @cached_property
    def contacts(self) -> frozenset[str]:
        """Who stands behind its clients."""
        return frozenset(client.contact for client in self.clients)

    @property
    def stand_ins(self) -> list[str]:
        """Who acts for somebody who is away: partners first, since they may do anything."""
        return [person.name for role in ("owner", "partner", "manager", "staff")
                for person in self.people if person.role == role]  # fmt: skip

    def person(self, name: str) -> PersonPlan:
        return next(person for person in self.people if person.name == name)

    def client(self, name: str) -> ClientPlan:
        return next(client for client in self.clients if client.name == name)
