"""What was billed for each piece of time: an invoice, less what was credited of it, is spread over
its lines, and each line over the time that it bills."""

from models.money import split_sql

_LINES = """select l.id, l.firm_id, l.invoice_id, l.position, l.net, i.currency,
    i.net - coalesce((select sum(c.net) from credit_note c
      where c.firm_id = i.firm_id and c.invoice_id = i.id), 0) as left_of_invoice
  from invoice i join invoice_line l on l.firm_id = i.firm_id and l.invoice_id = i.id
  where i.state = 'issued' and """


def shares_sql(which: str) -> str:
    """A query: `time_entry_id`, `currency`, `value` (what it was worth) and `part` (what was asked
    for it, before tax) of all time on those issued invoices `i` that was not freed again."""
    lines = split_sql(f"{_LINES}({which})", whole="left_of_invoice", weight="net",
                      within="invoice_id", order="position")  # fmt: skip
    # offset 0: by the line's index, however little the planner knows of how many there are
    time = f"""select b.*, l.currency, l.part as left_of_line
      from ({lines}) l
      cross join lateral (select b.firm_id, b.id, b.line_id, b.time_entry_id, b.value
        from invoice_line_time b
        where b.firm_id = l.firm_id and b.line_id = l.id and b.voided_at is null offset 0) b"""
    return split_sql(time, whole="left_of_line", weight="value", within="line_id", order="id")
