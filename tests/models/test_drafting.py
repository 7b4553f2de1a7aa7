"""Drafting: a job's unbilled time becomes an invoice, each entry on one alone."""

import asyncio
from decimal import Decimal

import asyncpg
import pytest

from models.billed_time import InvoiceLineTime
from models.clients import Client
from models.errors import Conflict, Locked, NotFound, PracticeError, ValidationError
from models.events import EventKind
from models.firms import Firm
from models.invoices import Invoice
from models.invoices.drafting import draft
from models.money import Money
from models.rates import Rate
from models.time_entries import TimeEntry
from models.unit_of_work import reading, unit_of_work
from tests.billing import (
    DAY,
    fee_draft,
    line_of,
    money,
    priced,
    verdict,
    worked,
)
from tests.cast import Cast
from tests.verify import verify_action, verify_refusal


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
    assert "is on a draft invoice for The Bakery already" in refusal.error.message
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
    assert (line.tax_category, line.tax_rate, line.tax) == ("S", Decimal(20), 200)
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
    assert made.net == 10000
    assert all("a draft invoice for The Bakery" in one.message for one in refused)
    async with reading(house.cleo) as unit:
        rows = await unit.fetch("select invoice_id, count(*) from invoice_line_time group by 1")
        assert [(row["invoice_id"], row["count"]) for row in rows] == [(made.id, 5)]
        assert await unit.fetchval("select count(*) from invoice") == 1


async def test_time_that_changes_while_it_is_drafted_is_billed_as_it_is_then(cast: Cast) -> None:
    house = cast.harbour
    await priced(house)
    entries = await worked(house, house.books, *[(house.dan, 600)] * 6)

    async def change(entry: TimeEntry) -> str:
        try:
            async with unit_of_work(house.dan):
                await (await TimeEntry.load(entry.id)).change({"seconds": 1200}, None)
        except Locked as refused:
            return refused.code
        return "changed"

    async def bill() -> Invoice:
        async with unit_of_work(house.cleo):
            return await draft(job_id=house.books)

    told, invoice = await asyncio.gather(asyncio.gather(*map(change, entries)), bill())

    changed = told.count("changed")
    assert told.count("BILLED") == 6 - changed
    assert invoice.net == 2000 * 6 + 2000 * changed
    assert (await verdict(house)).findings == ()


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
