"""What a demo firm is made of, before any of it happens: plain facts, no verbs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from models.permissions import Role

NOBODY = UUID(int=0)
FULL_TIME = (450, 450, 450, 450, 450, 0, 0)


@dataclass(frozen=True, slots=True)
class FirmFacts:
    """A firm as its letterhead tells it."""

    name: str
    country: str
    currency: str
    locale: str
    time_zone: str
    domain: str
    financial_year_start: str
    public_holidays: Callable[[int], frozenset[date]]
    smallest_seconds: int
    """The unit its people write their time in."""


@dataclass(frozen=True, slots=True)
class Absence:
    """Days off, counted from today: (-30, -26) lies a month back."""

    first: int
    last: int
    kind: str = "holiday"


@dataclass(frozen=True, slots=True)
class Person:
    """A member: what they are, when they work, and how much of it clients pay for."""

    key: str
    name: str
    role: Role
    grade: str
    team: str
    billable: int
    """Their usual share of billable time, in thousandths."""
    reports_to: str = ""
    joined: tuple[int, int, int] = (2019, 9, 2)
    week: tuple[int, ...] = FULL_TIME
    """Minutes of each weekday, Monday first."""
    absences: tuple[Absence, ...] = ()
    left: int | None = None
    """Their last day, counted from today."""
    id: UUID = NOBODY

    @property
    def first_name(self) -> str:
        return self.name.split()[0]


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """Somebody at a client, by the role they have there."""

    name: str
    role: str = "director"


@dataclass(frozen=True, slots=True)
class ClientFacts:
    """A client and which of the firm's people does what for it."""

    name: str
    kind: str = "organisation"
    tags: tuple[str, ...] = ()
    contacts: tuple[ContactFacts, ...] = ()
    services: Mapping[str, str] = field(default_factory=dict)
    """The key of each service it buys, and of who prepares it."""
    year_end: int = 3
    size: int = 2
    notes: str = ""
    status: str = "active"
    restricted: bool = False
    partner: str = ""
    id: UUID = NOBODY
    engagement_id: UUID = NOBODY


@dataclass(frozen=True, slots=True)
class StepFacts:
    """One step of a service: who does it, how long it takes, and what they note down."""

    title: str
    minutes: int
    notes: tuple[str, ...]
    after: tuple[int, ...] = ()
    by: str = "owner"
    activity: str | None = None
    id: UUID = NOBODY


@dataclass(frozen=True, slots=True)
class StageFacts:
    """One stage of a workflow."""

    name: str
    category: str
    client_facing_name: str
    requires_steps_done: bool = False
    requires_sign_off: bool = False
    id: UUID = NOBODY


@dataclass(frozen=True, slots=True)
class Service:
    """What the firm sells: its steps, its stages, and what tends to come up."""

    key: str
    name: str
    workflow: str
    stages: tuple[StageFacts, ...]
    steps: tuple[StepFacts, ...]
    signed_off_after: int | None = None
    """The review comes after this many steps."""
    waits: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    elastic: bool = False
    """Advice: whatever time is left over goes into it."""
    scaled: bool = True
    """Whether a bigger client means more work."""
    id: UUID = NOBODY
    workflow_id: UUID = NOBODY

    def stage(self, category: str) -> StageFacts:
        """Its first stage of a category."""
        return next(stage for stage in self.stages if stage.category == category)

    @property
    def after_review(self) -> StageFacts:
        """Where its jobs go on once they are signed off."""
        asking = (stage for stage in self.stages if stage.requires_sign_off)
        return next(asking, self.stage("in_progress"))
