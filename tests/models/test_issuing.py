"""Issuing: a number without gaps, double entry, and nothing changes any more."""

import asyncio
from datetime import date, timedelta
from typing import Any

import asyncpg
import pytest

from models.errors import Locked, ValidationError
from models.events import EventKind
from models.invoices import Invoice
from models.invoices.drafting import draft
from models.invoices.lines import InvoiceLine
from models.unit_of_work import current, reading, unit_of_work
from tests.billing import (
    DAY,
    a_job,
    balances,
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


async def test_days_follow_the_numbers(cast: Cast) -> None:
    house = cast.harbour
    first, second = await fee_draft(house, "1.00"), await fee_draft(house, "2.00")
    async with unit_of_work(house.cleo):
        await (await Invoice.load(first.id)).issue(DAY)
    async with verify_refusal(
        house, house.cleo, ValidationError, code="BEFORE_THE_LAST", path="issueDate"
    ):
        await (await Invoice.load(second.id)).issue(DAY - timedelta(days=1))
    async with unit_of_work(house.cleo):
        assert (await (await Invoice.load(second.id)).issue(DAY)).number == 2


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

    verbs: tuple[Any, ...] = (
        lambda held: held.issue(),
        lambda held: held.discard(),
        lambda held: held.add_line(description="More", price=money("1.00")),
        lambda held: _with_line(held, held.remove_line),
        lambda held: _with_line(held, lambda one: held.adjust_line(one, money("1"), "x")),
        lambda held: _with_line(held, lambda one: held.change_line(one, {"description": "x"})),
    )
    for verb in verbs:
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
        "update invoice set paper = '{}' where id = $1",
        (
            "update invoice set state = 'draft', series_id = null, number = null, issue_date = null,"
            " due_date = null, paper = null where id = $1"
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


async def test_billed_time_stays_also_against_sql(cast: Cast) -> None:
    house = cast.harbour
    await priced(house)
    (entry,) = await worked(house, house.books, (house.dan, 600))
    async with unit_of_work(house.cleo):
        await draft(job_id=house.books)
    async with verify_refusal(house, house.ada, asyncpg.RestrictViolationError) as refusal:
        await current().execute("update time_entry set seconds = 1 where id = $1", entry.id)
    assert refusal.error.constraint_name == "billed_time_stays"
    async with verify_refusal(house, house.ada, asyncpg.ForeignKeyViolationError):
        await current().execute("delete from time_entry where id = $1", entry.id)


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
