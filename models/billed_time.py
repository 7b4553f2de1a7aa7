"""Billed time: which line of which invoice a time entry stands on, at what it was worth then."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from tortoise import fields

from models import clock
from models.base import FirmModel, belongs_to
from models.clients import Client
from models.errors import Locked
from models.events import EventKind
from models.unit_of_work import current
from models.visibility import Sight, visible


class InvoiceLineTime(FirmModel):
    """A time entry on a line. While it is not voided the entry stands on no other invoice."""

    thing: ClassVar[str] = "billed time"
    sight: ClassVar[Sight] = Sight.OF_CLIENT

    line = belongs_to("InvoiceLine")
    line_id: UUID
    invoice = belongs_to("Invoice")
    invoice_id: UUID
    client = belongs_to("Client")
    client_id: UUID
    time_entry = belongs_to("TimeEntry")
    time_entry_id: UUID
    seconds = fields.IntField()
    hourly: Decimal = fields.DecimalField(18, 6)
    value = fields.BigIntField()
    voided_at: datetime | None = fields.DatetimeField(null=True)

    class Meta:
        table = "invoice_line_time"


async def must_be_unbilled(time_entry_id: UUID) -> None:
    """Raise Locked, with the invoice's number, while the entry stands on one."""
    found = await invoices_of({time_entry_id})
    if found:
        free = "take it off there" if await _on_a_draft(time_entry_id) else "credit that whole"
        raise Locked(f"This time is on {found[0]}: {free} first.", code="BILLED")


async def must_never_have_been_billed(time_entry_id: UUID) -> None:
    """Raise Locked for an entry that an invoice tells of, also one that was credited since."""
    await must_be_unbilled(time_entry_id)
    found = await invoices_of({time_entry_id}, live=False)
    if found:
        raise Locked(f"This time was on {found[0]}, and stays on record: set it to be charged or"
                     " not, as it is now.", code="BILLED")  # fmt: skip


async def invoices_of(time_entry_ids: set[UUID], *, live: bool = True) -> list[str]:
    """The live invoices that these entries stand on (or all they ever stood on), in words.

    Somebody's own time stays theirs to see when its client no longer is: then nobody is named.
    """
    unit = current()
    rows = await unit.fetch(
        "select distinct i.number, c.name from invoice_line_time t join invoice i"
        " on i.firm_id = t.firm_id and i.id = t.invoice_id left join client c"
        f" on c.firm_id = i.firm_id and c.id = i.client_id and {visible(Client, unit.viewer, 'c')}"
        " where t.time_entry_id = any($1) and (t.voided_at is null or not $2)"
        " order by i.number, c.name",
        list(time_entry_ids),
        live,
    )
    return [called(row["number"], row["name"]) for row in rows]


async def _on_a_draft(time_entry_id: UUID) -> bool:
    found: bool = await current().fetchval(
        "select exists (select from invoice_line_time t join invoice i on i.firm_id = t.firm_id"
        " and i.id = t.invoice_id where t.time_entry_id = $1 and i.state = 'draft')",
        time_entry_id,
    )
    return found


def called(number: int | None, client: str | None) -> str:
    """How people call an invoice: a draft, which has no number yet, by its client."""
    if number is not None:
        return f"invoice {number}"
    return f"a draft invoice for {client}" if client else "a draft invoice"


async def free_line(line_id: UUID) -> None:
    """Take a draft line's time off it again."""
    for link in await _held("line_id = $1", line_id):
        await link.record_removal(EventKind.BILLED_TIME_REMOVED)


async def free_invoice(invoice_id: UUID) -> None:
    """An issued invoice was credited: its time can be billed again."""
    moment = await clock.now()
    for link in await _held("invoice_id = $1 and voided_at is null", invoice_id):
        await link.record(EventKind.TIME_FREED, voided_at=moment)


async def _held(where: str, id: UUID) -> Sequence[InvoiceLineTime]:
    rows = await current().fetch(
        f"select * from invoice_line_time where {where} order by id for no key update", id
    )
    return [InvoiceLineTime.from_row(row) for row in rows]
