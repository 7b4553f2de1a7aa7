-- Services, workflows, engagements, jobs, tasks and what holds them up.

-- Where a piece of work stands: the same words for a stage and for a task.
create domain work_category as text check (value in ('planned','ready','in_progress',
  'waiting_on_client','waiting_on_other','on_hold','in_review','done','cancelled'));
-- A fractional-index key: compared byte by byte, never by a language's rules.
create domain order_key as text collate "C" check (value ~ '^[0-9A-Za-z]+$');

create table workflow (
  like firm_owned including all,
  name text not null check (length(name) between 1 and 100)
);
create unique index workflow_name on workflow (firm_id, lower(name));
call guard('workflow');

create table stage (
  like firm_owned including all,
  workflow_id uuid not null,
  name text not null check (length(name) between 1 and 100),
  client_facing_name text not null check (length(client_facing_name) between 1 and 100),
  category work_category not null,
  position order_key not null,
  requires_steps_done boolean not null default false,
  requires_sign_off boolean not null default false,
  unique (firm_id, workflow_id, id, category),
  unique (firm_id, workflow_id, position),
  foreign key (firm_id, workflow_id) references workflow (firm_id, id)
);
call guard('stage');

create table service (
  like firm_owned including all,
  name text not null check (length(name) between 1 and 100),
  workflow_id uuid not null,
  foreign key (firm_id, workflow_id) references workflow (firm_id, id)
);
create unique index service_name on service (firm_id, lower(name));
call guard('service');

create table engagement (
  like firm_owned including all,
  client_id uuid not null,
  name text not null check (length(name) between 1 and 200),
  start_date date not null,
  end_date date check (end_date >= start_date),
  unique (firm_id, id, client_id),
  foreign key (firm_id, client_id) references client (firm_id, id)
);
create index engagement_of_client on engagement (firm_id, client_id, start_date, id);
call guard('engagement');

create table engagement_service (
  like firm_owned including all,
  engagement_id uuid not null,
  service_id uuid not null,
  unique (firm_id, engagement_id, service_id),
  foreign key (firm_id, engagement_id) references engagement (firm_id, id),
  foreign key (firm_id, service_id) references service (firm_id, id)
);
call guard('engagement_service');

create table job (
  like firm_owned including all,
  client_id uuid not null,
  service_id uuid,
  engagement_id uuid,
  workflow_id uuid not null,
  stage_id uuid not null,
  category work_category not null,
  title text not null check (length(title) between 1 and 200),
  owner_id uuid,
  team_id uuid,
  period_start date,
  period_end date check (period_end >= period_start),
  start_date date,
  due_date date check (due_date >= start_date),
  budget_seconds bigint check (budget_seconds >= 0),
  position order_key not null,
  completed_at timestamptz,
  unique (firm_id, id, client_id),
  check ((category = 'done') = (completed_at is not null)),
  foreign key (firm_id, client_id) references client (firm_id, id),
  foreign key (firm_id, service_id) references service (firm_id, id),
  foreign key (firm_id, engagement_id, client_id) references engagement (firm_id, id, client_id),
  foreign key (firm_id, workflow_id, stage_id, category)
    references stage (firm_id, workflow_id, id, category),
  foreign key (firm_id, owner_id) references member (firm_id, id),
  foreign key (firm_id, team_id) references team (firm_id, id)
);
create index job_of_client on job (firm_id, client_id, due_date, id);
create index job_by_title on job (firm_id, lower(title) text_pattern_ops);
create index job_in_order on job (firm_id, position, id);
create index job_by_due on job (firm_id, due_date, id);
create index job_open on job (firm_id, category, position, id)
  where category not in ('done', 'cancelled');
create index job_of_owner on job (firm_id, owner_id, position, id)
  where category not in ('done', 'cancelled');
create index job_of_team on job (firm_id, team_id, position, id)
  where category not in ('done', 'cancelled');
create index job_completed on job (firm_id, completed_at, id) where completed_at is not null;
call guard('job');

-- Why a job stands still: whom it waits for, for what, since when.
create table waiting (
  like firm_owned including all,
  job_id uuid not null,
  client_id uuid not null,
  whom text not null check (whom in ('client', 'other')),
  what text not null check (length(what) between 1 and 500),
  since timestamptz not null,
  reminded_at timestamptz check (reminded_at >= since),
  ended_at timestamptz check (ended_at >= since),
  foreign key (firm_id, job_id, client_id) references job (firm_id, id, client_id)
);
create unique index waiting_open on waiting (firm_id, job_id) where ended_at is null;
call guard('waiting');

-- Review is a step of its own, by somebody else than who prepared the work.
create table review (
  like firm_owned including all,
  job_id uuid not null,
  client_id uuid not null,
  preparer_id uuid,
  reviewer_id uuid not null check (reviewer_id <> preparer_id),
  state text not null check (state in ('requested', 'signed_off', 'returned')),
  note text not null default '' check (length(note) <= 5000),
  requested_at timestamptz not null,
  decided_at timestamptz check (decided_at >= requested_at),
  check ((state = 'requested') = (decided_at is null)),
  foreign key (firm_id, job_id, client_id) references job (firm_id, id, client_id),
  foreign key (firm_id, preparer_id) references member (firm_id, id),
  foreign key (firm_id, reviewer_id) references member (firm_id, id)
);
create unique index review_open on review (firm_id, job_id) where state = 'requested';
create index review_of_job on review (firm_id, job_id, requested_at);
call guard('review');

create table task (
  like firm_owned including all,
  job_id uuid,
  client_id uuid,
  title text not null check (length(title) between 1 and 200),
  notes text not null default '' check (length(notes) <= 20000),
  status work_category not null,
  assignee_id uuid,
  team_id uuid,
  due_date date,
  estimate_seconds bigint check (estimate_seconds >= 0),
  step integer check (step > 0),
  position order_key not null,
  completed_at timestamptz,
  completed_by_id uuid,
  unique (firm_id, id, job_id),
  check ((status = 'done') = (completed_at is not null)),
  check (job_id is null or client_id is not null),
  foreign key (firm_id, job_id, client_id) references job (firm_id, id, client_id),
  foreign key (firm_id, client_id) references client (firm_id, id),
  foreign key (firm_id, assignee_id) references member (firm_id, id),
  foreign key (firm_id, team_id) references team (firm_id, id),
  foreign key (firm_id, completed_by_id) references member (firm_id, id)
);
create index task_of_job on task (firm_id, job_id, step, id);
create index task_of_client on task (firm_id, client_id, due_date, id);
create index task_in_order on task (firm_id, position, id);
create index task_by_due on task (firm_id, due_date, id);
create index task_open on task (firm_id, status, position, id)
  where status not in ('done', 'cancelled');
create index task_of_assignee on task (firm_id, assignee_id, position, id)
  where status not in ('done', 'cancelled');
create index task_completed on task (firm_id, completed_at, id) where completed_at is not null;
call guard('task');

-- Finish-to-start: the blocked task cannot start before the blocker is done.
create table dependency (
  like firm_owned including all,
  blocked_id uuid not null,
  blocker_id uuid not null check (blocker_id <> blocked_id),
  client_id uuid,
  kind text not null default 'finish_to_start' check (kind in ('finish_to_start')),
  unique (firm_id, blocked_id, blocker_id),
  foreign key (firm_id, blocked_id) references task (firm_id, id),
  foreign key (firm_id, blocker_id) references task (firm_id, id)
);
create index dependency_of_blocker on dependency (firm_id, blocker_id);
call guard('dependency');

create table comment (
  like firm_owned including all,
  job_id uuid,
  task_id uuid,
  client_id uuid,
  author_id uuid,
  body text not null check (length(body) between 1 and 10000),
  check (num_nonnulls(job_id, task_id) = 1),
  foreign key (firm_id, job_id) references job (firm_id, id),
  foreign key (firm_id, task_id) references task (firm_id, id),
  foreign key (firm_id, author_id) references member (firm_id, id)
);
create index comment_of_job on comment (firm_id, job_id, created_at, id);
create index comment_of_task on comment (firm_id, task_id, created_at, id);
call guard('comment');
