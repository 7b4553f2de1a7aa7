"""Numbers without gaps: the next one is taken under a row lock, as the last act of a unit."""

from typing import ClassVar
from uuid import UUID

from tortoise import fields

from models.base import FirmModel, belongs_to
from models.events import EventKind
from models.firms import LegalEntity


class InvoiceSeries(FirmModel):
    """The numbers of a legal entity's invoices, or of its credit notes."""

    thing: ClassVar[str] = "invoice series"

    legal_entity = belongs_to("LegalEntity")
    legal_entity_id: UUID
    kind = fields.CharField(20)
    next = fields.IntField()

    class Meta:
        table = "invoice_series"


async def next_number(legal_entity_id: UUID, kind: str) -> tuple[UUID, int]:
    """The series and its next number. From here on whoever wants one waits for this COMMIT: do
    all else first. A rollback gives the number back."""
    series = await _held(legal_entity_id, kind)
    if series is None:
        # Two first numbers at once wait for each other here, and open one series.
        await LegalEntity.load(legal_entity_id)
        series = await _held(legal_entity_id, kind) or await InvoiceSeries.create(
            EventKind.SERIES_OPENED,
            given={"legal_entity_id": legal_entity_id, "kind": kind, "next": 1},
        )
    number = series.next
    await series.record(EventKind.SERIES_ADVANCED, next=number + 1)
    return series.id, number


async def _held(legal_entity_id: UUID, kind: str) -> InvoiceSeries | None:
    return await InvoiceSeries.held("legal_entity_id = $1 and kind = $2", legal_entity_id, kind)
