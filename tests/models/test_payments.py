"""Payments: part, all, too much; once by their external id; each posted as double entry."""

import asyncio
from datetime import date, timedelta
from typing import Any

import asyncpg
import pytest

from models.clients import firm_today
from models.errors import Conflict, Locked, PracticeError, ValidationError
from models.events import EventKind
from models.invoices import Invoice
from models.invoices.payments import Payment
from models.invoices.standing import standings
from models.money import Money
from models.unit_of_work import current, reading, unit_of_work
from tests.billing import balances, due, fee_draft, issued, money, verdict
from tests.cast import Cast, House
from tests.verify import verify_action, verify_refusal


async def pay(invoice: Invoice, amount: str, **more: Any) -> Payment:
    return await Payment.receive(await Invoice.load(invoice.id), money(amount), **more)


async def status_of(house: House, invoice: Invoice) -> str:
    async with reading(house.cleo):
        return str((await standings([invoice.id]))[invoice.id]["status"])


async def test_part_then_the_rest_settles_it_and_more_is_the_clients_credit(cast: Cast) -> None:
    house = cast.harbour
    invoice = await issued(house, "100.00")
    for amount, applied, left, status in (
        ("50.00", 5000, 7000, "part_paid"),
        ("70.00", 7000, 0, "paid"),
        ("10.00", 0, 0, "paid"),
    ):
        async with verify_action(house, house.cleo) as action:
            payment = await pay(invoice, amount, received_on=date(2024, 4, 1))
        assert action.kinds[:2] == [EventKind.PAYMENT_RECEIVED, EventKind.TRANSACTION_POSTED]
        assert payment.applied == applied
        assert await due(house, invoice.id) == left
        assert await status_of(house, invoice) == status
    assert await balances(house, invoice.id) == {
        "receivable": 0, "fees": -10000, "tax": -2000, "bank": 13000, "client_credit": -1000,
    }  # fmt: skip
    assert (await verdict(house)).findings == ()


async def test_one_payment_over_the_whole_is_split_into_what_is_due_and_credit(cast: Cast) -> None:
    house = cast.harbour
    invoice = await issued(house, "100.00")
    async with verify_action(house, house.cleo):
        payment = await pay(invoice, "200.00")
    assert (payment.amount, payment.applied) == (20000, 12000)
    assert (await balances(house, invoice.id))["client_credit"] == -8000


async def test_a_repeat_by_its_external_id_answers_the_first(cast: Cast) -> None:
    house = cast.harbour
    invoice, other = await issued(house, "100.00"), await issued(house, "100.00")
    async with unit_of_work(house.cleo):
        first = await pay(invoice, "5.00", provider="stripe", external_id="evt_1")
    async with verify_action(house, house.cleo) as action:
        again = await pay(invoice, "5.00", provider="stripe", external_id="evt_1")
    assert (again.id, action.kinds) == (first.id, [])
    for wrong in ((invoice, "6.00"), (other, "5.00")):
        async with verify_refusal(house, house.cleo, Conflict, code="ID_TAKEN"):
            await pay(*wrong, provider="stripe", external_id="evt_1")
    async with verify_action(house, house.cleo):
        assert (await pay(invoice, "5.00", provider="gocardless", external_id="evt_1")).is_new


async def test_the_same_payment_at_once_is_there_once(cast: Cast) -> None:
    house = cast.harbour
    invoice = await issued(house, "100.00")

    async def receive() -> object:
        async with unit_of_work(house.cleo):
            return (await pay(invoice, "30.00", provider="stripe", external_id="evt_1")).id

    assert len(set(await asyncio.gather(*(receive() for _ in range(8))))) == 1
    assert await due(house, invoice.id) == 9000


async def test_payments_at_once_together_settle_no_more_than_is_due(cast: Cast) -> None:
    house = cast.harbour
    invoice = await issued(house, "100.00")

    async def receive() -> None:
        async with unit_of_work(house.cleo):
            await pay(invoice, "50.00")

    await asyncio.gather(*(receive() for _ in range(5)))

    assert await due(house, invoice.id) == 0
    assert (await balances(house, invoice.id))["client_credit"] == -13000
    assert (await verdict(house)).findings == ()


@pytest.mark.parametrize("wrong", [Money(0, "GBP"), Money(-1, "GBP"), Money(1, "CHF")], ids=str)
async def test_what_is_no_payment_is_refused(cast: Cast, wrong: Money) -> None:
    house = cast.harbour
    invoice = await issued(house, "1.00")
    path = "amount.currency" if wrong.currency == "CHF" else "amount.amount"
    async with verify_refusal(house, house.cleo, ValidationError, path=path):
        await Payment.receive(await Invoice.load(invoice.id), wrong)


async def test_nothing_is_paid_on_a_day_to_come(cast: Cast) -> None:
    house = cast.harbour
    invoice = await issued(house, "1.00")
    async with verify_refusal(house, house.cleo, ValidationError, path="receivedOn"):
        day = await firm_today() + timedelta(days=1)
        await Payment.receive(await Invoice.load(invoice.id), money("1.00"), received_on=day)


async def test_a_draft_is_not_paid(cast: Cast) -> None:
    house = cast.harbour
    invoice = await fee_draft(house, "1.00")
    async with verify_refusal(house, house.cleo, Locked, code="NOT_ISSUED"):
        await pay(invoice, "1.00")


async def test_an_unpaid_invoice_is_overdue_after_its_day(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.cleo):
        held = await Invoice.load((await fee_draft(house, "100.00")).id)
        await held.issue(date(2024, 1, 1))
    assert await status_of(house, held) == "overdue"
    async with unit_of_work(house.cleo):
        await pay(held, "120.00")
    assert await status_of(house, held) == "paid"
    fresh, draft = await issued(house, "1.00"), await fee_draft(house, "1.00")
    assert (await status_of(house, fresh), await status_of(house, draft)) == ("issued", "draft")


@pytest.mark.parametrize("table", ["payment", "credit_note", "ledger_transaction", "ledger_entry"])
async def test_what_was_posted_is_neither_changed_nor_deleted(cast: Cast, table: str) -> None:
    house = cast.harbour
    for attempt in (f"update {table} set updated_at = now()", f"delete from {table}"):
        async with verify_refusal(house, house.ada, asyncpg.InsufficientPrivilegeError):
            await current().execute(attempt)


async def test_a_refused_payment_leaves_the_ledger_as_it_was(cast: Cast) -> None:
    house = cast.harbour
    invoice = await issued(house, "1.00")
    async with verify_refusal(house, house.cleo, (PracticeError, asyncpg.CheckViolationError)):  # type: ignore[arg-type]
        await pay(invoice, "1.00", provider="x" * 61)
