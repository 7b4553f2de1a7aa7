-- One task waits for another in one of three ways, and for so many business days longer.
alter table dependency
  drop constraint dependency_kind_check,
  add constraint dependency_kind_check
    check (kind in ('finish_to_start', 'start_to_start', 'finish_to_finish')),
  add lag_days integer not null default 0 check (lag_days between 0 and 250),
  -- Who let the task not wait, when and why: the last time that it was.
  add overridden_at timestamptz,
  add overridden_by_id uuid,
  add override_reason text check (length(override_reason) <= 1000),
  add check ((overridden_at is null) = (override_reason is null)),
  add foreign key (firm_id, overridden_by_id) references member (firm_id, id);
call not_blank('dependency', 'override_reason');

-- Since when somebody is at it; not known of what was begun before this was kept.
alter table task add started_at timestamptz;

-- How a template's step waits for each step of `depends_on`, in its order; where both are empty,
-- as in versions before this, it waits for all of them to be finished.
alter table template_step
  add depends_kinds text[] not null default '{}'
    check (depends_kinds <@ array['finish_to_start', 'start_to_start', 'finish_to_finish']),
  add depends_lags integer[] not null default '{}'
    check (0 <= all (depends_lags) and 250 >= all (depends_lags)),
  add check (cardinality(depends_kinds) in (0, cardinality(depends_on))),
  add check (cardinality(depends_kinds) = cardinality(depends_lags));

-- A lag passes without anybody's act: what may have become ready by it is asked by the worker,
-- before any firm is known. It is no longer asked once the lag must have passed for long, so that
-- what somebody keeps planned is not looked at for ever.
create index dependency_lagging on dependency (firm_id, blocked_id) where lag_days > 0;
create function find_lagging_tasks()
returns table (firm_id uuid, task_id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select distinct d.firm_id, d.blocked_id
  from dependency d
  join task t on t.firm_id = d.firm_id and t.id = d.blocked_id
  join task b on b.firm_id = d.firm_id and b.id = d.blocker_id
  cross join lateral (
    select case d.kind when 'finish_to_start' then b.completed_at
           else coalesce(b.started_at, b.completed_at) end as moment
  ) came
  where d.lag_days > 0 and d.kind <> 'finish_to_finish' and t.status = 'planned'
    and came.moment between clock_timestamp() - make_interval(days => 2 * d.lag_days + 30)
                        and clock_timestamp() - make_interval(days => d.lag_days - 1)
  order by d.firm_id, d.blocked_id
$$;
revoke execute on function find_lagging_tasks() from public;
grant execute on function find_lagging_tasks() to openpractice_queue;
alter function find_lagging_tasks() owner to openpractice_gate;
grant select on task, dependency to openpractice_gate;
