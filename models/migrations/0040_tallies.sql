-- The cards of boards, added up: a board of a whole firm reads two or three rows, however many
-- cards there are. The worker adds up behind the stream, so no act waits for it; whoever reads looks
-- at what the events since then have touched by itself.
--
-- What always holds: `tally` is the sum of `tallied`. A card that is otherwise than `tallied` has it is
-- named by an event after `tally_reach`: its own, or for the hours of a job one of a task which says
-- that it is, or was, the job's.

-- Each card that any board shows (open, or done lately), as it is in the sums.
create table tallied (
  firm_id uuid not null references firm (id),
  kind text not null check (kind in ('job', 'task')),
  id uuid not null,
  job_id uuid,
  status work_category not null,
  holder_id uuid,
  team_id uuid,
  due_date date,
  done_on date check ((done_on is not null) = (status = 'done')),
  seconds bigint not null,
  primary key (firm_id, kind, id)
);
create index tallied_done on tallied (firm_id, done_on) where done_on is not null;
call guard('tallied');
revoke insert, update, delete on tallied from openpractice_app;

-- The sums: of the whole firm, and of each team, holder, and holder in a team. A row has the cells
-- that are read together, in the order of dates and statuses: how many cards of a status are of one
-- date, and what is left in them. The date is when they are due, or in UTC when they were done: days,
-- in a row for each quarter of a year; of what is open weeks, too, under their Mondays, in one row
-- together with what has no date. Cells lie within their row, compressed, and pages have room for the
-- next version of a row: those of a firm are written every few seconds, and what is dead of them is
-- then nothing that readers come across.
create table tally (
  firm_id uuid not null references firm (id),
  id uuid not null default uuidv7(),
  kind text not null check (kind in ('job', 'task')),
  per text not null check (per in ('firm', 'team', 'holder', 'team and holder')),
  quarter date,
  team_id uuid,
  holder_id uuid,
  statuses work_category[] not null,
  dates date[] not null,
  cards integer[] not null,
  seconds bigint[] not null,
  primary key (firm_id, id),
  unique nulls not distinct (firm_id, kind, per, quarter, team_id, holder_id)
) with (fillfactor = 40, toast_tuple_target = 8160, autovacuum_vacuum_scale_factor = 0.02);
create index tally_of_holder on tally (firm_id, kind, per, quarter, holder_id);
call guard('tally');
revoke insert, update, delete on tally from openpractice_app;

-- Up to which event a firm's cards are added up, and since when those that are done; there from the
-- firm's first moment, so that nobody waits for another to make it.
create table tally_reach (
  firm_id uuid primary key references firm (id),
  seq bigint not null default 0,
  done_from date not null default '-infinity'
);
call guard('tally_reach');
revoke insert, update, delete on tally_reach from openpractice_app;
insert into tally_reach (firm_id) select firm_id from firm_stream;

create or replace function firm_opens_stream() returns trigger language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$ begin
  insert into firm_stream (firm_id) values (new.id);
  insert into tally_reach (firm_id) values (new.id);
  return null;
end $$;

-- Done is shown for a week in the firm's own days, which are at most one from those of UTC.
create function tallied_from() returns date language sql stable
  as $$ select (clock_timestamp() at time zone 'UTC')::date - 9 $$;
revoke execute on function tallied_from() from public;

create function untallied_firms() returns setof uuid language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
  select s.firm_id from firm_stream s join tally_reach r on r.firm_id = s.firm_id
  where r.seq < s.seq or r.done_from < tallied_from() order by s.seq - r.seq
$$;
revoke execute on function untallied_firms() from public;
grant execute on function untallied_firms() to openpractice_queue;

-- Brings the sums to what these jobs and tasks are now.
create function tally_cards(firm uuid, jobs uuid[], tasks uuid[], young date) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare emptied uuid[]; begin
  with now as materialized (
    select firm as firm_id, 'job' as kind, j.id, j.id as job_id, j.category as status,
      j.owner_id as holder_id, j.team_id, j.due_date,
      (j.completed_at at time zone 'UTC')::date as done_on,
      (select total(s.estimate_seconds) from task s where s.firm_id = firm
        and s.job_id = j.id and s.status not in ('done', 'cancelled')) as seconds
    from unnest(jobs) h (id) join job j on j.firm_id = firm and j.id = h.id
    union all
    select firm, 'task', t.id, t.job_id, t.status, t.assignee_id, t.team_id, t.due_date,
      (t.completed_at at time zone 'UTC')::date,
      case t.status when 'done' then 0 else coalesce(t.estimate_seconds, 0) end
    from unnest(tasks) h (id) join task t on t.firm_id = firm and t.id = h.id
  ), shown as materialized (
    select * from now where status <> 'cancelled' and (done_on is null or done_on >= young)
  ), gone as (
    delete from tallied c
    using (select 'job' as kind, id from unnest(jobs) h (id)
           union all select 'task', id from unnest(tasks) h (id)
           except select kind, id from shown) h
    where c.firm_id = firm and c.kind = h.kind and c.id = h.id
    returning c.*
  ), kept as (
    insert into tallied as c select * from shown
    on conflict (firm_id, kind, id) do update set job_id = excluded.job_id,
      status = excluded.status, holder_id = excluded.holder_id, team_id = excluded.team_id,
      due_date = excluded.due_date, done_on = excluded.done_on, seconds = excluded.seconds
    returning old as before, new as after
  ), change as (
    select g.*, -1 as sign from gone g
    union all select (k.before).*, -1 from kept k where (k.before).id is not null
    union all select (k.after).*, 1 from kept k
  ), dated as (
    select *, coalesce(done_on, due_date) as day from change
  ), cell as (
    select c.kind, p.per, w.quarter, case when p.team then c.team_id end as team_id,
      case when p.holder then c.holder_id end as holder_id, c.status, w.date,
      sum(c.sign)::integer as cards, total(c.sign * c.seconds) as seconds
    from dated c
      cross join (values ('firm', false, false), ('team', true, false), ('holder', false, true),
                         ('team and holder', true, true)) p (per, team, holder)
      cross join lateral (
        select date_trunc('quarter', c.day::timestamp)::date, c.day where c.day is not null
        union all
        select null, c.day - (extract(isodow from c.day)::int - 1) where c.status <> 'done'
      ) w (quarter, date)
    group by 1, 2, 3, 4, 5, 6, 7
    having sum(c.sign) <> 0 or total(c.sign * c.seconds) <> 0
  ), added as (
    insert into tally as s
      (firm_id, kind, per, quarter, team_id, holder_id, statuses, dates, cards, seconds)
    select firm, kind, per, quarter, team_id, holder_id, array_agg(status order by date, status),
      array_agg(date order by date, status), array_agg(cards order by date, status),
      array_agg(seconds order by date, status)
    from cell group by kind, per, quarter, team_id, holder_id
    on conflict (firm_id, kind, per, quarter, team_id, holder_id) do update
      set (statuses, dates, cards, seconds) = (
        select coalesce(array_agg(c.status), '{}'), coalesce(array_agg(c.date), '{}'),
          coalesce(array_agg(c.cards), '{}'), coalesce(array_agg(c.seconds), '{}')
        from (
          select c.status, c.date, sum(c.cards)::integer as cards, total(c.seconds) as seconds from (
            select * from unnest(s.statuses, s.dates, s.cards, s.seconds)
            union all
            select * from unnest(excluded.statuses, excluded.dates, excluded.cards, excluded.seconds)
          ) c (status, date, cards, seconds)
          where c.status <> 'done' or c.date >= young
          group by c.status, c.date having sum(c.cards) <> 0 order by c.date, c.status) c)
    returning s.id, s.dates
  )
  select array_agg(a.id) into emptied from added a where a.dates = '{}';
  delete from tally s where s.firm_id = firm and s.id = any(emptied);
end $$;
revoke execute on function tally_cards(uuid, uuid[], uuid[], date) from public;

-- Takes in some of the firm's next events, and tells whether more wait. Each card is looked at as it
-- is by then, which may be later than these events: what told of it later brings it here again.
create function tally_firm(firm uuid) returns boolean language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
declare
  reach tally_reach; head bigint; upto bigint; jobs uuid[]; tasks uuid[];
  young date := tallied_from();
begin
  -- Cards come by one or by thousands: a plan for the one would not come to an end with the others.
  perform set_config('plan_cache_mode', 'force_custom_plan', true);
  select * into reach from tally_reach r where r.firm_id = firm for update skip locked;
  if not found then return false; end if;  -- another worker is at it
  if reach.done_from < young then
    delete from tallied c where c.firm_id = firm and c.done_on < young;
  end if;

  select s.seq into head from firm_stream s where s.firm_id = firm;
  upto := least(head, reach.seq + 1000);
  tasks := array(select distinct e.entity_id from event e where e.firm_id = firm
    and e.seq > reach.seq and e.seq <= upto and e.entity = 'task');
  jobs := array(
    select e.entity_id from event e where e.firm_id = firm
      and e.seq > reach.seq and e.seq <= upto and e.entity = 'job'
    union
    select t.job_id from unnest(tasks) h (id) join task t on t.firm_id = firm and t.id = h.id
    union
    select c.job_id from unnest(tasks) h (id)
      join tallied c on c.firm_id = firm and c.kind = 'task' and c.id = h.id
    union
    select named::uuid from event e, jsonb_array_elements_text(e.payload -> 'job_id') named
      where e.firm_id = firm and e.seq > reach.seq and e.seq <= upto and e.entity = 'task'
        and named is not null);
  perform tally_cards(firm, jobs, tasks, young);
  update tally_reach r set seq = upto, done_from = greatest(r.done_from, young)
    where r.firm_id = firm;
  return upto < head;
end $$;
revoke execute on function tally_firm(uuid) from public;
grant execute on function tally_firm(uuid) to openpractice_queue;
