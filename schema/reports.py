"""Reports: figures over the whole firm, as far as the viewer may see it."""

from typing import Any

import strawberry

from models.clients import Client as ClientRow
from models.invoices import Invoice as InvoiceRow
from models.members import Member as MemberRow
from models.permissions import Permission
from models.workflows import Service as ServiceRow
from resolvers.reports import billing, receivables, turnaround, utilisation, worked
from schema.clients import Client
from schema.fields import batch, field, query, relation
from schema.figures import AMOUNTS, REALISATION
from schema.inputs import given
from schema.invoices import Invoice
from schema.members import Member
from schema.money import Money
from schema.report_inputs import (
    ByBilling,
    ByTurnaround,
    ByUtilisation,
    ByWorked,
    OfReceivables,
    OfTurnaround,
    OfUtilisation,
    OfWorked,
    Period,
    Today,
)  # fmt: skip
from schema.scalars import Date, DecimalText, Long
from schema.workflows import Service

_COST = 300
_ROWS = 50
"""How many rows a report has as a rule; 20,000 at most."""


def _rows(description: str, size: int = _ROWS) -> Any:
    return strawberry.field(description=description, metadata={"size": size})


def _whose(model: Any, description: str) -> Any:
    return relation(model, by=f"{model.table()}_id", allow=Permission.READ_FIRM,
                    description=description)  # fmt: skip


@strawberry.type(description="Time worked, what it is worth, and what was billed for it.")
class WorkedSums:
    seconds: Long = field("Seconds worked.")
    billable_seconds: Long = field("Those of them that are to be charged.")
    unpriced_seconds: Long = field("Billable seconds that no rate prices: worth nothing so far.")
    standard_value: list[Money] | None = field(
        "What the billable time is worth: as it was put on an invoice, else at its rate now;"
        f" {AMOUNTS}"
    )
    billed: list[Money] | None = field(
        "What was billed for this time whenever that was, before tax, less what was credited. What"
        f" a line was written up or down by is spread over its time; {AMOUNTS}"
    )
    realisation: DecimalText | None = field(REALISATION)


@strawberry.type(description="The time that is alike in what was grouped by; null in the rest.")
class WorkedRow(WorkedSums):
    client: Client | None = _whose(ClientRow, "For whom; null for the firm's own time, too.")
    member: Member | None = _whose(MemberRow, "Who worked.")
    service: Service | None = _whose(ServiceRow, "On which service; null off any, too.")
    month: Date | None = field("The first day of the month it was worked in.")


@strawberry.type(description="Time worked in a period, of what the viewer may see.")
class WorkedReport:
    rows: list[WorkedRow] = _rows("By month, client, member, service; at most 20,000.")
    totals: WorkedSums = field("The sums of all rows.")


@strawberry.type(description="Hours that went into billable work, of the hours there are.")
class UtilisationSums:
    capacity_seconds: Long = field("The hours there are, by weekday, days off taken away.")
    seconds: Long = field("Seconds worked, of the time that the viewer may see.")
    billable_seconds: Long = field("Those of them that are to be charged.")
    utilisation: DecimalText | None = field(
        "Billable seconds over capacity seconds; null without capacity."
    )


@strawberry.type(description="The hours that are alike in what was grouped by; null in the rest.")
class UtilisationRow(UtilisationSums):
    member: Member | None = _whose(MemberRow, "Whose.")
    month: Date | None = field("The first day of the month.")


@strawberry.type(description="How far people's hours went into billable work in a period.")
class UtilisationReport:
    rows: list[UtilisationRow] = _rows("By month, member; at most 20,000.")
    totals: UtilisationSums = field("The sums of all rows.")


@strawberry.type(description="What is to be paid, by how long it has been due.")
class AgedSums:
    currency: str = field("ISO 4217 code of all its amounts.")
    not_due: Money = field("Not past its due date.")
    days_1_to_30: Money = field("1 to 30 days past it.", name="days1To30")
    days_31_to_60: Money = field("31 to 60 days past it.", name="days31To60")
    days_61_to_90: Money = field("61 to 90 days past it.", name="days61To90")
    over_90_days: Money = field("More than 90 days past it.", name="over90Days")
    total: Money = field("All of it.")


@strawberry.type(description="An invoice of which something is to be paid.")
class AgedInvoice:
    invoice: Invoice = relation(InvoiceRow, by="invoice_id", allow=Permission.READ_BILLING,
                                description="Which.")  # fmt: skip
    outstanding: Money = field("What is still to be paid, by the ledger.")
    days_overdue: int = field("Days past its due date; 0 while it is not due.")


@strawberry.type(description="What one client is to pay in one currency.")
class AgedRow(AgedSums):
    client: Client = _whose(ClientRow, "Who.")
    invoices: list[AgedInvoice] = _rows("What it is for, the longest due first.", size=5)


@strawberry.type(description="What clients owe on a day, and since when it should have been paid.")
class AgedReceivables:
    on: Date = field("The day; what was posted on it counts.")
    rows: list[AgedRow] = _rows("By client and currency; of at most 20,000 invoices.")
    totals: list[AgedSums] = field("The sums of each currency.")


@strawberry.type(description="What was billed and what came in; credits are taken off.")
class BillingSums:
    currency: str = field("ISO 4217 code of all its amounts.")
    billed: Money = field("Net of what was issued, before tax, less what was credited.")
    tax: Money = field("The tax on that.")
    paid: Money = field("What came in.")
    credited: Money = field("What was credited, with its tax.")
    written_up: Money = field("What invoices were written up by when they were issued.")
    written_down: Money = field("What invoices were written down by when they were issued.")
    outstanding: Money = field("What was still to be paid at the end of it.")


@strawberry.type(description="What is alike in what was grouped by; null in the rest.")
class BillingRow(BillingSums):
    client: Client | None = _whose(ClientRow, "Whose.")
    month: Date | None = field("The first day of the month.")


@strawberry.type(description="What was billed in a period, by the day of each document.")
class BillingReport:
    rows: list[BillingRow] = _rows("By client, currency, month; at most 20,000.")
    totals: list[BillingSums] = field("The sums of each currency.")


@strawberry.type(
    description="How long clients took, in business days of the firm: from the day a job began to"
    " wait for its client, which does not count, to the day it waited no more. Every stretch of"
    " waiting counts that ended, but those of jobs that were given up."
)
class TurnaroundSums:
    count: int = field("How many stretches of waiting ended.")
    median_days: DecimalText | None = field("Half of them took so long or less; null of none.")
    mean_days: DecimalText | None = field("How long they took on average; null of none.")
    longest_days: int | None = field("The longest of them; null of none.")


@strawberry.type(description="What is alike in what was grouped by; null in the rest.")
class TurnaroundRow(TurnaroundSums):
    client: Client | None = _whose(ClientRow, "Which client.")
    month: Date | None = field("The first day of the month in which they ended.")


@strawberry.type(description="How long clients took, of what they were waited for in a period.")
class TurnaroundReport:
    rows: list[TurnaroundRow] = _rows("By client, month; of at most 20,000 days on which any came.")
    totals: TurnaroundSums = field("All of them together.")


async def _worked(
    parents: Any, *, period: Period, group_by: ByWorked, filter: OfWorked = None
) -> Any:
    asked = {} if filter is None else given(filter)
    return [await worked.worked(period.first, period.last, group_by, **asked) for _ in parents]


async def _utilisation(
    parents: Any, *, period: Period, group_by: ByUtilisation, filter: OfUtilisation = None
) -> Any:
    asked = {} if filter is None else given(filter)
    return [await utilisation.utilisation(period.first, period.last, group_by, **asked)
            for _ in parents]  # fmt: skip


async def _aged(parents: Any, *, on: Today = None, filter: OfReceivables = None) -> Any:
    asked = {} if filter is None else given(filter)
    return [await receivables.aged(on, **asked) for _ in parents]


async def _billing(
    parents: Any, *, period: Period, group_by: ByBilling, filter: OfReceivables = None
) -> Any:
    asked = {} if filter is None else given(filter)
    return [await billing.billing(period.first, period.last, group_by, **asked) for _ in parents]


async def _turnaround(
    parents: Any, *, period: Period, group_by: ByTurnaround, filter: OfTurnaround = None
) -> Any:
    asked = {} if filter is None else given(filter)
    return [await turnaround.turnaround(period.first, period.last, group_by, **asked)
            for _ in parents]  # fmt: skip


@strawberry.type(
    description="Sums over what the viewer may see: restricted clients of others count nowhere. A"
    " report that is refused is null, and the others stand."
)
class Reports:
    worked: WorkedReport | None = batch(
        _worked, allow=Permission.READ_TIME, cost=_COST,
        description="Time worked in a period, what it is worth and what was billed for it.",
    )  # fmt: skip
    utilisation: UtilisationReport | None = batch(
        _utilisation, allow=Permission.READ_TIME, cost=_COST,
        description="Billable time over the hours there are; a contractor reads their own.",
    )  # fmt: skip
    turnaround: TurnaroundReport | None = batch(
        _turnaround, allow=Permission.READ_WORK, cost=_COST,
        description="How long clients took to let jobs go on that waited for them.",
    )  # fmt: skip
    aged_receivables: AgedReceivables | None = batch(
        _aged, allow=Permission.READ_BILLING, cost=_COST,
        description="What clients owe on a day, by the ledger.",
    )  # fmt: skip
    billing: BillingReport | None = batch(
        _billing, allow=Permission.READ_BILLING, cost=_COST,
        description="What was billed, paid, credited and is still owed, by the ledger.",
    )  # fmt: skip


@strawberry.type
class ReportQuery:
    @query(allow=Permission.READ_FIRM)
    async def reports(info) -> Reports:
        """The firm's figures. Ratios are 0 to 1 or above; several currencies never add up."""
        return {"key": "reports"}  # type: ignore[return-value]
