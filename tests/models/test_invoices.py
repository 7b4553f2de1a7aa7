"""Invoices: drafted from time, adjusted, issued with a number, and never changed again."""

import asyncio
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import asyncpg
import pytest

from models.billed_time import InvoiceLineTime
from models.clients import Client
from models.errors import Conflict, Locked, NotFound, PracticeError, ValidationError
from models.events import EventKind
from models.firms import Firm
from models.invoices import Invoice
from models.invoices.drafting import draft
from models.invoices.lines import InvoiceLine
from models.money import Money
from models.rates import Rate
from models.time_entries import TimeEntry
from models.unit_of_work import current, reading, unit_of_work
from tests.billing import (
    DAY,
    a_job,
    balances,
    fee_draft,
    issued,
    money,
    priced,
    verdict,
    worked,
)
from tests.cast import Cast, House
from tests.verify import verify_action, verify_refusal


async def line_of(invoice: Invoice, number: int = 0) -> InvoiceLine:
    return (await invoice.lines())[number]


# --------------------------------------------------------------------------------------- drafting


async def test_a_jobs_unbilled_time_becomes_a_line_for_each_member(cast: Cast) -> None:
    house = cast.harbour
    await priced(house)
    await worked(house, house.books, (house.dan, 1800), (house.eve, 3600), (house.dan, 900))
    async with unit_of_work(house.cleo):
        await Rate.set(from_date=DAY, hourly=Decimal(200), member_id=house.eve.id)

    async with verify_action(house, house.cleo) as action:
        invoice = await draft(job_id=house.books)
        lines = await invoice.lines()

    assert [(line.description, line.seconds, line.net) for line in lines] == [
        ("Books: Dan", 2700, 9000), ("Books: Eve", 3600, 20000),
    ]  # fmt: skip
    assert (invoice.net, invoice.tax, invoice.total) == (29000, 0, 29000)
    assert (invoice.state, invoice.number, invoice.currency) == ("draft", None, "GBP")
    assert action.kinds.count(EventKind.TIME_BILLED) == 3


async def test_each_entry_is_worth_its_own_rounded_value_and_the_line_is_their_sum(
    cast: Cast,
) -> None:
    house = cast.harbour
    await priced(house, "100.05")
    await worked(house, house.books, (house.dan, 61), (house.dan, 61), (house.dan, 61))

    async with verify_action(house, house.cleo):
        invoice = await draft(job_id=house.books)

    one = Money.worked(Decimal("100.05"), 61, "GBP").minor
    assert (one, invoice.net) == (170, 510)


async def test_what_is_not_billable_or_billed_already_stays_off(cast: Cast) -> None:
    house = cast.harbour
    await priced(house)
    await worked(house, house.books, (house.dan, 3600))
    async with unit_of_work(house.dan):
        await TimeEntry.log(seconds=60, job_id=house.books, billing="no_charge")
    async with unit_of_work(house.cleo):
        first = await draft(job_id=house.books)
    async with verify_refusal(house, house.cleo, Conflict, code="NOTHING_TO_BILL") as refusal:
        await draft(job_id=house.books)
    assert first.id.hex in refusal.error.message
    await worked(house, house.books, (house.dan, 1800))

    async with verify_action(house, house.cleo):
        second = await draft(job_id=house.books)

    assert (first.net, second.net) == (12000, 6000)


async def test_a_draft_takes_the_terms_and_the_tax_of_client_and_firm(cast: Cast) -> None:
    house = cast.harbour
    async with verify_action(house, house.ada):
        firm = await Firm.load(house.id)
        await firm.change({"tax_rate": Decimal(20), "payment_terms_days": 14}, None)
        await (await Client.load(house.mill)).change({"payment_terms_days": 7}, None)

    async with verify_action(house, house.cleo):
        one = await draft(client_id=house.bakery)
        line = await one.add_line(description="Fee", price=money("10.00"))
        other = await draft(client_id=house.mill)

    assert (one.payment_terms_days, other.payment_terms_days) == (14, 7)
    assert (line.tax_category, line.tax_rate, line.tax) == ("S", 20, 200)
    assert (one.net, one.tax, one.total) == (1000, 200, 1200)


@pytest.mark.parametrize(("rate", "code"), [(None, "NO_RATE"), ("EUR", "OTHER_CURRENCY")])
async def test_time_without_a_rate_in_the_clients_currency_is_not_billed(
    cast: Cast, rate: str | None, code: str
) -> None:
    house = cast.harbour
    await worked(house, house.books, (house.dan, 60))
    if rate:
        async with unit_of_work(house.cleo):
            await Rate.set(from_date=DAY, hourly=Decimal(1), currency=rate)

    async with verify_refusal(house, house.cleo, ValidationError, code=code, path="jobId"):
        await draft(job_id=house.books)


async def test_what_one_does_not_see_one_does_not_bill(cast: Cast) -> None:
    house = cast.harbour
    for hidden in ({"job_id": house.secret}, {"client_id": house.vault},
                   {"job_id": cast.alpine.books}):  # fmt: skip
        async with verify_refusal(house, house.cleo, NotFound):
            await draft(**hidden)
    async with verify_refusal(house, house.cleo, ValidationError):
        await draft()
    async with verify_refusal(house, house.cleo, ValidationError, path="clientId"):
        await draft(job_id=house.books, client_id=house.mill)


async def test_a_draft_of_ones_own_id_is_made_once(cast: Cast) -> None:
    house = cast.harbour
    id = (await fee_draft(cast.alpine)).id
    async with verify_action(house, house.cleo):
        assert (await draft(client_id=house.bakery, id=id)).is_new
    async with verify_action(house, house.cleo) as action:
        assert not (await draft(client_id=house.bakery, id=id)).is_new
    assert action.kinds == []


async def test_the_same_time_drafted_twice_at_once_lands_on_one_invoice(cast: Cast) -> None:
    house = cast.harbour
    await priced(house)
    await worked(house, house.books, *[(house.dan, 600)] * 5)

    async def try_it() -> Invoice | PracticeError:
        try:
            async with unit_of_work(house.cleo):
                return await draft(job_id=house.books)
        except PracticeError as refused:
            return refused

    told = await asyncio.gather(*(try_it() for _ in range(6)))

    (made,) = [one for one in told if isinstance(one, Invoice)]
    refused = [one for one in told if isinstance(one, PracticeError)]
    assert {one.code for one in refused} == {"NOTHING_TO_BILL"}
    assert all(made.id.hex in one.message for one in refused)
    async with reading(house.cleo) as unit:
        rows = await unit.fetch("select invoice_id, count(*) from invoice_line_time group by 1")
        assert [tuple(row) for row in rows] == [(made.id, 5)]
        assert await unit.fetchval("select count(*) from invoice") == 1


async def test_the_database_lets_no_entry_stand_on_two_live_invoices(cast: Cast) -> None:
    house = cast.harbour
    await priced(house)
    (entry,) = await worked(house, house.books, (house.dan, 600))
    async with unit_of_work(house.cleo):
        await draft(job_id=house.books)
    other = await fee_draft(house, "1.00")

    async with verify_refusal(house, house.cleo, asyncpg.UniqueViolationError):
        line = await line_of(other)
        await InvoiceLineTime.create(EventKind.TIME_BILLED, given={
            "line_id": line.id, "invoice_id": other.id, "client_id": house.bakery,
            "time_entry_id": entry.id, "seconds": 600, "hourly": Decimal(1), "value": 1,
        })  # fmt: skip


# ------------------------------------------------------------------------------- changing a draft


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
    "wrong",
    [
        {"tax_category": "S", "tax_rate": Decimal(0)},
        {"tax_category": "Z", "tax_rate": Decimal(20)},
        {"tax_rate": Decimal(-1)},
        {"tax_rate": Decimal("100.1")},
        {"tax_rate": Decimal("1.00001")},
        {"price": Money(-1, "GBP")},
        {"price": Money(1, "CHF")},
    ],
)
async def test_a_line_that_does_not_fit_is_refused(cast: Cast, wrong: dict[str, Any]) -> None:
    house = cast.harbour
    invoice = await fee_draft(house)
    async with verify_refusal(house, house.cleo, ValidationError):
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
    for name in (f"invoice_{invoice.id.hex}", "invoice 1"):
        for verb in (lambda one: one.change({"seconds": 1}, None), lambda one: one.remove()):
            async with verify_refusal(house, house.dan, Locked, code="BILLED") as refusal:
                await verb(await TimeEntry.load(entry.id))
            assert name in refusal.error.message
        async with unit_of_work(house.cleo):
            held = await Invoice.load(invoice.id)
            if held.number is None:
                await held.issue()


# ---------------------------------------------------------------------------------------- issuing


async def test_issuing_posts_it_and_gives_it_the_next_number(cast: Cast) -> None:
    house = cast.harbour
    draft_ = await fee_draft(house, "100.00", "33.33")
    async with unit_of_work(house.cleo):
        invoice = await Invoice.load(draft_.id)
        await invoice.adjust_line(await line_of(invoice), money("-10.00"), "Kindness")

    async with verify_action(house, house.cleo) as action:
        invoice = await (await Invoice.load(draft_.id)).issue(DAY)

    assert action.kinds[0] == EventKind.TRANSACTION_POSTED
    assert action.kinds[-2:] == [EventKind.SERIES_ADVANCED, EventKind.INVOICE_ISSUED]
    assert (invoice.state, invoice.number) == ("issued", 1)
    assert (invoice.issue_date, invoice.due_date) == (DAY, DAY + timedelta(days=30))
    assert await balances(house, invoice.id) == {
        "receivable": 14800, "fees": -13333, "adjustments": 1000, "tax": -2467,
    }  # fmt: skip
    assert (await verdict(house)).findings == ()
    assert (await issued(house, "1.00")).number == 2


async def test_each_firm_counts_for_itself(cast: Cast) -> None:
    assert (await issued(cast.harbour, "1.00")).number == 1
    async with unit_of_work(cast.alpine.cleo):
        invoice = await draft(client_id=cast.alpine.bakery)
        await invoice.add_line(description="Fee", price=money("1.00", "CHF"))
        assert (await invoice.issue()).number == 1


async def test_an_empty_draft_or_one_ahead_of_its_day_is_not_issued(cast: Cast) -> None:
    house = cast.harbour
    empty = await fee_draft(house)
    async with verify_refusal(house, house.cleo, ValidationError, code="EMPTY"):
        await (await Invoice.load(empty.id)).issue()
    full = await fee_draft(house, "1.00")
    async with verify_refusal(house, house.cleo, ValidationError, path="issueDate"):
        await (await Invoice.load(full.id)).issue(date(2100, 1, 1))


async def test_what_was_issued_is_refused_every_verb_that_changes_it(cast: Cast) -> None:
    house = cast.harbour
    invoice = await issued(house, "1.00")

    async def line(held: Invoice) -> InvoiceLine:
        return await line_of(held)

    for verb in (
        lambda held: held.issue(),
        lambda held: held.discard(),
        lambda held: held.add_line(description="More", price=money("1.00")),
        lambda held: _with_line(held, held.remove_line),
        lambda held: _with_line(held, lambda one: held.adjust_line(one, money("1"), "x")),
        lambda held: _with_line(held, lambda one: held.change_line(one, {"description": "x"})),
    ):
        async with verify_refusal(house, house.cleo, Locked, code="ISSUED") as refusal:
            await verb(await Invoice.load(invoice.id))
        assert "Invoice 1" in refusal.error.message


async def _with_line(invoice: Invoice, act: Any) -> None:
    await act(await line_of(invoice))


@pytest.mark.parametrize(
    "attempt",
    [
        "update invoice set total = total + 1, net = net + 1 where id = $1",
        "update invoice set due_date = due_date + 1 where id = $1",
        (
            "update invoice set state = 'draft', series_id = null, number = null, issue_date = null,"
            " due_date = null where id = $1"
        ),
        "delete from invoice where id = $1",
        "update invoice_line set description = 'x' where invoice_id = $1",
        "delete from invoice_line where invoice_id = $1",
        "delete from invoice_line_time where invoice_id = $1",
        "update invoice_line_time set value = 0 where invoice_id = $1",
        "update invoice_line_time set voided_at = now(), value = 0 where invoice_id = $1",
        (
            "insert into invoice_line select (jsonb_populate_record(l, jsonb_build_object("
            "'id', gen_random_uuid(), 'position', 99))).* from invoice_line l where invoice_id = $1"
        ),
    ],
)
async def test_an_issued_invoice_stays_also_against_sql(cast: Cast, attempt: str) -> None:
    house = cast.harbour
    await priced(house)
    await worked(house, house.books, (house.dan, 600))
    async with unit_of_work(house.cleo):
        invoice = await (await draft(job_id=house.books)).issue()

    async with verify_refusal(house, house.ada, asyncpg.RestrictViolationError) as refusal:
        await current().execute(attempt, invoice.id)
    assert refusal.error.constraint_name == "invoice_stays"


async def test_totals_that_are_not_those_of_the_lines_are_not_issued(cast: Cast) -> None:
    house = cast.harbour
    invoice = await fee_draft(house, "1.00")
    async with verify_refusal(house, house.cleo, asyncpg.CheckViolationError):
        held = await Invoice.load(invoice.id)
        await held.record(EventKind.INVOICE_CHANGED, net=1, total=1 + held.tax)
        await held.issue()


# ---------------------------------------------------------------------------------------- numbers


async def numbers(house: House) -> list[int]:
    async with reading(house.system) as unit:
        rows = await unit.fetch("select number from invoice where number > 0 order by number")
    return [row["number"] for row in rows]


async def test_fifty_issues_at_once_leave_the_numbers_one_to_fifty(cast: Cast) -> None:
    house = cast.harbour
    drafts = [await fee_draft(house, "1.00") for _ in range(50)]

    async def issue(id: Any) -> None:
        async with unit_of_work(house.cleo):
            await (await Invoice.load(id)).issue()

    await asyncio.gather(*(issue(one.id) for one in drafts))

    assert await numbers(house) == list(range(1, 51))
    assert (await verdict(house)).findings == ()


async def test_issues_that_fail_among_others_leave_no_gap(cast: Cast) -> None:
    house = cast.harbour
    drafts = [await fee_draft(house, "1.00") for _ in range(12)]

    async def issue(place: int, id: Any) -> None:
        async with unit_of_work(house.cleo):
            invoice = await (await Invoice.load(id)).issue()
            if place % 3 == 0:  # after its number was taken, a real constraint refuses the unit
                await InvoiceLine.create(EventKind.INVOICE_LINE_ADDED, given={
                    "invoice_id": invoice.id, "client_id": invoice.client_id, "currency": "GBP",
                    "position": 9, "description": "Late", "standard": 0, "adjustment": 0, "net": 0,
                    "tax_category": "Z", "tax_rate": 0, "tax": 0,
                })  # fmt: skip

    told = await asyncio.gather(
        *(issue(place, one.id) for place, one in enumerate(drafts)), return_exceptions=True
    )

    failed = [one for one in told if one is not None]
    assert {type(one) for one in failed} == {asyncpg.RestrictViolationError}
    assert len(failed) == 4
    assert await numbers(house) == list(range(1, 9))
    await a_job(house, "Work goes on")
    assert (await issued(house, "1.00")).number == 9


async def test_one_draft_issued_many_times_at_once_has_one_number(cast: Cast) -> None:
    house = cast.harbour
    one = await fee_draft(house, "1.00")

    async def issue() -> str:
        try:
            async with unit_of_work(house.cleo):
                await (await Invoice.load(one.id)).issue()
        except Locked as refused:
            return refused.code
        return "ISSUED NOW"

    told = await asyncio.gather(*(issue() for _ in range(8)))

    assert sorted(told) == ["ISSUED"] * 7 + ["ISSUED NOW"]
    assert await numbers(house) == [1]
    assert (await verdict(house)).findings == ()
