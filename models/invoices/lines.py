"""The lines of an invoice: a price, what it was written up or down by, and the tax on the rest."""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Self
from uuid import UUID

from tortoise import fields

from models.base import FirmModel, belongs_to
from models.errors import ValidationError, inside
from models.events import EventKind
from models.firms import Firm
from models.money import Money, percentage
from models.visibility import Sight

if TYPE_CHECKING:
    from models.invoices import Invoice


class TaxCategory(StrEnum):
    """Why a line is taxed as it is: of EN 16931's categories (UNCL 5305)."""

    STANDARD = "S"
    ZERO = "Z"
    EXEMPT = "E"


class InvoiceLine(FirmModel):
    """A line: `standard` is what it is worth, `net` what is asked for, before tax."""

    thing: ClassVar[str] = "invoice line"
    sight: ClassVar[Sight] = Sight.OF_CLIENT

    invoice = belongs_to("Invoice")
    invoice_id: UUID
    client = belongs_to("Client")
    client_id: UUID
    currency = fields.CharField(3)
    position = fields.IntField()
    member = belongs_to("Member", null=True)
    member_id: UUID | None
    description = fields.CharField(500)
    seconds: int | None = fields.BigIntField(null=True)
    standard = fields.BigIntField()
    adjustment = fields.BigIntField()
    adjustment_reason = fields.CharField(500, null=True)
    net = fields.BigIntField()
    tax_category = fields.CharField(1)
    tax_rate: Decimal = fields.DecimalField(7, 4)
    tax = fields.BigIntField()

    class Meta:
        table = "invoice_line"

    @classmethod
    async def add(cls, invoice: "Invoice", *, description: str, price: Money, position: int,
                  tax_rate: Decimal | None = None, tax_category: str | None = None,
                  seconds: int | None = None, member_id: UUID | None = None) -> Self:  # fmt: skip
        with inside("price"):
            if price.only(invoice.currency).minor < 0:
                raise ValidationError("A price is nothing or more: credit what is to be given"
                                      " back.", path=("amount",))  # fmt: skip
        if tax_rate is None:
            tax_rate = (
                (await Firm.mine()).tax_rate
                if tax_category in (None, TaxCategory.STANDARD)
                else Decimal(0)
            )
        category = tax_category or (TaxCategory.STANDARD if tax_rate else TaxCategory.ZERO)
        return await cls.create(EventKind.INVOICE_LINE_ADDED, given={
            "invoice_id": invoice.id, "client_id": invoice.client_id,
            "currency": invoice.currency, "position": position, "member_id": member_id,
            "description": description, "seconds": seconds, "standard": price.minor,
            "adjustment": 0, "net": price.minor, **_taxed(price, category, tax_rate),
        })  # fmt: skip

    async def change(self, changes: Mapping[str, Any], expected_version: int | None) -> Self:
        """Patch its words and its tax."""
        taxed = _taxed(self.money(self.net), changes.get("tax_category", self.tax_category),
                       changes.get("tax_rate", self.tax_rate))  # fmt: skip
        return await self.merge(
            EventKind.INVOICE_LINE_CHANGED, changes, expected_version, derived=taxed
        )

    async def adjust(self, by: Money, reason: str) -> Self:
        """Ask for more or less than it is worth; the reason is kept."""
        with inside("adjustment"):
            net = self.money(self.standard) + by.only(self.currency)
        if by.minor and not reason.strip():
            raise ValidationError("Say why it is asked for more or less.", path=("reason",))
        if net.minor < 0:
            raise ValidationError("A line is written down to nothing at most.",
                                  path=("adjustment", "amount"))  # fmt: skip
        return await self.record(
            EventKind.INVOICE_LINE_ADJUSTED, adjustment=by.minor, net=net.minor,
            adjustment_reason=reason if by.minor else None,
            **_taxed(net, self.tax_category, self.tax_rate),
        )  # fmt: skip

    def money(self, minor: int) -> Money:
        return Money(minor, self.currency)


def _taxed(net: Money, category: str, rate: Decimal) -> dict[str, Any]:
    """The tax on a line, rounded by itself. Raises ValidationError."""
    percentage(rate, "taxRate")
    if (category == TaxCategory.STANDARD) is not (rate > 0):
        raise ValidationError("Standard-rated lines have a tax rate above nothing, others none.",
                              path=("taxRate",))  # fmt: skip
    return {"tax_category": category, "tax_rate": rate, "tax": net.percent(rate).minor}
