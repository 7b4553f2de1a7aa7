"""Invoices: a draft of lines, then a number; after that an invoice never changes."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, ClassVar, Self
from uuid import UUID

from tortoise import fields

from models import ledger
from models.base import FirmModel, belongs_to
from models.billed_time import called, free_line
from models.clients import Client, firm_today
from models.errors import Locked, ValidationError
from models.events import EventKind
from models.firms import Firm
from models.invoices.lines import InvoiceLine
from models.invoices.numbering import next_number
from models.invoices.paper import paper_now
from models.ledger import Account
from models.money import Money, digits
from models.unit_of_work import current
from models.visibility import Sight

MOST_LINES = 250


class Invoice(FirmModel):
    """What a client is asked to pay. Its amounts are minor units of its currency."""

    thing: ClassVar[str] = "invoice"
    sight: ClassVar[Sight] = Sight.OF_CLIENT

    client = belongs_to("Client")
    client_id: UUID
    job = belongs_to("Job", null=True)
    job_id: UUID | None
    legal_entity = belongs_to("LegalEntity")
    legal_entity_id: UUID
    currency = fields.CharField(3)
    state = fields.CharField(10)
    series = belongs_to("InvoiceSeries", null=True)
    series_id: UUID | None
    number: int | None = fields.IntField(null=True)
    issue_date: date | None = fields.DateField(null=True)
    due_date: date | None = fields.DateField(null=True)
    payment_terms_days = fields.SmallIntField()
    tax_rounding = fields.CharField(20)
    net = fields.BigIntField()
    tax = fields.BigIntField()
    total = fields.BigIntField()
    paper: Any = fields.JSONField(null=True)
    """The names on its paper as they were when it was issued; None for a draft."""

    class Meta:
        table = "invoice"

    @classmethod
    async def begin(cls, client: Client, *, job_id: UUID | None, id: UUID | None = None) -> Self:
        """A draft without lines, on the client's terms."""
        digits(client.currency)
        terms = client.payment_terms_days
        if terms is None:
            terms = (await Firm.mine()).payment_terms_days
        return await cls.create(
            EventKind.INVOICE_DRAFTED, id=id,
            given={"client_id": client.id, "job_id": job_id},
            derived={"currency": client.currency, "state": "draft", "net": 0, "tax": 0, "total": 0,
                     "payment_terms_days": terms, "tax_rounding": "per_line",
                     "legal_entity_id": await _legal_entity()},
        )  # fmt: skip

    @property
    def name(self) -> str:
        """How people call it."""
        return called(self.number, None)

    async def lines(self) -> list[InvoiceLine]:
        rows = await current().fetch(
            "select * from invoice_line where invoice_id = $1 order by position", self.id
        )
        return [InvoiceLine.from_row(row) for row in rows]

    async def add_line(self, *, description: str, price: Money, **more: Any) -> InvoiceLine:
        """A line of its own, such as a fixed fee; taxed as the firm's default unless said."""
        self.must_be_draft()
        lines = await self.lines()
        if len(lines) >= MOST_LINES:
            raise ValidationError(
                f"An invoice has at most {MOST_LINES} lines.", path=("invoiceId",)
            )
        line = await InvoiceLine.add(
            self, description=description, price=price,
            position=1 + max((line.position for line in lines), default=0), **more,
        )  # fmt: skip
        await self.sum_up()
        return line

    async def change_line(self, line: InvoiceLine, changes: Mapping[str, Any],
                          expected_version: int | None = None) -> InvoiceLine:  # fmt: skip
        """Patch what a draft's line says and how it is taxed."""
        self.must_be_draft()
        await line.change(changes, expected_version)
        await self.sum_up()
        return line

    async def adjust_line(self, line: InvoiceLine, by: Money, reason: str) -> InvoiceLine:
        """Write a draft's line up or down by an amount; nothing takes the adjustment back."""
        self.must_be_draft()
        await line.adjust(by, reason)
        await self.sum_up()
        return line

    async def remove_line(self, line: InvoiceLine) -> None:
        """Take a line off a draft; its time can be billed elsewhere."""
        self.must_be_draft()
        await free_line(line.id)
        await line.record_removal(EventKind.INVOICE_LINE_REMOVED)
        await self.sum_up()

    async def discard(self) -> None:
        """Give a draft up, and its time free."""
        self.must_be_draft()
        for line in await self.lines():
            await free_line(line.id)
            await line.record_removal(EventKind.INVOICE_LINE_REMOVED)
        await self.record_removal(EventKind.INVOICE_DISCARDED)

    async def issue(self, on: date | None = None) -> Self:
        """Post it and give it the next number; from then on it never changes."""
        self.must_be_draft()
        lines, today = await self.lines(), await firm_today()
        if not lines:
            raise ValidationError("There is nothing on it yet: add a line first.", code="EMPTY")
        day = on or today
        if day > today:
            raise ValidationError("An invoice is not issued ahead of its day.",
                                  path=("issueDate",))  # fmt: skip
        await ledger.post("issue", self, day, {
            Account.RECEIVABLE: self.total,
            Account.FEES: -sum(line.standard for line in lines),
            Account.ADJUSTMENTS: -sum(line.adjustment for line in lines),
            Account.TAX: -self.tax,
        })  # fmt: skip
        paper = await paper_now(self.client_id, self.legal_entity_id)
        series_id, number = await next_number(self.legal_entity_id, "invoice")
        await _must_follow(series_id, day)
        return await self.record(
            EventKind.INVOICE_ISSUED, state="issued", series_id=series_id, number=number,
            issue_date=day, due_date=day + timedelta(days=self.payment_terms_days), paper=paper,
        )  # fmt: skip

    async def sum_up(self) -> None:
        """The totals of a draft, from its lines."""
        net = tax = Money(0, self.currency)
        for line in await self.lines():
            net, tax = net + line.money(line.net), tax + line.money(line.tax)
        await self.record(EventKind.INVOICE_CHANGED, net=net.minor, tax=tax.minor,
                          total=(net + tax).minor)  # fmt: skip

    def must_be_draft(self) -> None:
        """Raise Locked once it has a number."""
        if self.state != "draft":
            raise Locked(f"{self.name.capitalize()} was issued and never changes: credit it.",
                         code="ISSUED")  # fmt: skip

    def must_be_issued(self) -> None:
        if self.state != "issued":
            raise Locked("It is still a draft: issue it first.", code="NOT_ISSUED")


async def _must_follow(series_id: UUID, day: date) -> None:
    """Raise ValidationError for a day before that of the last number: days follow the numbers."""
    last: date | None = await current().fetchval(
        "select issue_date from invoice where series_id = $1 order by number desc limit 1",
        series_id,
    )
    if last is not None and day < last:
        raise ValidationError(
            f"The last invoice is of {last}: the next one is not dated before it.",
            path=("issueDate",), code="BEFORE_THE_LAST",
        )  # fmt: skip


async def _legal_entity() -> UUID:
    """The firm's first legal entity, which invoices."""
    id: UUID = await current().fetchval(
        "select id from legal_entity order by created_at, id limit 1"
    )
    return id
