"""Typed, readable ids: a prefix that names the kind, then a UUIDv7 in 32 hexadecimal digits."""

import re
from uuid import UUID

from models.base import FirmModel
from models.clients import Client, ClientRelation, ClientRole
from models.comments import Comment
from models.contacts import ClientContact, Contact
from models.dependencies import Dependency
from models.engagements import Engagement
from models.errors import NotFound
from models.firms import Firm, LegalEntity, Office
from models.jobs import Job
from models.members import Capacity, Member, TimeOff
from models.reviews import Review
from models.sign_in import ApiToken, Session
from models.tasks import Task
from models.teams import Team, TeamMembership
from models.time_entries import TimeEntry
from models.timers import Timer
from models.waiting import Waiting
from models.workflows import Service, Stage, Workflow

PREFIXES: dict[str, type[FirmModel]] = {
    "firm": Firm, "entity": LegalEntity, "office": Office, "member": Member, "team": Team,
    "teammember": TeamMembership, "capacity": Capacity, "timeoff": TimeOff,
    "session": Session, "token": ApiToken, "client": Client, "clientrole": ClientRole,
    "relation": ClientRelation, "contact": Contact, "clientcontact": ClientContact,
    "workflow": Workflow, "stage": Stage, "service": Service, "engagement": Engagement,
    "job": Job, "waiting": Waiting, "review": Review, "task": Task, "dependency": Dependency,
    "comment": Comment, "timer": Timer, "entry": TimeEntry,
}  # fmt: skip
PREFIX_OF = {model: prefix for prefix, model in PREFIXES.items()}
PREFIX_OF_TABLE = {model.table(): prefix for prefix, model in PREFIXES.items()}
_SHAPE = re.compile(r"([a-z]+)_([0-9a-f]{32})", re.ASCII)


def written(prefix: str, id: UUID) -> str:
    return f"{prefix}_{id.hex}"


def read(text: str, prefix: str, path: str) -> UUID:
    """The UUID in an id of that kind.

    Raises NotFound for anything else: a garbled id, one of another kind and an unknown one are
    all answered alike.
    """
    match = _SHAPE.fullmatch(text)
    if match is None or match[1] != prefix:
        raise NotFound(PREFIXES[prefix].thing, path=(path,))
    return UUID(hex=match[2])


def wanted(text: str, model: type[FirmModel]) -> UUID | None:
    """The UUID in an id of that model's kind; None, which finds nothing, for any other text."""
    match = _SHAPE.fullmatch(text)
    return None if match is None or match[1] != PREFIX_OF[model] else UUID(hex=match[2])


def kind_of(text: str) -> tuple[str, UUID] | None:
    """Prefix and UUID of any of our ids, or None."""
    match = _SHAPE.fullmatch(text)
    if match is None or match[1] not in PREFIXES:
        return None
    return match[1], UUID(hex=match[2])
