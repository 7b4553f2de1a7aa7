"""The figures of clients, jobs and members over a period: of all parents in one statement."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from models.capacities import daily_sql
from models.ledger import LedgerEntry
from models.money import ratio
from models.permissions import Role
from models.unit_of_work import Row, current
from models.visibility import visible
from resolvers.reports.facts import time_facts
from resolvers.reports.periods import must_be_a_period
from resolvers.reports.sums import Figures
from resolvers.reports.utilisation import members_seen

_COUNTS = ("seconds", "billable_seconds", "unpriced_seconds", "capacity_seconds")
_AMOUNTS = ("standard_value", "billed_value", "billed_time", "billed", "paid", "outstanding")


async def of_clients(parents: Sequence[Row], first: date, last: date) -> list[dict[str, Any]]:
    return await _figures(parents, "client_id", first, last, _ledger("t.client_id"))


async def of_jobs(parents: Sequence[Row], first: date, last: date) -> list[dict[str, Any]]:
    return await _figures(parents, "job_id", first, last, _ledger("i.job_id"))


async def of_members(parents: Sequence[Row], first: date, last: date) -> list[dict[str, Any]]:
    viewer = current().viewer
    hours = daily_sql(f"m.id = any($1) and {members_seen(viewer)}", "$2", "$3")
    found = await _figures(parents, "member_id", first, last, _part(
        f"({hours}) h", parent="h.member_id", capacity_seconds="h.seconds",
    ))  # fmt: skip
    if viewer.role is Role.CONTRACTOR:
        for parent, figures in zip(parents, found, strict=True):
            if parent["id"] != viewer.member_id:
                figures["capacity_seconds"] = None
    return found


async def _figures(
    parents: Sequence[Row], by: str, first: date, last: date, further: str
) -> list[dict[str, Any]]:
    must_be_a_period(first, last)
    unit, ids = current(), [row["id"] for row in parents]
    facts = time_facts(unit.viewer, f"t.{by} = any($1) and t.local_date between $2 and $3")
    time = _part(f"({facts}) f", parent=f"f.{by}", currency="f.currency",
                 **{name: f"f.{name}" for name in (*_COUNTS[:3], *_AMOUNTS[:2])},
                 billed_time="f.billed")  # fmt: skip
    sums = ", ".join(f"sum({name}) as {name}" for name in (*_COUNTS, *_AMOUNTS))
    rows = await unit.fetch(
        f"select parent, currency, {sums} from ({time} union all {further}) x"
        " group by parent, currency",
        ids, first, last,
    )  # fmt: skip
    found = {id: Figures(_COUNTS, _AMOUNTS) for id in ids}
    for row in rows:
        found[row["parent"]].add(row)
    return [_told(found[id]) for id in ids]


def _part(source: str, *, parent: str, currency: str = "null", **known: str) -> str:
    """Rows with every measure; those that this source does not know are nothing."""
    measures = ", ".join(f"{known.get(name, '0')} as {name}" for name in (*_COUNTS, *_AMOUNTS))
    return f"select {parent} as parent, {currency} as currency, {measures} from {source}"


def _ledger(parent: str) -> str:
    """What the documents of the period posted, and what is owed at its end."""
    within = "case when x.posted_on >= $2 and t.account in ({}) then {}t.amount else 0 end"
    return _part(
        "ledger_entry t"
        " join ledger_transaction x on x.firm_id = t.firm_id and x.id = t.transaction_id"
        " join invoice i on i.firm_id = t.firm_id and i.id = t.invoice_id"
        f" where {parent} = any($1) and x.posted_on <= $3"
        f" and {visible(LedgerEntry, current().viewer)}",
        parent=parent, currency="t.currency",
        billed=within.format("'fees', 'adjustments'", "-"), paid=within.format("'bank'", ""),
        outstanding="case t.account when 'receivable' then t.amount else 0 end",
    )  # fmt: skip


def _told(figures: Figures) -> dict[str, Any]:
    counts = figures.counts
    return figures.row | {
        "realisation": figures.share("billed_time", "billed_value"),
        "utilisation": ratio(counts["billable_seconds"], counts["capacity_seconds"]),
    }
