-- What is due is made for a whole firm together: where to begin in each firm in which something is.
create function find_first_due_recurrences()
returns table (firm_id uuid, recurrence_id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select distinct on (r.firm_id) r.firm_id, r.id
  from recurrence r
  join firm f on f.id = r.firm_id
  where r.next_date - r.horizon_days <= (clock_timestamp() at time zone f.time_zone)::date
  order by r.firm_id, r.id
$$;
revoke execute on function find_first_due_recurrences() from public;
grant execute on function find_first_due_recurrences() to openpractice_queue;
alter function find_first_due_recurrences() owner to openpractice_gate;
drop function find_due_recurrences();

-- Who holds, or held, a part at a client on a day: found by the client, whoever else there is.
create index client_role_of_client on client_role (firm_id, client_id, role, from_date, id);

-- Thousands of events in one COMMIT: what each costs. That an event has its stream is looked at where
-- it is numbered, which is refused without one; the foreign key looked twice more, for a row that is
-- changed in the transaction that made it is checked again.
alter table event drop constraint event_firm_id_fkey;
-- What is called immutable while a part of it is only stable is never written into the statement that
-- calls it, but started anew for each event.
alter function event_hash(bytea, event) stable;
