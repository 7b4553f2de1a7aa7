"""Typed, readable ids: a prefix that names the kind, then a UUIDv7 in 32 hexadecimal digits."""

import re
from collections.abc import Sequence
from uuid import UUID

from models.base import FirmModel
from models.client_facts import ClientAddress, ClientKeyDate, ClientTaxId
from models.clients import Client, ClientRelation, ClientRole
from models.comments import Comment
from models.contacts import ClientContact, Contact
from models.dependencies import Dependency
from models.documents import Document
from models.engagements import Engagement
from models.errors import ValidationError
from models.firms import Firm, LegalEntity, Office
from models.invoices import Invoice
from models.invoices.credit_notes import CreditNote
from models.invoices.lines import InvoiceLine
from models.invoices.payments import Payment
from models.jobs import Job
from models.ledger import LedgerEntry, LedgerTransaction
from models.members import Capacity, Member, TimeOff
from models.messages import Message
from models.portal_access import PortalAccess
from models.portal_sign_in import MagicLink, PortalSession
from models.rates import Rate
from models.recurrences import Recurrence
from models.requests import Request, RequestItem
from models.reviews import Review
from models.reviews.points import ReviewPoint
from models.sign_in import ApiToken, Session
from models.tasks import Task
from models.teams import Team, TeamMembership
from models.templates import Template, TemplateStep, TemplateVersion
from models.time_entries import TimeEntry
from models.timers import Timer
from models.waiting import Waiting
from models.workflows import Service, Stage, Workflow

PREFIXES: dict[str, type[FirmModel]] = {
    "firm": Firm, "entity": LegalEntity, "office": Office, "member": Member, "team": Team,
    "teammember": TeamMembership, "capacity": Capacity, "timeoff": TimeOff,
    "session": Session, "token": ApiToken, "client": Client, "clientrole": ClientRole,
    "relation": ClientRelation, "taxid": ClientTaxId, "address": ClientAddress,
    "keydate": ClientKeyDate, "contact": Contact, "clientcontact": ClientContact,
    "portalaccess": PortalAccess, "portallink": MagicLink, "portalsession": PortalSession,
    "workflow": Workflow, "stage": Stage, "service": Service, "engagement": Engagement,
    "job": Job, "waiting": Waiting, "review": Review, "point": ReviewPoint, "task": Task,
    "dependency": Dependency,
    "template": Template, "templateversion": TemplateVersion, "templatestep": TemplateStep,
    "recurrence": Recurrence,
    "comment": Comment, "timer": Timer, "entry": TimeEntry,
    "rate": Rate, "invoice": Invoice, "invoiceline": InvoiceLine, "payment": Payment,
    "creditnote": CreditNote, "posting": LedgerTransaction, "ledgerentry": LedgerEntry,
    "request": Request, "item": RequestItem, "document": Document,
    "message": Message,
}  # fmt: skip
PREFIX_OF = {model: prefix for prefix, model in PREFIXES.items()}
PREFIX_OF_TABLE = {model.table(): prefix for prefix, model in PREFIXES.items()}
_SHAPE = re.compile(r"([a-z]+)_([0-9a-f]{32})", re.ASCII)


def written(prefix: str, id: UUID) -> str:
    return f"{prefix}_{id.hex}"


WRITTEN = "'{prefix}_' + {{v}}.hex"
"""The same as an expression: a board has a thousand ids."""


NOTHING = UUID(int=0)
"""The id of nothing. What is no id of the kind asked for is read as this one, and so is answered
by everything that looks for it exactly like an unknown one."""


def read(text: str, prefix: str) -> UUID:
    """The UUID in an id of that kind; NOTHING for any other text."""
    match = _SHAPE.fullmatch(text)
    return NOTHING if match is None or match[1] != prefix else UUID(hex=match[2])


def own(text: str, prefix: str, path: Sequence[str]) -> UUID:
    """The UUID in an id that a client made for something new. Raises ValidationError."""
    id = read(text, prefix)
    if id == NOTHING:
        raise ValidationError(
            f"An id of your own is written {prefix}_ and 32 hexadecimal digits.", path=path
        )
    return id


def wanted(text: str, model: type[FirmModel]) -> UUID:
    """As `read`, for the ids of that model."""
    return read(text, PREFIX_OF[model])


def kind_of(text: str) -> tuple[str, UUID] | None:
    """Prefix and UUID of any of our ids, or None."""
    match = _SHAPE.fullmatch(text)
    if match is None or match[1] not in PREFIXES:
        return None
    return match[1], UUID(hex=match[2])
