"""What clients owe on a day, and since when it should have been paid; from the ledger."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from models.clients import firm_today
from models.ledger import LedgerEntry
from models.money import Money
from models.unit_of_work import Row, current
from models.visibility import visible
from resolvers.filters import Where
from resolvers.reports.periods import MOST_ROWS, must_not_be_too_many

_BUCKETS = {"not_due": 0, "days_1_to_30": 30, "days_31_to_60": 60, "days_61_to_90": 90}
"""Up to how many days past its due date an amount stands there."""
_OLDEST = "over_90_days"


async def aged(on: date | None, client: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """A row for each client and currency, and the sums of each currency."""
    day = on or await firm_today()
    rows = await _invoices(day, client)
    must_not_be_too_many(rows)
    clients: dict[tuple[UUID, str], dict[str, Any]] = {}
    totals: dict[str, dict[str, Any]] = {}
    for row in rows:
        due = _due(row, day)
        place = (row["client_id"], row["currency"])
        of_client = clients.setdefault(place, _nothing(row))
        of_client["invoices"].append(due)
        for sums in (of_client, totals.setdefault(row["currency"], _nothing(row))):
            for name in (_bucket(due["days_overdue"]), "total"):
                sums[name] += row["outstanding"]
    return {"on": day, "rows": [_told(sums) for sums in clients.values()],
            "totals": [_told(totals[code]) for code in sorted(totals)]}  # fmt: skip


async def _invoices(day: date, client: Mapping[str, Any] | None) -> list[Row]:
    unit, where = current(), Where()
    where.add("x.posted_on <= {}", day)
    where.compare("t.client_id", client)
    return await unit.fetch(
        f"""select t.client_id, t.currency, t.invoice_id, i.due_date, sum(t.amount) as outstanding
          from ledger_entry t
          join ledger_transaction x on x.firm_id = t.firm_id and x.id = t.transaction_id
          join invoice i on i.firm_id = t.firm_id and i.id = t.invoice_id
          join client c on c.firm_id = t.firm_id and c.id = t.client_id
          where t.account = 'receivable' and {where.sql} and {visible(LedgerEntry, unit.viewer)}
          group by t.client_id, c.name, t.currency, t.invoice_id, i.due_date
          having sum(t.amount) <> 0
          order by lower(c.name), t.client_id, t.currency, i.due_date, t.invoice_id
          limit {MOST_ROWS + 1}""",
        *where.values,
    )


def _due(row: Row, day: date) -> dict[str, Any]:
    return {"invoice_id": row["invoice_id"],
            "outstanding": Money(int(row["outstanding"]), row["currency"]).row,
            "days_overdue": max((day - row["due_date"]).days, 0)}  # fmt: skip


def _bucket(days: int) -> str:
    return next((name for name, most in _BUCKETS.items() if days <= most), _OLDEST)


def _nothing(row: Row) -> dict[str, Any]:
    about = {"client_id": row["client_id"], "currency": row["currency"], "invoices": []}
    return about | dict.fromkeys((*_BUCKETS, _OLDEST, "total"), 0)


def _told(sums: dict[str, Any]) -> dict[str, Any]:
    return sums | {name: Money(int(sums[name]), sums["currency"]).row
                   for name in (*_BUCKETS, _OLDEST, "total")}  # fmt: skip
