-- Timers and time entries. Seconds worked are never changed by rounding.

create table timer (
  like firm_owned including all,
  member_id uuid not null,
  client_id uuid,
  job_id uuid,
  task_id uuid,
  note text not null default '' check (length(note) <= 2000),
  started_at timestamptz not null,
  stopped_at timestamptz check (stopped_at >= started_at),
  discarded boolean not null default false,
  foreign key (firm_id, member_id) references member (firm_id, id),
  foreign key (firm_id, client_id) references client (firm_id, id),
  foreign key (firm_id, job_id, client_id) references job (firm_id, id, client_id),
  foreign key (firm_id, task_id) references task (firm_id, id)
);
-- At most one running per member, whatever two devices do at once.
create unique index timer_running on timer (firm_id, member_id) where stopped_at is null;
create index timer_running_on_job on timer (firm_id, job_id) where stopped_at is null;
create index timer_running_on_task on timer (firm_id, task_id) where stopped_at is null;
create index timer_of_member on timer (firm_id, member_id, started_at);
call guard('timer');

create table time_entry (
  like firm_owned including all,
  member_id uuid not null,
  client_id uuid,
  job_id uuid,
  task_id uuid,
  activity text check (length(activity) <= 100),
  timer_id uuid,
  local_date date not null,
  time_zone text not null,
  started_at timestamptz,
  stopped_at timestamptz check (stopped_at >= started_at),
  seconds integer not null check (seconds between 0 and 31622400),
  billing text not null check (billing in ('billable', 'no_charge', 'non_billable')),
  note text not null default '' check (length(note) <= 2000),
  source text not null check (source in ('timer', 'manual', 'import')),
  unique (firm_id, timer_id),
  check (client_id is not null or (billing = 'non_billable' and activity is not null)),
  foreign key (firm_id, member_id) references member (firm_id, id),
  foreign key (firm_id, client_id) references client (firm_id, id),
  foreign key (firm_id, job_id, client_id) references job (firm_id, id, client_id),
  foreign key (firm_id, task_id) references task (firm_id, id),
  foreign key (firm_id, timer_id) references timer (firm_id, id)
);
create index time_entry_by_date on time_entry (firm_id, local_date, id);
create index time_entry_of_member on time_entry (firm_id, member_id, local_date, id);
create index time_entry_of_client on time_entry (firm_id, client_id, local_date, id);
create index time_entry_of_job on time_entry (firm_id, job_id, local_date, id);
create index time_entry_of_task on time_entry (firm_id, task_id);
call guard('time_entry');
