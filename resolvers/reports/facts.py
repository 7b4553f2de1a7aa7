"""What figures are made of: time worked, what it is worth, and what was billed for it."""

from models.invoices.shares import shares_sql
from models.money import worked_sql
from models.rates import winner_sql
from models.time_entries import TimeEntry
from models.viewer import Viewer
from models.visibility import visible

_UNPRICED = "t.billing = 'billable' and b.value is null"


def time_facts(viewer: Viewer, where: str) -> str:
    """Two queries to begin a statement with: `entry`, the entries `t` that the viewer may see,
    and `fact`, their seconds, what they are worth and what was billed for them, by currency.

    Time is worth what it was worth when it was put on an invoice, else what its rate now says.
    """
    return f"""entry as materialized (
      select t.*, m.role, j.service_id, date_trunc('month', t.local_date)::date as month
      from time_entry t
      join member m on m.firm_id = t.firm_id and m.id = t.member_id
      left join job j on j.firm_id = t.firm_id and j.id = t.job_id
      where ({where}) and {visible(TimeEntry, viewer)}
    ), fact as (
      select t.id, t.seconds,
        case t.billing when 'billable' then t.seconds else 0 end as billable_seconds,
        case when {_UNPRICED} and r.hourly is null then t.seconds else 0 end as unpriced_seconds,
        coalesce(b.currency, r.currency) as currency,
        coalesce(b.value, {worked_sql("r.hourly", "t.seconds", "r.currency")}) as standard_value,
        0 as billed_value, 0 as billed
      from entry t
      left join lateral (select b.value, i.currency from invoice_line_time b
        join invoice i on i.firm_id = b.firm_id and i.id = b.invoice_id
        where b.firm_id = t.firm_id and b.time_entry_id = t.id and b.voided_at is null) b on true
      left join lateral ({winner_sql(_UNPRICED)}) r on true
      union all
      select s.time_entry_id, 0, 0, 0, s.currency, 0, s.value, s.part
      from ({shares_sql(_BILLING_THEM)}) s where s.time_entry_id in (select id from entry)
    )"""


_BILLING_THEM = """i.id in (select b.invoice_id from invoice_line_time b
  where b.voided_at is null and b.time_entry_id in (select id from entry))"""

TIME_SUMS = """sum(f.seconds) as seconds, sum(f.billable_seconds) as billable_seconds,
  sum(f.unpriced_seconds) as unpriced_seconds, sum(f.standard_value) as standard_value,
  sum(f.billed_value) as billed_value, sum(f.billed) as billed"""
