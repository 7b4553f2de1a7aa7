"""The lines of a draft: added, written up and down, taxed, taken off, and their time with them."""

from decimal import Decimal
from typing import Any

import asyncpg
import pytest

from models.clients import ClientRole
from models.constraints import explained
from models.errors import Locked, ValidationError
from models.events import EventKind
from models.invoices import Invoice
from models.invoices.drafting import draft
from models.money import Money
from models.time_entries import TimeEntry
from models.unit_of_work import unit_of_work
from tests.billing import (
    fee_draft,
    line_of,
    money,
    priced,
    worked,
)
from tests.cast import Cast
from tests.verify import verify_action, verify_refusal


async def test_a_line_is_written_down_and_up_with_a_reason_and_taxed_anew(cast: Cast) -> None:
    house = cast.harbour
    invoice = await fee_draft(house, "100.00", "50.00")
    for by, net, tax in (("-10.03", 8997, 1799), ("5.00", 10500, 2100), ("0", 10000, 2000)):
        async with verify_action(house, house.cleo) as action:
            invoice = await Invoice.load(invoice.id)
            line = await invoice.adjust_line(await line_of(invoice), money(by), "Agreed")
        assert action.kinds == [EventKind.INVOICE_LINE_ADJUSTED, EventKind.INVOICE_CHANGED]
        assert (line.standard, line.net, line.tax) == (10000, net, tax)
        assert line.adjustment_reason == ("Agreed" if by != "0" else None)
        assert (invoice.net, invoice.tax) == (net + 5000, tax + 1000)


@pytest.mark.parametrize(
    "wrong", [money("-100.01"), Money(1, "CHF"), Money(10**18 - 1, "GBP")], ids=str
)
async def test_an_adjustment_that_does_not_fit_is_refused(cast: Cast, wrong: Money) -> None:
    house = cast.harbour
    invoice = await fee_draft(house, "100.00")
    async with verify_refusal(house, house.cleo, ValidationError):
        invoice = await Invoice.load(invoice.id)
        await invoice.adjust_line(await line_of(invoice), wrong, "No")


async def test_a_reason_that_is_too_long_is_called_as_it_was_sent(cast: Cast) -> None:
    house = cast.harbour
    invoice = await fee_draft(house, "100.00")
    async with verify_refusal(house, house.cleo, asyncpg.CheckViolationError) as refusal:
        invoice = await Invoice.load(invoice.id)
        await invoice.adjust_line(await line_of(invoice), money("1.00"), "x" * 501)
    assert explained(refusal.error).path == ("reason",)


async def test_an_amount_and_a_tax_rate_that_two_changed_at_once_both_stand(cast: Cast) -> None:
    house = cast.harbour
    invoice = await fee_draft(house, "100.00")
    async with unit_of_work(house.ben):
        invoice = await Invoice.load(invoice.id)
        seen = (await line_of(invoice)).version
        await invoice.adjust_line(await line_of(invoice), money("-50.00"), "Agreed")
    async with verify_action(house, house.cleo):
        invoice = await Invoice.load(invoice.id)
        line = await invoice.change_line(await line_of(invoice), {"tax_rate": Decimal(10)}, seen)

    assert (line.net, line.tax_rate, line.tax) == (5000, Decimal(10), 500)


async def test_a_lines_words_and_tax_are_changed(cast: Cast) -> None:
    house = cast.harbour
    invoice = await fee_draft(house, "100.00")
    async with verify_action(house, house.cleo):
        invoice = await Invoice.load(invoice.id)
        line = await invoice.change_line(
            await line_of(invoice),
            {"description": "Advice", "tax_category": "E", "tax_rate": Decimal(0)},
        )
    assert (line.description, line.tax_category, line.tax, invoice.total) == (
        "Advice", "E", 0, 10000,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        ({"tax_category": "S", "tax_rate": Decimal(0)}, "taxRate"),
        ({"tax_category": "Z", "tax_rate": Decimal(20)}, "taxRate"),
        ({"tax_rate": Decimal(-1)}, "taxRate"),
        ({"tax_rate": Decimal("100.1")}, "taxRate"),
        ({"tax_rate": Decimal("1.00001")}, "taxRate"),
        ({"price": Money(-1, "GBP")}, "price.amount"),
        ({"price": Money(1, "CHF")}, "price.currency"),
    ],
)
async def test_a_line_that_does_not_fit_is_refused(
    cast: Cast, wrong: dict[str, Any], path: str
) -> None:
    house = cast.harbour
    invoice = await fee_draft(house)
    async with verify_refusal(house, house.cleo, ValidationError, path=path):
        invoice = await Invoice.load(invoice.id)
        await invoice.add_line(**{"description": "Fee", "price": money("1.00"), **wrong})


async def test_a_line_taken_off_and_a_draft_given_up_free_their_time(cast: Cast) -> None:
    house = cast.harbour
    await priced(house)
    await worked(house, house.books, (house.dan, 600), (house.eve, 600))
    async with unit_of_work(house.cleo):
        invoice = await draft(job_id=house.books)

    async with verify_action(house, house.cleo) as action:
        invoice = await Invoice.load(invoice.id)
        await invoice.remove_line(await line_of(invoice))
    assert (invoice.net, len(action.events)) == (2000, 3)
    async with unit_of_work(house.cleo):
        other = await draft(job_id=house.books)
    assert other.net == 2000
    async with verify_action(house, house.cleo) as action:
        await (await Invoice.load(invoice.id)).discard()
    assert action.kinds == [
        EventKind.BILLED_TIME_REMOVED, EventKind.INVOICE_LINE_REMOVED, EventKind.INVOICE_DISCARDED,
    ]  # fmt: skip
    async with verify_action(house, house.cleo):
        assert (await draft(job_id=house.books)).net == 2000


async def test_time_on_an_invoice_is_locked_and_the_refusal_names_it(cast: Cast) -> None:
    house = cast.harbour
    await priced(house)
    (entry,) = await worked(house, house.books, (house.dan, 600))
    async with unit_of_work(house.cleo):
        invoice = await draft(job_id=house.books)
    for words in ("a draft invoice for The Bakery: take it off there first.",
                  "invoice 1: credit that whole first."):  # fmt: skip
        for changes in ({"seconds": 1}, None):
            async with verify_refusal(house, house.dan, Locked, code="BILLED") as refusal:
                held = await TimeEntry.load(entry.id)
                await (held.change(changes, None) if changes else held.remove())
            assert words in refusal.error.message
        async with unit_of_work(house.cleo):
            invoice = await Invoice.load(invoice.id)
            if invoice.number is None:
                await invoice.issue()


async def test_who_no_longer_sees_the_client_is_not_told_whose_draft_their_time_is_on(
    cast: Cast,
) -> None:
    house = cast.harbour
    await priced(house)
    (entry,) = await worked(house, house.books, (house.finn, 600))
    async with unit_of_work(house.cleo):
        await draft(job_id=house.books)
        part = await ClientRole.held("member_id = $1", house.finn.id)
        assert part is not None
        await part.end()

    async with verify_refusal(house, house.finn, Locked, code="BILLED") as refusal:
        await (await TimeEntry.load(entry.id)).remove()

    assert "This time is on a draft invoice:" in refusal.error.message
