-- Reviewers look one after the other. A round is one such course; in it the last review of each
-- place counts. All reviews there have been were the only one of their job at their time.
alter table review
  add round integer not null default 1 check (round > 0),
  add place integer not null default 1 check (place between 1 and 10),
  add lapsed_at timestamptz check (lapsed_at >= decided_at),
  add lapse text check (length(lapse) between 1 and 300),
  drop constraint review_state_check,
  drop constraint review_check2,
  add constraint review_state_check
    check (state in ('planned', 'requested', 'signed_off', 'returned', 'lapsed')),
  add constraint review_is_decided
    check ((state in ('planned', 'requested')) = (decided_at is null)),
  add constraint review_lapses
    check ((state = 'lapsed') = (lapsed_at is not null) and (lapsed_at is null) = (lapse is null));
call not_blank('review', 'lapse');
create unique index review_planned on review (firm_id, job_id, place) where state = 'planned';

-- What a reviewer wants put right: no sign-off is given before all of it is cleared.
create table review_point (
  like firm_owned including all,
  review_id uuid not null,
  job_id uuid not null,
  client_id uuid not null,
  task_id uuid,
  text text not null check (length(text) between 1 and 2000),
  answer text check (length(answer) between 1 and 2000),
  state text not null check (state in ('open', 'answered', 'cleared')),
  raised_by_id uuid,
  answered_by_id uuid,
  answered_at timestamptz,
  cleared_by_id uuid,
  cleared_at timestamptz,
  check ((answer is null) = (answered_at is null)),
  check (state <> 'answered' or answer is not null),
  check ((state = 'cleared') = (cleared_at is not null)),
  foreign key (firm_id, job_id, client_id) references job (firm_id, id, client_id),
  foreign key (firm_id, review_id) references review (firm_id, id),
  foreign key (firm_id, task_id, job_id) references task (firm_id, id, job_id),
  foreign key (firm_id, raised_by_id) references member (firm_id, id),
  foreign key (firm_id, answered_by_id) references member (firm_id, id),
  foreign key (firm_id, cleared_by_id) references member (firm_id, id)
);
create index review_point_of_job on review_point (firm_id, job_id, id);
create index review_point_of_task on review_point (firm_id, task_id) where task_id is not null;
call not_blank('review_point', 'text', 'answer');
call guard('review_point');

-- A stage may ask that the client owes nothing any more, and may be taken out of use.
alter table stage
  add requires_requests_closed boolean not null default false,
  add retired_at timestamptz;

-- No job comes to a stage that was taken out of use. Whoever retires one holds its row: of the two
-- acts the later one sees the other, so the row is read after it was locked.
create function stage_in_use() returns trigger language plpgsql set search_path = pg_catalog, public
as $$ declare retired timestamptz; begin
  select s.retired_at into retired from stage s
    where s.firm_id = new.firm_id and s.id = new.stage_id for share;
  if retired is not null then
    raise exception 'the stage was retired'
      using errcode = 'check_violation', constraint = 'job_stage_in_use', table = 'job';
  end if;
  return new;
end $$;
revoke execute on function stage_in_use() from public;
create trigger job_begins_at_a_stage_in_use before insert on job
  for each row execute function stage_in_use();
create trigger job_comes_to_a_stage_in_use before update of stage_id on job
  for each row when (old.stage_id is distinct from new.stage_id) execute function stage_in_use();

-- How long clients took to answer: what they were waited for, by when it came.
create index waiting_of_clients_ended on waiting (firm_id, ended_at, client_id)
  where whom = 'client' and ended_at is not null;
