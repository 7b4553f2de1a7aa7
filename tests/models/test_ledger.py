"""The ledger: what does not balance is not kept, and recomputing it names each row that is wrong."""

import asyncio
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import asyncpg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from models import ledger
from models.errors import PracticeError
from models.invoices import Invoice
from models.invoices.credit_notes import CreditNote
from models.invoices.drafting import draft
from models.invoices.payments import Payment
from models.ledger import Account
from models.ledger.verification import verify
from models.money import Money
from models.time_entries import TimeEntry
from models.unit_of_work import current, unit_of_work
from tests.billing import DAY, due, fee_draft, issued, money, priced, verdict, worked
from tests.cast import Cast, House, one_firm
from tests.verify import verify_refusal


@pytest.mark.parametrize("amounts", [{Account.BANK: 1}, {Account.BANK: 2, Account.FEES: -1}])
async def test_commit_refuses_what_does_not_balance(
    cast: Cast, amounts: dict[Account, int]
) -> None:
    house = cast.harbour
    one = await fee_draft(house, "1.00")
    async with verify_refusal(house, house.cleo, asyncpg.CheckViolationError) as refusal:
        await ledger.post("issue", await Invoice.load(one.id), DAY, amounts)
    assert refusal.error.constraint_name == "ledger_balances"


async def test_commit_refuses_a_transaction_without_entries_and_a_single_further_entry(
    cast: Cast,
) -> None:
    house = cast.harbour
    invoice = await issued(house, "1.00")
    transaction = (
        "insert into ledger_transaction (firm_id, id, created_at, updated_at, kind, client_id,"
        " currency, invoice_id, posted_on) select firm_id, gen_random_uuid(), now(), now(),"
        " 'issue', client_id, currency, $1, '2026-01-01' from invoice where id = $2"
    )
    entry = (
        "insert into ledger_entry (firm_id, id, created_at, updated_at, transaction_id, account,"
        " amount, client_id, currency, invoice_id) select firm_id, gen_random_uuid(), now(), now(),"
        " id, 'bank', 1, client_id, currency, invoice_id from ledger_transaction"
        " where invoice_id = $1"
    )
    bare = await fee_draft(house, "1.00")
    async with verify_refusal(house, house.ada, asyncpg.CheckViolationError):
        await current().execute(transaction, bare.id, bare.id)
    async with verify_refusal(house, house.ada, asyncpg.CheckViolationError):
        await current().execute(entry, invoice.id)


@pytest.mark.parametrize(
    ("damage", "entity"),
    [
        ("update ledger_entry set amount = amount + 1 where account = 'tax'", "ledger_transaction"),
        ("update ledger_entry set account = 'adjustments' where account = 'fees'", "invoice"),
        ("update payment set applied = applied - 1", "payment"),
        ("update credit_note set applied = applied - 1", "credit_note"),
        ("update invoice_line set net = net + 1, standard = standard + 1", "invoice"),
        (("update invoice_line set standard = standard + 1, adjustment = adjustment - 1,"
         " adjustment_reason = 'x' where seconds > 0"), "invoice_line"),
        ("update invoice set net = net + 1, total = total + 1", "invoice"),
        (("delete from ledger_entry using ledger_transaction t where t.id = transaction_id"
         " and t.kind = 'payment'"), "payment"),
        ("update ledger_transaction set posted_on = posted_on - 31 where kind = 'issue'", "invoice"),
        ("update payment set received_on = received_on - 31", "payment"),
        ("update ledger_entry set invoice_id = null where account = 'fees'", "invoice"),
        ("update invoice_line_time set voided_at = now()", "invoice_line_time"),
        ("delete from invoice_line_time", "invoice_line"),
        ("update invoice set number = number + 1", "invoice_series"),
    ],
)  # fmt: skip
async def test_recomputing_names_the_row_that_was_changed_behind_its_back(
    cast: Cast, as_owner: "asyncpg.Connection[Any]", damage: str, entity: str
) -> None:
    house = cast.harbour
    await priced(house)
    await worked(house, house.books, (house.dan, 3600))
    async with unit_of_work(house.cleo):
        invoice = await draft(job_id=house.books)
        await invoice.add_line(description="Fee", price=money("100"), tax_rate=Decimal(20))
        await invoice.issue()
        await Payment.receive(invoice, money("10.00"))
        await CreditNote.write(invoice, "Kindness", money("20.00"))
    table = damage.removeprefix("delete from ").removeprefix("update ").split()[0]
    of_firm = f"{' and' if ' where ' in damage else ' where'} {table}.firm_id = $1"

    behind = as_owner.transaction()
    await behind.start()
    assert (await verify(as_owner.fetch)).findings == ()
    await as_owner.execute(f"alter table {table} disable trigger user")
    await as_owner.execute(damage + of_firm, house.id)
    found = (await verify(as_owner.fetch)).findings
    await behind.rollback()

    assert [one for one in found if one.startswith(f"{entity} ")], found


async def test_the_verdict_is_one_line(cast: Cast) -> None:
    house = cast.harbour
    await issued(house, "100.00")
    assert str(await verdict(house)) == (
        "1 transactions with 3 entries balance, and 1 invoices are what they say."
    )


# ------------------------------------------------------------------------------ random sequences

_VERBS = ("work", "draft", "fee", "fee", "adjust", "remove", "discard", "issue", "issue", "issue",
          "pay", "pay", "pay", "credit", "credit", "credit all")  # fmt: skip
_RATES = some.sampled_from([Decimal(0), Decimal("7.7"), Decimal(20)])
_ACTS = some.tuples(
    some.sampled_from(_VERBS), some.integers(1, 20_000), some.integers(0, 5), _RATES
)
_BEGINNING = (("work", 5_400, 1, Decimal(0)), ("draft", 0, 1, Decimal(0)),
              ("draft", 0, 0, Decimal(0)), ("fee", 10_000, 1, Decimal(20)))  # fmt: skip


class Books:
    """A firm's invoices under whatever is done; what a rule refuses is no fault."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.invoices: list[Invoice] = []

    async def act(self, verb: str, number: int, place: int, rate: Decimal) -> None:
        try:
            async with unit_of_work(self.house.ada):
                await self._act(verb, number, place, rate)
        except PracticeError:
            return

    async def _act(self, verb: str, number: int, place: int, rate: Decimal) -> None:
        house = self.house
        if verb == "work":
            await TimeEntry.log(seconds=number, job_id=house.books, local_date=DAY)
        elif verb == "draft" or not self.invoices:
            job_id = house.books if place % 2 else None
            self.invoices.append(await draft(job_id=job_id, client_id=house.bakery))
        else:
            kept = self.invoices[place % len(self.invoices)]
            await self._bill(verb, Money(number, "GBP"), await Invoice.load(kept.id), rate)

    async def _bill(self, verb: str, amount: Money, invoice: Invoice, rate: Decimal) -> None:
        lines = await invoice.lines()
        match verb:
            case "fee":
                await invoice.add_line(description="Fee", price=amount, tax_rate=rate)
            case "adjust" if lines:
                await invoice.adjust_line(lines[-1], Money(amount.minor - 9000, "GBP"), "So")
            case "remove" if lines:
                await invoice.remove_line(lines[0])
            case "discard":
                await invoice.discard()
            case "issue":
                await invoice.issue()
            case "pay":
                await Payment.receive(invoice, amount)
            case "credit":
                await CreditNote.write(invoice, "So", amount)
            case "credit all":
                await CreditNote.write(invoice, "So")


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(acts=some.lists(_ACTS, min_size=15, max_size=50))
async def test_whatever_is_done_ledger_and_invoices_agree(
    practice: Any, acts: Sequence[tuple[str, int, int, Decimal]]
) -> None:
    house = await one_firm()
    await priced(house, "100.05")
    books = Books(house)

    for act in (*_BEGINNING, *acts):
        await books.act(*act)

    assert (await verdict(house)).findings == ()
    await _agree(house, books)


async def _agree(house: House, books: Books) -> None:
    async with unit_of_work(house.ada) as unit:
        for kept in books.invoices:
            invoice = await Invoice.find(kept.id)
            if invoice is None:
                continue
            settled = await unit.fetchval(
                "select coalesce(sum(applied), 0)::bigint from (select applied from payment"
                " where invoice_id = $1 union all select applied from credit_note"
                " where invoice_id = $1) documents", invoice.id,
            )  # fmt: skip
            whole = invoice.total if invoice.state == "issued" else 0
            assert 0 <= await ledger.outstanding(invoice.id) == whole - settled
        numbers = await unit.fetch("select number from invoice where number > 0 order by number")
        assert [row["number"] for row in numbers] == list(range(1, len(numbers) + 1))
        assert not await unit.fetch(
            "select time_entry_id from invoice_line_time where voided_at is null"
            " group by 1 having count(*) > 1"
        )


async def test_whatever_many_do_at_once_ledger_and_invoices_agree(cast: Cast) -> None:
    house = cast.harbour
    invoice = await issued(house, "1000.00")
    acts = [lambda held: Payment.receive(held, money("90.00")),
            lambda held: CreditNote.write(held, "So", money("70.00"))] * 6  # fmt: skip

    async def do(act: Any) -> None:
        async with unit_of_work(house.cleo):
            await act(await Invoice.load(invoice.id))

    await asyncio.gather(*(do(act) for act in acts))

    assert (await verdict(house)).findings == ()
    assert await due(house, invoice.id) == 120_000 - 6 * 16_000
