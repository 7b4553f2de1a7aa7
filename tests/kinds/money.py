"""What happens to time, rates, invoices and the ledger."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from models.events import EventKind
from models.invoices import Invoice
from models.invoices.credit_notes import CreditNote
from models.invoices.drafting import draft
from models.invoices.payments import Payment
from models.rates import Rate
from models.time_entries import TimeEntry
from models.timers import Timer
from models.unit_of_work import unit_of_work
from tests.billing import a_job, fee_draft, issued, line_of, money, priced, worked
from tests.cast import House
from tests.kinds.acts import Course, causes

_POSTED = (EventKind.TRANSACTION_POSTED, EventKind.ENTRY_POSTED)
_LINE = (EventKind.INVOICE_LINE_ADDED, EventKind.INVOICE_CHANGED)


async def billed(house: House) -> UUID:
    """A draft of an hour of Dan's."""
    await priced(house)
    job_id = await a_job(house, "Return")
    await worked(house, job_id, (house.dan, 3600))
    async with unit_of_work(house.cleo):
        return (await draft(job_id=job_id)).id


@causes(EventKind.TIMER_STARTED)
async def a_timer_is_started(house: House) -> Course:
    yield house.finn
    await Timer.start(note="Reading")


@causes(EventKind.TIMER_STOPPED, EventKind.TIME_LOGGED)
async def a_timer_is_stopped(house: House) -> Course:
    async with unit_of_work(house.eve):
        timer, _ = await Timer.start(note="Calling")
    yield house.eve
    await (await Timer.load(timer.id)).stop()


@causes(EventKind.TIMER_DISCARDED)
async def a_timer_is_discarded(house: House) -> Course:
    async with unit_of_work(house.ben):
        timer, _ = await Timer.start(note="Nothing")
    yield house.ben
    await (await Timer.load(timer.id)).discard()


@causes(EventKind.TIME_LOGGED)
async def time_is_logged(house: House) -> Course:
    yield house.dan
    await TimeEntry.log(seconds=60, job_id=house.books)


@causes(EventKind.TIME_CHANGED)
async def it_was_longer(house: House) -> Course:
    (entry,) = await worked(house, house.books, (house.dan, 60))
    yield house.dan
    await (await TimeEntry.load(entry.id)).change({"seconds": 120}, None)


@causes(EventKind.TIME_REMOVED)
async def it_never_was(house: House) -> Course:
    (entry,) = await worked(house, house.books, (house.dan, 60))
    yield house.dan
    await (await TimeEntry.load(entry.id)).remove()


@causes(EventKind.RATE_SET)
async def an_hour_gets_a_price(house: House) -> Course:
    yield house.cleo
    await Rate.set(from_date=date(2021, 1, 1), hourly=Decimal(90), client_id=house.mill)


@causes(EventKind.INVOICE_DRAFTED)
async def an_empty_invoice_is_begun(house: House) -> Course:
    yield house.cleo
    await draft(client_id=house.bakery)


@causes(EventKind.INVOICE_DRAFTED, *_LINE, EventKind.TIME_BILLED)
async def time_is_put_on_an_invoice(house: House) -> Course:
    await priced(house)
    job_id = await a_job(house, "Payroll")
    await worked(house, job_id, (house.dan, 3600))
    yield house.cleo
    await draft(job_id=job_id)


@causes(*_LINE)
async def a_fee_is_put_on_it(house: House) -> Course:
    made = await fee_draft(house)
    yield house.cleo
    await (await Invoice.load(made.id)).add_line(description="Fee", price=money("10"))


@causes(EventKind.INVOICE_LINE_CHANGED)
async def a_fee_is_called_otherwise(house: House) -> Course:
    made = await fee_draft(house, "10")
    yield house.cleo
    invoice = await Invoice.load(made.id)
    await invoice.change_line(await line_of(invoice), {"description": "Advice"}, None)


@causes(EventKind.INVOICE_LINE_ADJUSTED, EventKind.INVOICE_CHANGED)
async def a_line_is_written_down(house: House) -> Course:
    id = await billed(house)
    yield house.cleo
    invoice = await Invoice.load(id)
    await invoice.adjust_line(await line_of(invoice), money("-1"), "Old friends")


@causes(EventKind.BILLED_TIME_REMOVED, EventKind.INVOICE_LINE_REMOVED, EventKind.INVOICE_CHANGED)
async def time_is_taken_off_it(house: House) -> Course:
    id = await billed(house)
    yield house.cleo
    invoice = await Invoice.load(id)
    await invoice.remove_line(await line_of(invoice))


@causes(EventKind.INVOICE_LINE_REMOVED, EventKind.INVOICE_DISCARDED)
async def a_draft_is_discarded(house: House) -> Course:
    made = await fee_draft(house, "10")
    yield house.cleo
    await (await Invoice.load(made.id)).discard()


@causes(EventKind.SERIES_OPENED, EventKind.SERIES_ADVANCED, EventKind.INVOICE_ISSUED, *_POSTED)
async def the_first_invoice_is_issued(house: House) -> Course:
    made = await fee_draft(house, "10")
    yield house.cleo
    await (await Invoice.load(made.id)).issue()


@causes(EventKind.PAYMENT_RECEIVED, *_POSTED)
async def it_is_paid(house: House) -> Course:
    made = await issued(house, "10")
    yield house.cleo
    await Payment.receive(await Invoice.load(made.id), money("5"))


@causes(EventKind.SERIES_OPENED, EventKind.SERIES_ADVANCED, EventKind.CREDIT_NOTE_ISSUED,
        EventKind.TIME_FREED, *_POSTED)  # fmt: skip
async def it_is_credited_whole_and_its_time_is_free(house: House) -> Course:
    id = await billed(house)
    async with unit_of_work(house.cleo):
        await (await Invoice.load(id)).issue()
    yield house.cleo
    await CreditNote.write(await Invoice.load(id), "Agreed otherwise")
