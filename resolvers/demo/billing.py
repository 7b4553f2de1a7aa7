"""The year's money: rates, an invoice for each month's work, what came in, and what did not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from models import ledger
from models.invoices import Invoice
from models.invoices.credit_notes import CreditNote
from models.invoices.drafting import draft
from models.invoices.payments import Payment
from models.money import Money, digits
from models.rates import Rate
from resolvers.demo.courses import Course

if TYPE_CHECKING:
    from resolvers.demo.stage import Stage

_DAY = timedelta(days=1)
_RATES_BEFORE = 8 * _DAY
_UNPAID_DAYS = 91
_DRAFTS = 3
"""So many of the last are not issued yet."""
_IN_PARTS_EVERY = 6


@dataclass
class Bill:
    """The invoice for one job."""

    course: Course
    day: date
    """When it was drafted, and but for the last few issued."""
    issued: bool = True
    paid: bool = True
    invoice_id: UUID | None = None

    @property
    def client(self) -> str:
        return self.course.client.name


def note(stage: "Stage", courses: Sequence[Course]) -> None:
    """Note the rates, and for each billed job its invoice and what became of it."""
    money = stage.plan.money
    rates_from = stage.workday_by(stage.year_ago - _RATES_BEFORE)
    stage.will(rates_from, 16, stage.owner, partial(_set_rates, stage))
    bills = sorted(_bills(stage, courses), key=lambda bill: (bill.day, bill.client))
    for bill in bills[-_DRAFTS:]:
        bill.issued = False
    _leave_unpaid(stage, bills)
    down = _latest(stage, bills, money.written_down[0], days=45)
    for number, bill in enumerate(bills, start=1):
        stage.will(bill.day, 11, bill.course.lead,
                   partial(_bill, stage, bill, written_down=bill is down))  # fmt: skip
        if bill.issued and bill.paid:
            _be_paid(stage, bill, in_parts=number % _IN_PARTS_EVERY == 0)
    credited = _latest(stage, bills, money.credited[0], days=75)
    noticed = stage.workday_from(credited.day + 3 * _DAY)
    stage.will(noticed, 15, stage.owner, partial(_credit, stage, credited))


def _bills(stage: "Stage", courses: Sequence[Course]) -> Iterator[Bill]:
    """One for each finished month, on the Monday after, when all of its time is booked."""
    for course in courses:
        if course.client.name not in stage.plan.money.billed or not course.booked:
            continue
        if course.finished and course.service == stage.plan.billed_service(course.client):
            monday = course.until + (7 - course.until.weekday()) * _DAY
            day = stage.workday_from(monday)
            if day <= stage.last_day:
                yield Bill(course, day)


def _latest(stage: "Stage", bills: Sequence[Bill], client: str, *, days: int) -> Bill:
    """The client's last bill of those that are at least so many days old."""
    by = stage.today - days * _DAY
    return [bill for bill in bills if bill.client == client and bill.day <= by][-1]


def _leave_unpaid(stage: "Stage", bills: Sequence[Bill]) -> None:
    """One that was due three months ago; it was written as much before as people have to pay."""
    due = 30 + _UNPAID_DAYS
    bill = _latest(stage, bills, stage.plan.money.unpaid, days=due)
    bill.day, bill.paid = stage.days_ago(due), False


def _be_paid(stage: "Stage", bill: Bill, *, in_parts: bool) -> None:
    """Ten to forty days later, as far as that is over."""
    came = stage.workday_from(bill.day + stage.chance.randint(10, 40) * _DAY)
    rest = stage.workday_from(came + 14 * _DAY)
    if came <= stage.last_day:
        stage.will(came, 14, stage.owner, partial(_receive, bill, half=in_parts))
    if in_parts and rest <= stage.last_day:
        stage.will(rest, 14, stage.owner, partial(_receive, bill, half=False))


# ------------------------------------------------------------------------------- each in its unit


async def _set_rates(stage: "Stage") -> None:
    money, from_date = stage.plan.money, stage.first_day
    await Rate.set(from_date=from_date, hourly=Decimal(money.hourly["staff"]))
    for role, hourly in money.hourly.items():
        await Rate.set(from_date=from_date, hourly=Decimal(hourly), role=role)
    for name, hourly in money.own_rates.items():
        price = Decimal(hourly)
        if name in stage.members:
            member_id = stage.members[name].id
            await Rate.set(from_date=from_date, hourly=price, member_id=member_id)
        else:
            client_id = stage.clients[name].id
            await Rate.set(from_date=from_date, hourly=price, client_id=client_id)


async def _bill(stage: "Stage", bill: Bill, *, written_down: bool) -> None:
    invoice = await draft(job_id=bill.course.job_id)
    bill.invoice_id = invoice.id
    client, fee, words = stage.plan.money.fixed_fee
    if bill.client == client:
        await _ask_for(
            invoice, Money(fee * 10 ** digits(invoice.currency), invoice.currency), words
        )
    elif written_down:
        _, reason = stage.plan.money.written_down
        await _ask_for(invoice, Money(invoice.net, invoice.currency).percent(Decimal(70)), reason)
    if bill.issued:
        await invoice.issue()


async def _ask_for(invoice: Invoice, net: Money, reason: str) -> None:
    """Write the lines up or down, each by its share, so that this is asked for in all."""
    lines = await invoice.lines()
    parts = net.split([line.standard for line in lines])
    for line, part in zip(lines, parts, strict=True):
        await invoice.adjust_line(line, part - line.money(line.standard), reason)


async def _receive(bill: Bill, *, half: bool) -> None:
    assert bill.invoice_id is not None
    invoice = await Invoice.load(bill.invoice_id)
    due = Money(await ledger.outstanding(invoice.id), invoice.currency)
    await Payment.receive(invoice, due.split((1, 1))[0] if half else due)


async def _credit(stage: "Stage", bill: Bill) -> None:
    assert bill.invoice_id is not None
    invoice = await Invoice.load(bill.invoice_id)
    part = Money(invoice.total, invoice.currency).percent(Decimal(15))
    await CreditNote.write(invoice, stage.plan.money.credited[1], part)
