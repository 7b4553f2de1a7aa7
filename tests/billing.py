"""Time that can be billed, invoices and what the ledger says of them, for tests."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from models import ledger
from models.invoices import Invoice
from models.invoices.drafting import draft
from models.invoices.lines import InvoiceLine
from models.jobs import Job
from models.ledger.verification import Verdict, verify
from models.money import Money, exact
from models.rates import Rate
from models.time_entries import TimeEntry
from models.unit_of_work import reading, unit_of_work
from tests.cast import House, Person

DAY = date(2024, 3, 2)


def money(amount: str, currency: str = "GBP") -> Money:
    return Money.of(exact(amount), currency)


async def priced(house: House, hourly: str = "120") -> None:
    """From long ago on an hour costs this."""
    async with unit_of_work(house.cleo):
        await Rate.set(from_date=date(2020, 1, 1), hourly=Decimal(hourly))


async def worked(house: House, job_id: UUID, *spans: tuple[Person, int]) -> list[TimeEntry]:
    """Billable time on a job: who, and for how many seconds."""
    made = []
    for person, seconds in spans:
        async with unit_of_work(person):
            made.append(await TimeEntry.log(seconds=seconds, job_id=job_id, local_date=DAY))
    return made


async def fee_draft(house: House, *prices: str, tax_rate: str = "20") -> Invoice:
    """A draft for the bakery of fixed fees, standard-rated."""
    async with unit_of_work(house.cleo):
        invoice = await draft(client_id=house.bakery)
        for price in prices:
            await invoice.add_line(
                description="Fee", price=money(price), tax_rate=Decimal(tax_rate)
            )
    return invoice


async def issued(house: House, *prices: str, tax_rate: str = "20") -> Invoice:
    """The same, with a number."""
    made = await fee_draft(house, *prices, tax_rate=tax_rate)
    async with unit_of_work(house.cleo):
        return await (await Invoice.load(made.id)).issue()


async def line_of(invoice: Invoice, number: int = 0) -> InvoiceLine:
    return (await invoice.lines())[number]


async def a_job(house: House, title: str) -> UUID:
    async with unit_of_work(house.cleo):
        return (await Job.open(client_id=house.bakery, title=title)).id


async def balances(house: House, invoice_id: UUID) -> dict[str, int]:
    """What each account holds of an invoice."""
    async with reading(house.system) as unit:
        rows = await unit.fetch(
            "select account, sum(amount)::bigint as amount from ledger_entry"
            " where invoice_id = $1 group by account", invoice_id,
        )  # fmt: skip
    return {row["account"]: row["amount"] for row in rows}


async def due(house: House, invoice_id: UUID) -> int:
    async with reading(house.system):
        return await ledger.outstanding(invoice_id)


async def verdict(house: House) -> Verdict:
    """What recomputing the firm's ledger finds."""
    async with reading(house.system) as unit:
        return await verify(unit.fetch)
