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
