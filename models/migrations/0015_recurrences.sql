-- Recurrences: work that comes back, made ahead of time, each period once.

create table recurrence (
  like firm_owned including all,
  client_id uuid not null,
  template_id uuid not null,
  engagement_id uuid,
  rule text not null check (length(rule) between 1 and 200),
  first_date date not null,
  horizon_days integer not null check (horizon_days between 0 and 366),
  due_count offset_count not null,
  due_unit offset_unit not null,
  business_day_rule text not null
    check (business_day_rule in ('none', 'before', 'after', 'nearest')),
  owner_id uuid,
  team_id uuid,
  ended_on date check (ended_on >= first_date - 1),
  -- The first occurrence that has no job yet; null when none will come.
  next_date date check (next_date >= first_date),
  unique (firm_id, id, client_id),
  check (next_date <= ended_on),
  foreign key (firm_id, client_id) references client (firm_id, id),
  foreign key (firm_id, template_id) references template (firm_id, id),
  foreign key (firm_id, engagement_id, client_id) references engagement (firm_id, id, client_id),
  foreign key (firm_id, owner_id) references member (firm_id, id),
  foreign key (firm_id, team_id) references team (firm_id, id)
);
create index recurrence_of_client on recurrence (firm_id, client_id);
create index recurrence_of_engagement on recurrence (firm_id, engagement_id);
create index recurrence_next on recurrence (firm_id, next_date) where next_date is not null;
call guard('recurrence');
call not_blank('recurrence', 'rule');
call of_our_time('recurrence', 'first_date', 'ended_on');

-- Whoever makes jobs, however often, and wherever they are killed: a period has one job.
alter table job add recurrence_id uuid, add period_key text;
alter table job add check (num_nonnulls(recurrence_id, period_key) in (0, 2));
alter table job add foreign key (firm_id, recurrence_id, client_id)
  references recurrence (firm_id, id, client_id);
create unique index job_of_period on job (firm_id, recurrence_id, period_key);
