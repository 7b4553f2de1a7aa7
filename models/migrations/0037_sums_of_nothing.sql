-- A month's sum of which the last entry is gone goes, too: a report has no row of nothing.

create or replace function worked_month_add(entry time_entry, sign integer) returns void
language sql as $$
  insert into worked_month as w
    (firm_id, month, client_id, member_id, job_id, seconds, billable_seconds, entries)
  values (entry.firm_id, date_trunc('month', entry.local_date)::date, entry.client_id,
    entry.member_id, entry.job_id, sign * entry.seconds,
    case entry.billing when 'billable' then sign * entry.seconds else 0 end, sign)
  on conflict (firm_id, month, client_id, member_id, job_id) do update set
    seconds = w.seconds + excluded.seconds,
    billable_seconds = w.billable_seconds + excluded.billable_seconds,
    entries = w.entries + excluded.entries;
  delete from worked_month
  where sign < 0 and firm_id = entry.firm_id and member_id = entry.member_id
    and month = date_trunc('month', entry.local_date)::date and entries = 0
$$;
delete from worked_month where entries = 0;
