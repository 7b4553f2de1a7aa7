-- Seconds worked, added up by month, client, member and job by the transaction that changed them:
-- a report over years of time reads some rows for each client and month, not every entry.
-- What time is worth is not in it: that changes with a rate that is entered today for last month.

create table worked_month (
  firm_id uuid not null references firm (id),
  id uuid not null default uuidv7(),
  month date not null,
  client_id uuid,
  member_id uuid not null,
  job_id uuid,
  seconds bigint not null,
  billable_seconds bigint not null,
  entries bigint not null,
  primary key (firm_id, id),
  unique nulls not distinct (firm_id, month, client_id, member_id, job_id),
  foreign key (firm_id, client_id) references client (firm_id, id),
  foreign key (firm_id, member_id) references member (firm_id, id),
  foreign key (firm_id, job_id) references job (firm_id, id)
);
call guard('worked_month');
revoke insert, update, delete on worked_month from openpractice_app;

create function worked_month_add(entry time_entry, sign integer) returns void
language sql as $$
  insert into worked_month as w
    (firm_id, month, client_id, member_id, job_id, seconds, billable_seconds, entries)
  values (entry.firm_id, date_trunc('month', entry.local_date)::date, entry.client_id,
    entry.member_id, entry.job_id, sign * entry.seconds,
    case entry.billing when 'billable' then sign * entry.seconds else 0 end, sign)
  on conflict (firm_id, month, client_id, member_id, job_id) do update set
    seconds = w.seconds + excluded.seconds,
    billable_seconds = w.billable_seconds + excluded.billable_seconds,
    entries = w.entries + excluded.entries
$$;
revoke execute on function worked_month_add(time_entry, integer) from public;

-- Inside COMMIT, under the firm's stream row, as events are numbered: two imports of the same
-- people's time wait for each other there and nowhere else, so neither can wait for the other.
create function worked_month_follows() returns trigger language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$ begin
  perform from firm_stream where firm_id = coalesce(new.firm_id, old.firm_id) for no key update;
  if tg_op <> 'INSERT' then perform worked_month_add(old, -1); end if;
  if tg_op <> 'DELETE' then perform worked_month_add(new, 1); end if;
  return null;
end $$;
revoke execute on function worked_month_follows() from public;

create constraint trigger worked_month_following after insert or update or delete on time_entry
  deferrable initially deferred for each row execute function worked_month_follows();

insert into worked_month
  (firm_id, month, client_id, member_id, job_id, seconds, billable_seconds, entries)
select firm_id, date_trunc('month', local_date)::date, client_id, member_id, job_id, sum(seconds),
  coalesce(sum(seconds) filter (where billing = 'billable'), 0), count(*)
from time_entry group by 1, 2, 3, 4, 5;
