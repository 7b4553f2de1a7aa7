"""What figures are made of: time worked, what it is worth, and what was billed for it."""

from models.invoices.shares import shares_sql
from models.money import worked_sql
from models.rates import winner_sql
from models.time_entries import TimeEntry
from models.viewer import Viewer
from models.visibility import visible

TIME_SUMS = """sum(f.seconds) as seconds, sum(f.billable_seconds) as billable_seconds,
  sum(f.unpriced_seconds) as unpriced_seconds, sum(f.standard_value) as standard_value,
  sum(f.billed_value) as billed_value, sum(f.billed) as billed"""

_DIMENSIONS = "t.client_id, t.job_id, t.member_id, t.service_id, t.month"
_UNPRICED = "t.billing = 'billable' and b.value is null"


def time_facts(viewer: Viewer, where: str) -> str:
    """A query: of the entries `t` (on jobs `j`) that the viewer may see their seconds, what they
    are worth and what was billed for them, each amount in its own currency.

    Time is worth what it was worth when it was put on an invoice, else what its rate now says.
    `offset 0`, `limit` and `array` keep the planner from joining whole tables where it knows too
    little of how many rows there are: each look-up goes by its index.
    """
    where = f"({where}) and {visible(TimeEntry, viewer)}"
    return f"""select {_DIMENSIONS}, t.seconds,
        case t.billing when 'billable' then t.seconds else 0 end as billable_seconds,
        case when {_UNPRICED} and r.hourly is null then t.seconds else 0 end as unpriced_seconds,
        coalesce(b.currency, r.currency) as currency,
        coalesce(b.value, {worked_sql("r.hourly", "t.seconds", "r.currency")}) as standard_value,
        0 as billed_value, 0 as billed
      from ({_entries(where)}) t
      left join lateral ({_LIVE}) b on true
      left join lateral ({winner_sql(_UNPRICED)}) r on true
      union all
      select {_DIMENSIONS}, 0, 0, 0, s.currency, 0, s.value, s.part
      from ({shares_sql(_billing(where))}) s
      cross join lateral (
        {_entries(f"t.firm_id = s.firm_id and t.id = s.time_entry_id and {where}")} offset 0) t"""


def _entries(where: str) -> str:
    return f"""select t.*, m.role, j.service_id, date_trunc('month', t.local_date)::date as month
      from time_entry t
      join member m on m.firm_id = t.firm_id and m.id = t.member_id
      left join job j on j.firm_id = t.firm_id and j.id = t.job_id
      where {where}"""


_LIVE = """select b.value, b.invoice_id, (select i.currency from invoice i
    where i.firm_id = b.firm_id and i.id = b.invoice_id) as currency
  from invoice_line_time b
  where b.firm_id = t.firm_id and b.time_entry_id = t.id and b.voided_at is null limit 1"""
"""The invoice on which the entry `t` stands, at what it was worth then."""


def _billing(where: str) -> str:
    """The invoices `i` that bill any of these entries."""
    return f"""i.id = any(array(select distinct b.invoice_id from ({_entries(where)}) t
      cross join lateral ({_LIVE}) b))"""
