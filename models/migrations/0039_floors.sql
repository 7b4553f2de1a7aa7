-- How far back one may resume: two weeks, and a million events. Nothing is deleted. Who was away for
-- longer reads everything anew, which is less than so many changes.

create function raise_floors(moment timestamptz) returns bigint
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  with reach as (
    -- Along the numbers from the floor on: what became too old since the last time, and one more.
    select s.firm_id, greatest(s.seq - 1000000, coalesce(young.seq - 1, s.seq)) as floor
    from firm_stream s left join lateral (
      select e.seq from event e
      where e.firm_id = s.firm_id and e.seq > s.floor and e.at >= moment - interval '14 days'
      order by e.seq limit 1) young on true
  ), raised as (
    update firm_stream s set floor = reach.floor from reach
    where reach.firm_id = s.firm_id and reach.floor > s.floor returning 1
  )
  select count(*) from raised
$$;
revoke execute on function raise_floors(timestamptz) from public;
grant execute on function raise_floors(timestamptz) to openpractice_queue;
