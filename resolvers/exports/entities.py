"""Which kinds of things are exported, to whom, with which columns."""

from dataclasses import dataclass

from models.base import FirmModel
from models.client_facts import MASKED, ClientAddress, ClientKeyDate, ClientTaxId
from models.clients import Client
from models.engagements import Engagement
from models.invoices import Invoice
from models.invoices.lines import InvoiceLine
from models.invoices.payments import Payment
from models.invoices.standing import DUE, STATUS
from models.jobs import Job
from models.members import Member
from models.permissions import Permission
from models.tasks import Task
from models.teams import Team
from models.time_entries import TimeEntry
from models.viewer import Viewer
from models.visibility import visible
from models.workflows import Service
from resolvers.exports.columns import (
    Column,
    Prefixes,
    amount,
    id_of,
    id_of_seen,
    moment,
    plain,
    select,
    told_by,
    word,
)  # fmt: skip
from resolvers.exports.columns import text as words


@dataclass(frozen=True)
class Entity:
    """One kind of thing, the oldest first."""

    model: type[FirmModel]
    allow: Permission
    columns: tuple[Column, ...]

    def query(self, viewer: Viewer, prefixes: Prefixes) -> str:
        """All of them that the viewer may see. Raises Forbidden."""
        viewer.must(self.allow)
        kept = (id_of("id", self.model), *self.columns, plain("version"), moment("created_at"),
                moment("updated_at"))  # fmt: skip
        return (
            f"select {select(kept, prefixes, viewer)} from {self.model.table()} t"
            f" where {visible(self.model, viewer)} order by t.id"
        )


def _number(viewer: Viewer) -> str:
    return "t.number" if viewer.may(Permission.READ_TAX_IDS) else f"({MASKED.format('t.number')})"


ENTITIES = {
    "clients": Entity(Client, Permission.READ_CLIENTS, (
        words("name"), word("kind"), word("status"), plain("restricted"),
        words("tags", "array_to_string(t.tags, ', ')"),
        plain("currency"), plain("payment_terms_days"), words("notes"),
    )),
    "client_tax_ids": Entity(ClientTaxId, Permission.READ_CLIENTS, (
        id_of("client_id", Client), words("kind"), told_by("number", _number),
    )),
    "client_addresses": Entity(ClientAddress, Permission.READ_CLIENTS, (
        id_of("client_id", Client), word("purpose"), words("recipient"), words("line1"),
        words("line2"), words("city"), words("region"), words("postal_code"), plain("country"),
    )),
    "client_key_dates": Entity(ClientKeyDate, Permission.READ_CLIENTS, (
        id_of("client_id", Client), words("name"), plain("month"), plain("day"), plain("date"),
    )),
    "jobs": Entity(Job, Permission.READ_WORK, (
        words("title"), id_of("client_id", Client), id_of("service_id", Service),
        id_of("engagement_id", Engagement), word("category"), id_of("owner_id", Member),
        id_of("team_id", Team), plain("period_start"), plain("period_end"), plain("start_date"),
        plain("due_date"), plain("budget_seconds"), moment("completed_at"),
    )),
    "time_entries": Entity(TimeEntry, Permission.READ_TIME, (
        plain("local_date"), words("time_zone"), id_of("member_id", Member),
        id_of_seen("client_id", Client), id_of_seen("job_id", Job), id_of_seen("task_id", Task),
        words("activity"), moment("started_at"), moment("stopped_at"), plain("seconds"),
        word("billing"), words("note"), word("source"),
    )),
    "invoices": Entity(Invoice, Permission.READ_BILLING, (
        plain("number"), word("status", STATUS), id_of("client_id", Client), id_of("job_id", Job),
        plain("issue_date"), plain("due_date"), plain("currency"), amount("net"), amount("tax"),
        amount("total"), amount("outstanding", DUE),
    )),
    "invoice_lines": Entity(InvoiceLine, Permission.READ_BILLING, (
        id_of("invoice_id", Invoice), id_of("client_id", Client), plain("position"),
        words("description"), id_of("member_id", Member), plain("seconds"), plain("currency"),
        amount("standard"), amount("adjustment"), words("adjustment_reason"), amount("net"),
        word("tax_category"), plain("tax_rate"), amount("tax"),
    )),
    "payments": Entity(Payment, Permission.READ_BILLING, (
        id_of("invoice_id", Invoice), id_of("client_id", Client), plain("received_on"),
        plain("currency"), amount("amount"), amount("applied"), words("provider"),
        words("external_id"),
    )),
}  # fmt: skip
