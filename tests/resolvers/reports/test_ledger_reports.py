"""What is owed and what was billed: what the ledger says, to the cent."""

from datetime import date, timedelta

from models.clients import Client, firm_today
from models.invoices.drafting import draft
from models.money import Money
from models.unit_of_work import reading, unit_of_work
from resolvers.reports.billing import BillingBy, billing
from resolvers.reports.receivables import aged
from tests.billing import money
from tests.cast import Cast, House
from tests.resolvers.reports.spring import JANUARY, MARCH, pounds


async def test_receivables_age_from_their_due_date_and_drill_down(house: House) -> None:
    due = date(2024, 4, 1)
    for days, bucket, owed in (
        (-30, "not_due", "150.00"), (0, "not_due", "150.00"), (1, "days_1_to_30", "150.00"),
        (30, "days_1_to_30", "120.00"), (31, "days_31_to_60", "120.00"),
        (90, "days_61_to_90", "120.00"), (91, "over_90_days", "120.00"),
    ):  # fmt: skip
        async with reading(house.ada):
            (row,) = (await aged(due + timedelta(days=days)))["rows"]
        assert (row["client_id"], row[bucket], row["total"]) == (house.bakery, *pounds(owed) * 2)
    async with reading(house.ada):
        today = await aged(None)
        (row,) = today["rows"]
    assert row["over_90_days"] == row["total"] == pounds("105.00")[0]
    assert [invoice["outstanding"] for invoice in row["invoices"]] == pounds("105.00")
    assert [sums["total"] for sums in today["totals"]] == pounds("105.00")
    async with reading(house.ada):
        assert (await aged(date(2024, 3, 1)))["rows"] == []


async def test_billing_agrees_with_the_ledger_to_the_cent(house: House) -> None:
    async with reading(house.ada) as unit:
        today = await firm_today()
        report = await billing(JANUARY, today, [BillingBy.MONTH])
        by_month = {row["month"]: row for row in report["rows"]}
        (total,) = report["totals"]
        rows = await unit.fetch(
            "select account, sum(amount)::bigint as amount from ledger_entry group by 1"
        )
    ledger = {row["account"]: Money(row["amount"], "GBP").row for row in rows}
    assert total["outstanding"] == ledger["receivable"] == pounds("105.00")[0]
    assert total["paid"] == ledger["bank"]
    march = by_month[MARCH]
    assert (march["billed"], march["written_down"]) == tuple(pounds("150.00", "80.00"))
    assert by_month[date(2024, 4, 1)]["outstanding"] == pounds("120.00")[0]
    credited = by_month[today.replace(day=1)]
    assert (credited["billed"], credited["credited"]) == tuple(pounds("-15.00", "15.00"))
    assert total["billed"] == pounds("135.00")[0]


async def test_each_currency_has_its_own_row_and_its_own_sums(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.ada):
        abroad = await Client.add(name="Auberge", currency="EUR")
        for client_id, fees in ((house.bakery, "100.00"), (abroad.id, "70.00")):
            invoice = await draft(client_id=client_id)
            await invoice.add_line(description="Fee", price=money(fees, invoice.currency))
            await invoice.issue()
    async with reading(house.ada):
        today = await firm_today()
        owed, billed = await aged(today), await billing(today, today, [BillingBy.MONTH])
    for report, name in ((owed, "total"), (billed, "billed")):
        sums = [(one["currency"], one[name]["amount"]) for one in report["totals"]]
        assert sums == [("EUR", "70.00"), ("GBP", "100.00")]
        assert len(report["rows"]) == 2
