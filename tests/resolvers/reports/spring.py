"""A spring of work at Harbour, one invoice of it, and what tests ask about it."""

from datetime import date
from typing import Any
from uuid import UUID

from models.invoices import Invoice
from models.invoices.credit_notes import CreditNote
from models.invoices.drafting import draft
from models.invoices.payments import Payment
from models.members import Capacity, Member, TimeOff
from models.time_entries import TimeEntry
from models.unit_of_work import unit_of_work
from tests.billing import money, priced
from tests.cast import House, Person, two_firms

YEAR = (date(2024, 1, 1), date(2024, 12, 31))
JANUARY, FEBRUARY, MARCH = (date(2024, month, 1) for month in (1, 2, 3))


def pounds(*amounts: str) -> list[dict[str, str]]:
    return [{"amount": amount, "currency": "GBP"} for amount in amounts]


async def log(person: Person, seconds: int, day: date, **target: Any) -> None:
    async with unit_of_work(person):
        await TimeEntry.log(seconds=seconds, local_date=day, **target)


async def bill(house: House) -> UUID:
    """The books, £180.00 of time in three pieces, written down to £100.00, and a fee of £50:
    issued, £30.00 paid, £15.00 credited."""
    async with unit_of_work(house.cleo):
        invoice = await draft(job_id=house.books)
        (line,) = await invoice.lines()
        await invoice.adjust_line(line, money("-80.00"), "Slow")
        await invoice.add_line(description="Filing", price=money("50.00"))
        await invoice.issue(date(2024, 3, 2))
    async with unit_of_work(house.cleo):
        invoice = await Invoice.load(invoice.id)
        await Payment.receive(invoice, money("30.00"), received_on=date(2024, 4, 30))
        await CreditNote.write(invoice, "Kindness", money("15.00"))
    return invoice.id


async def a_spring() -> House:
    """Harbour with a spring of work; Alpine has the same hours at other rates."""
    cast = await two_firms()
    for firm in (cast.harbour, cast.alpine):
        await priced(firm)
        await log(firm.dan, 3600, date(2024, 1, 31), job_id=firm.books)
        await log(firm.dan, 1700, date(2024, 2, 1), job_id=firm.books)
        await log(firm.dan, 100, date(2024, 2, 2), job_id=firm.books)
    house = cast.harbour
    await log(house.eve, 900, date(2024, 2, 29), job_id=house.books, billing="no_charge")
    await log(house.eve, 1800, date(2024, 3, 1), job_id=house.year_end)
    await log(house.ben, 7200, date(2024, 2, 2), job_id=house.secret)
    await log(house.dan, 600, date(2024, 2, 10), task_id=house.tidy)
    await log(house.dan, 60, date(2019, 2, 10), job_id=house.year_end)
    await bill(house)
    async with unit_of_work(house.ada):
        dan = await Member.load(house.dan.id)
        await Capacity.set(dan, from_date=date(2023, 1, 1), weekday_seconds=[3600] * 5 + [0, 0])
        await TimeOff.note(dan, kind="holiday", first_date=date(2024, 1, 1),
                           last_date=date(2024, 1, 21))  # fmt: skip
    return house


def told(report: dict[str, Any], dimension: str, *names: str) -> dict[Any, tuple[Any, ...]]:
    return {row[dimension]: tuple(row[name] for name in names) for row in report["rows"]}
