"""Credit notes: by amount or in whole, numbered by themselves; what is credited is free again."""

import asyncio

import asyncpg
import pytest

from models.errors import Locked, PracticeError, ValidationError
from models.events import EventKind
from models.invoices import Invoice
from models.invoices.credit_notes import CreditNote
from models.invoices.drafting import draft
from models.invoices.payments import Payment
from models.invoices.standing import standings
from models.money import Money
from models.time_entries import TimeEntry
from models.unit_of_work import reading, unit_of_work
from tests.billing import (
    balances,
    due,
    fee_draft,
    issued,
    line_of,
    money,
    priced,
    verdict,
    worked,
)
from tests.cast import Cast, House
from tests.verify import verify_action, verify_refusal


async def credit(invoice: Invoice, amount: str | None = None) -> CreditNote:
    return await CreditNote.write(
        await Invoice.load(invoice.id), "Wrong client", None if amount is None else money(amount)
    )


async def written_down_to_nothing(house: House) -> Invoice:
    """An hour on the books, billed for nothing, issued."""
    await priced(house)
    await worked(house, house.books, (house.dan, 3600))
    async with unit_of_work(house.cleo):
        invoice = await draft(job_id=house.books)
        await invoice.adjust_line(await line_of(invoice), money("-120.00"), "A gift")
        return await invoice.issue()


async def test_part_is_credited_in_proportion_and_then_the_rest(cast: Cast) -> None:
    house = cast.harbour
    invoice = await issued(house, "100.00")
    async with verify_action(house, house.cleo) as action:
        first = await credit(invoice, "10.00")
    assert (first.number, first.net, first.tax, first.applied) == (1, 833, 167, 1000)
    assert EventKind.CREDIT_NOTE_ISSUED in action.kinds
    assert await due(house, invoice.id) == 11000
    async with verify_action(house, house.cleo):
        rest = await credit(invoice)
    assert (rest.number, rest.net, rest.tax, rest.amount) == (2, 9167, 1833, 11000)
    assert set((await balances(house, invoice.id)).values()) == {0}
    async with reading(house.cleo):
        assert (await standings([invoice.id]))[invoice.id]["status"] == "credited"
    assert (await verdict(house)).findings == ()


async def test_what_is_credited_whole_gives_its_time_free(cast: Cast) -> None:
    house = cast.harbour
    await priced(house)
    (entry,) = await worked(house, house.books, (house.dan, 3600))
    async with unit_of_work(house.cleo):
        invoice = await (await draft(job_id=house.books)).issue()
    async with verify_action(house, house.cleo) as action:
        await credit(invoice, "20.00")
    assert EventKind.TIME_FREED not in action.kinds
    async with verify_action(house, house.cleo) as action:
        await credit(invoice)
    assert action.kinds[0] == EventKind.TIME_FREED
    async with verify_action(house, house.dan):
        await (await TimeEntry.load(entry.id)).change({"note": "Again"}, None)
    async with verify_refusal(house, house.dan, Locked, code="BILLED") as refusal:
        await (await TimeEntry.load(entry.id)).remove()
    assert "was on invoice 1" in refusal.error.message
    async with verify_action(house, house.cleo):
        assert (await draft(job_id=house.books)).net == 12000


async def test_what_was_paid_already_becomes_the_clients_credit(cast: Cast) -> None:
    house = cast.harbour
    invoice = await issued(house, "100.00")
    async with unit_of_work(house.cleo):
        await Payment.receive(await Invoice.load(invoice.id), money("90.00"))
    async with verify_action(house, house.cleo):
        note = await credit(invoice)
    assert (note.amount, note.applied) == (12000, 3000)
    assert await balances(house, invoice.id) == {
        "receivable": 0, "fees": 0, "tax": 0, "bank": 9000, "client_credit": -9000,
    }  # fmt: skip
    assert (await verdict(house)).findings == ()


@pytest.mark.parametrize(
    "wrong", [Money(0, "GBP"), Money(-1, "GBP"), Money(12001, "GBP"), Money(1, "CHF")], ids=str
)
async def test_no_more_than_the_whole_is_credited(cast: Cast, wrong: Money) -> None:
    house = cast.harbour
    invoice = await issued(house, "100.00")
    path = "amount.currency" if wrong.currency == "CHF" else "amount.amount"
    async with verify_refusal(house, house.cleo, ValidationError, path=path):
        await CreditNote.write(await Invoice.load(invoice.id), "No", wrong)


async def test_a_draft_or_what_is_credited_already_is_not(cast: Cast) -> None:
    house = cast.harbour
    one = await fee_draft(house, "1.00")
    async with verify_refusal(house, house.cleo, Locked, code="NOT_ISSUED"):
        await credit(one)
    other = await issued(house, "1.00")
    async with unit_of_work(house.cleo):
        await credit(other)
    async with verify_refusal(house, house.cleo, Locked, code="CREDITED"):
        await credit(other)


async def test_an_invoice_of_nothing_is_voided_by_a_credit_note_of_nothing(cast: Cast) -> None:
    house = cast.harbour
    invoice = await written_down_to_nothing(house)
    async with reading(house.cleo):
        assert (await standings([invoice.id]))[invoice.id]["status"] == "paid"
    async with verify_refusal(house, house.cleo, ValidationError, path="amount.amount") as refusal:
        await credit(invoice, "0.01")
    assert str(refusal.error) == "It is of nothing: credit no amount."

    async with verify_action(house, house.cleo) as action:
        note = await credit(invoice)

    assert (note.number, note.net, note.tax, note.amount, note.applied) == (1, 0, 0, 0, 0)
    assert (action.kinds[0], action.kinds[-1]) == (
        EventKind.TIME_FREED, EventKind.CREDIT_NOTE_ISSUED,
    )  # fmt: skip
    assert EventKind.TRANSACTION_POSTED not in action.kinds
    async with reading(house.cleo):
        assert (await standings([invoice.id]))[invoice.id]["status"] == "credited"
    assert (await verdict(house)).findings == ()
    async with verify_refusal(house, house.cleo, Locked, code="CREDITED"):
        await credit(invoice)
    async with verify_action(house, house.cleo):
        assert (await draft(job_id=house.books)).net == 12000


async def test_nothing_voids_no_more_than_nothing_and_once_whatever_code_forgets(
    cast: Cast,
) -> None:
    house, nothing = cast.harbour, money("0.00")
    other = await issued(house, "1.00")
    async with verify_refusal(house, house.cleo, asyncpg.CheckViolationError):
        await CreditNote._issue(other, "No", nothing, nothing, 0)
    invoice = await written_down_to_nothing(house)
    async with unit_of_work(house.cleo):
        await credit(invoice)
    async with verify_refusal(house, house.cleo, asyncpg.UniqueViolationError):
        await CreditNote._issue(invoice, "No", nothing, nothing, 0)


async def test_credited_many_times_at_once_it_is_credited_once_without_a_gap(cast: Cast) -> None:
    house = cast.harbour
    invoices = [await issued(house, "1.00") for _ in range(3)]

    async def write(invoice: Invoice) -> int | str:
        try:
            async with unit_of_work(house.cleo):
                return (await credit(invoice)).number
        except PracticeError as refused:
            return refused.code

    told = await asyncio.gather(*(write(invoice) for invoice in invoices * 4))

    assert sorted(map(str, told)) == ["1", "2", "3", *["CREDITED"] * 9]
    assert (await verdict(house)).findings == ()
