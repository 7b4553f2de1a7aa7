-- A page of a board's column is read in the order of an index, whosever board it is and however its
-- columns are made: what is open by place, by due date or by who holds it, what was done by when.
create index task_by_due_open on task (firm_id, due_date, position, id)
  where status not in ('done', 'cancelled');
create index task_of_team on task (firm_id, team_id, status, position, id)
  where status not in ('done', 'cancelled');
create index task_of_team_by_due on task (firm_id, team_id, due_date, position, id)
  where status not in ('done', 'cancelled');
create index task_of_team_by_holder on task (firm_id, team_id, assignee_id, position, id)
  where status not in ('done', 'cancelled');
create index task_of_team_completed on task (firm_id, team_id, completed_at, id)
  where completed_at is not null;
create index task_of_team_by_holder_completed on task (firm_id, team_id, assignee_id, completed_at, id)
  where completed_at is not null;
create index task_of_assignee_completed on task (firm_id, assignee_id, completed_at, id)
  where completed_at is not null;

create index job_by_due_open on job (firm_id, due_date, position, id)
  where category not in ('done', 'cancelled');
drop index job_of_team;
create index job_of_team on job (firm_id, team_id, category, position, id)
  where category not in ('done', 'cancelled');
create index job_of_team_by_due on job (firm_id, team_id, due_date, position, id)
  where category not in ('done', 'cancelled');
create index job_of_team_by_holder on job (firm_id, team_id, owner_id, position, id)
  where category not in ('done', 'cancelled');
create index job_of_team_completed on job (firm_id, team_id, completed_at, id)
  where completed_at is not null;
create index job_of_team_by_holder_completed on job (firm_id, team_id, owner_id, completed_at, id)
  where completed_at is not null;
create index job_of_owner_completed on job (firm_id, owner_id, completed_at, id)
  where completed_at is not null;
