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
