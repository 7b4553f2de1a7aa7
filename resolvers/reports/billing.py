"""What was billed, what came in and what is still owed: from the ledger, to the cent."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from models.ledger import LedgerEntry
from models.money import Money
from models.unit_of_work import Row, current
from models.visibility import visible
from resolvers.filters import Where
from resolvers.reports.periods import MOST_ROWS, must_be_a_period, must_not_be_too_many

LEDGER_SUMS = """
  -sum(amount) filter (where account in ('fees', 'adjustments')) as billed,
  -sum(amount) filter (where account = 'tax') as tax,
  sum(amount) filter (where account = 'bank') as paid,
  sum(amount) filter (where kind = 'credit' and account in ('fees', 'tax')) as credited,
  -sum(amount) filter (where account = 'adjustments' and amount < 0) as written_up,
  sum(amount) filter (where account = 'adjustments' and amount > 0) as written_down"""
_MOVED = ("billed", "tax", "paid", "credited", "written_up", "written_down")
_AMOUNTS = (*_MOVED, "outstanding")


class BillingBy(StrEnum):
    CLIENT = "client_id"
    MONTH = "month"


async def billing(
    first: date, last: date, group_by: Sequence[BillingBy],
    client: Mapping[str, Any] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """A row for each currency and combination in which there is anything, and each currency's
    sums."""
    must_be_a_period(first, last)
    where = Where()
    where.compare("t.client_id", client)
    by = [dimension for dimension in BillingBy if dimension in group_by]
    rows = await _rows(where, first, last, by)
    must_not_be_too_many(rows)
    none = dict.fromkeys(dimension for dimension in BillingBy if dimension not in by)
    return {"rows": [_told(row) | none for row in rows], "totals": _totals(rows)}


async def _rows(where: Where, first: date, last: date, by: Sequence[BillingBy]) -> list[Row]:
    """What was owed before the period counts in its first month, where it is only carried on."""
    unit = current()
    begin, end = where.value(first), where.value(last)
    client = "t.client_id" if BillingBy.CLIENT in by else f"'{UUID(int=0)}'::uuid"
    month = "date_trunc('month', {})::date" if BillingBy.MONTH in by else f"{begin}::date"
    last_month = month.format(f"{end}::date")
    sums = ", ".join(f"coalesce(s.{name}, 0) as {name}" for name in _MOVED)
    return await unit.fetch(
        f"""with posting as (
            select {client} as client_id, t.currency, t.account, x.kind,
              {month.format(f"greatest(x.posted_on, {begin}::date)")} as month, t.amount as owed,
              case when x.posted_on >= {begin} then t.amount end as amount
            from ledger_entry t
            join ledger_transaction x on x.firm_id = t.firm_id and x.id = t.transaction_id
            where x.posted_on <= {end} and {where.sql} and {visible(LedgerEntry, unit.viewer)}
          ), moved as (
            select client_id, currency, month, {LEDGER_SUMS},
              sum(owed) filter (where account = 'receivable') as owed
            from posting group by client_id, currency, month
          ), told as (
            select p.client_id, p.currency, m.month, {sums}, coalesce(sum(s.owed) over (
              partition by p.client_id, p.currency order by m.month), 0) as outstanding
            from (select distinct client_id, currency from posting) p
            cross join (select generate_series({month.format(f"{begin}::date")}, {last_month},
              interval '1 month')::date as month) m
            left join moved s using (client_id, currency, month)
          )
          select * from told where ({", ".join(_AMOUNTS)}) <> ({", ".join("0" for _ in _AMOUNTS)})
          order by (select lower(name) from client where id = told.client_id), client_id,
            currency, month limit {MOST_ROWS + 1}""",
        *where.values,
    )  # fmt: skip


def _totals(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Movements are added up; of what is owed the last month's counts, client by client."""
    totals: dict[str, dict[str, Any]] = {}
    owed: dict[str, dict[Any, Any]] = {}
    for row in rows:
        sums = totals.setdefault(row["currency"], {"currency": row["currency"],
                                                   **dict.fromkeys(_AMOUNTS, 0)})  # fmt: skip
        for name in _MOVED:
            sums[name] += row[name]
        owed.setdefault(row["currency"], {})[row["client_id"]] = row["outstanding"]
    for code, clients in owed.items():
        totals[code]["outstanding"] = sum(clients.values())
    return [_told(totals[code]) for code in sorted(totals)]


def _told(row: Mapping[str, Any]) -> dict[str, Any]:
    return dict(row) | {name: Money(int(row[name]), row["currency"]).row for name in _AMOUNTS}
