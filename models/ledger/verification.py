"""Whether the ledger is what the documents say, recomputed from the rows alone."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import asyncpg

Fetch = Callable[[str], Awaitable[Any]]
"""How the database is asked: within a firm's unit of work, or by the owner about all firms."""

_UNBALANCED = """select t.id, 'ledger_transaction' as entity,
         'is off by ' || coalesce(sum(e.amount)::text, 'all its entries') as what
  from ledger_transaction t left join ledger_entry e
    on e.firm_id = t.firm_id and e.transaction_id = t.id
  group by t.firm_id, t.id having sum(e.amount) is distinct from 0"""

_TOTALS = """select i.id, 'invoice', 'says ' || i.total || ', its lines ' || coalesce(l.total, 0)
  from invoice i left join lateral (
    select sum(net) as net, sum(tax) as tax, sum(net + tax) as total from invoice_line l
    where l.firm_id = i.firm_id and l.invoice_id = i.id) l on true
  where (i.net, i.tax) is distinct from (coalesce(l.net, 0), coalesce(l.tax, 0))"""

_WORKED = """select l.id, 'invoice_line', 'is worth ' || l.standard || ', its time '
         || coalesce(sum(b.value), 0)
  from invoice_line l
  left join invoice_line_time b on b.firm_id = l.firm_id and b.line_id = l.id
  left join time_entry e on e.firm_id = b.firm_id and e.id = b.time_entry_id
  where l.seconds is not null group by l.firm_id, l.id
  having sum(b.value) is distinct from l.standard or sum(b.seconds) is distinct from l.seconds
    or bool_or(b.voided_at is null and b.seconds <> e.seconds)"""

# Else it could be billed twice, or never again.
_FREED = """select b.id, 'invoice_line_time', case when b.voided_at is null
           then 'is held by an invoice that was credited whole'
           else 'was freed by an invoice that was not credited whole' end
  from invoice_line_time b join invoice i on i.firm_id = b.firm_id and i.id = b.invoice_id
  cross join lateral (select coalesce(sum(n.amount) = i.total, false) as credited
    from credit_note n where n.firm_id = i.firm_id and n.invoice_id = i.id) whole
  where whole.credited is distinct from (b.voided_at is not null)"""

# No number is there twice: where as many are there as the last one says, none is missing.
_NUMBERED = """select s.id, 'invoice_series', 'would go on at ' || s.next || ' after '
         || given.many || ' numbers up to ' || given.last
  from invoice_series s
  cross join lateral (select count(*) as many, coalesce(max(d.number), 0) as last from (
    select number from invoice i where i.firm_id = s.firm_id and i.series_id = s.id
    union all select number from credit_note n
    where n.firm_id = s.firm_id and n.series_id = s.id) d) given
  where given.many <> s.next - 1 or given.last <> s.next - 1"""

_SETTLED = """select i.id, 'invoice', 'has ' || held.due || ' receivable and ' || held.credit
         || ' credit, not ' || said.due || ' and ' || said.credit
  from invoice i
  cross join lateral (
    select coalesce(sum(e.amount) filter (where e.account = 'receivable'), 0) as due,
           coalesce(-sum(e.amount) filter (where e.account = 'client_credit'), 0) as credit
    from ledger_entry e where e.firm_id = i.firm_id and e.invoice_id = i.id) held
  cross join lateral (
    select case i.state when 'issued' then i.total else 0 end - coalesce(sum(d.applied), 0) as due,
           coalesce(sum(d.amount - d.applied), 0) as credit
    from (select amount, applied from payment p
          where p.firm_id = i.firm_id and p.invoice_id = i.id
          union all select amount, applied from credit_note n
          where n.firm_id = i.firm_id and n.invoice_id = i.id) d) said
  where (held.due, held.credit) is distinct from (said.due, said.credit)"""


def _unposted(document: str, kind: str, day: str, where: str, amounts: str) -> str:
    """Documents whose transaction is missing on their `day`, or whose entries are not `amounts`."""
    return f"""select d.id, '{document}', 'is not posted as it was written'
  from {document} d left join lateral (
    select coalesce(jsonb_object_agg(account, amount), '{{}}') as entries from (
      select e.account, sum(e.amount) as amount
      from ledger_transaction t join ledger_entry e
        on e.firm_id = t.firm_id and e.transaction_id = t.id and e.invoice_id = t.invoice_id
      where t.firm_id = d.firm_id and t.{document}_id = d.id and t.kind = '{kind}'
        and t.posted_on = d.{day}
      group by e.account having sum(e.amount) <> 0) entry) posted on true
  where {where} and posted.entries is distinct from (
    select coalesce(jsonb_object_agg(account, amount), '{{}}') from (values {amounts})
      wanted (account, amount) where amount <> 0)"""


_LINES = (
    "(select coalesce(sum(l.{}), 0)::bigint from invoice_line l"
    " where l.firm_id = d.firm_id and l.invoice_id = d.id)"
)
_ISSUED = _unposted(
    "invoice", "issue", "issue_date", "d.state = 'issued'",
    "('receivable', d.total), ('tax', -d.tax),"
    f" ('fees', -{_LINES.format('standard')}), ('adjustments', -{_LINES.format('adjustment')})",
)  # fmt: skip
_PAID = _unposted(
    "payment", "payment", "received_on", "true",
    "('bank', d.amount), ('receivable', -d.applied), ('client_credit', d.applied - d.amount)",
)  # fmt: skip
_CREDITED = _unposted(
    "credit_note", "credit", "issue_date", "true",
    "('fees', d.net), ('tax', d.tax), ('receivable', -d.applied),"
    " ('client_credit', d.applied - d.amount)",
)  # fmt: skip
_QUESTIONS = (_UNBALANCED, _TOTALS, _WORKED, _FREED, _NUMBERED, _SETTLED, _ISSUED, _PAID,
              _CREDITED)  # fmt: skip
_COUNTS = """select (select count(*) from ledger_transaction) as transactions,
  (select count(*) from ledger_entry) as entries,
  (select count(*) from invoice where state = 'issued') as invoices"""


@dataclass(frozen=True)
class Verdict:
    """How much was looked at, and what is wrong, a sentence for each row."""

    transactions: int
    entries: int
    invoices: int
    findings: tuple[str, ...]

    def __str__(self) -> str:
        return (
            f"{self.transactions} transactions with {self.entries} entries balance, and"
            f" {self.invoices} invoices are what they say."
        )


async def verify(fetch: Fetch) -> Verdict:
    """Recompute every balance: of transactions, of lines, of invoices, of each document; and look
    for numbers that are missing and for time that is free without being credited."""
    (counts,) = await fetch(_COUNTS)
    found = await fetch(" union all ".join(_QUESTIONS))
    return Verdict(**dict(counts), findings=tuple(
        f"{row['entity']} {row['id']} {row['what']}" for row in found
    ))  # fmt: skip


async def verify_all(url: str) -> Verdict:
    """The same of every firm, over a login that sees all their rows."""
    connection = await asyncpg.connect(url)
    try:
        return await verify(connection.fetch)
    finally:
        await connection.close()
