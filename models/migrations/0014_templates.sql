-- Templates: how the firm does a service, step by step, in versions that never change once they
-- are published.

-- A member's part at a client: whom a step is for, and who answers for the job.
create domain part_at_client as text check (value in ('partner', 'manager', 'preparer', 'reviewer'));
-- How far something lies from its anchor, with the unit beside it.
create domain offset_count as integer check (value between -1000 and 1000);
create domain offset_unit as text
  check (value in ('business_days', 'calendar_days', 'weeks', 'months'));

create table template (
  like firm_owned including all,
  service_id uuid not null,
  name text not null check (length(name) between 1 and 100),
  owner_role part_at_client,
  foreign key (firm_id, service_id) references service (firm_id, id)
);
create unique index template_name on template (firm_id, lower(name));
create index template_of_service on template (firm_id, service_id);
call guard('template');
call not_blank('template', 'name');

create table template_version (
  like firm_owned including all,
  template_id uuid not null,
  number integer not null check (number > 0),
  published_at timestamptz,
  unique (firm_id, template_id, number),
  foreign key (firm_id, template_id) references template (firm_id, id)
);
create unique index template_draft on template_version (firm_id, template_id)
  where published_at is null;
call guard('template_version');

create table template_step (
  like firm_owned including all,
  template_version_id uuid not null,
  number integer not null check (number between 1 and 250),
  title text not null check (length(title) between 1 and 200),
  notes text not null default '' check (length(notes) <= 20000),
  due_anchor text check (due_anchor in ('start', 'due', 'period_end')),
  due_count offset_count,
  due_unit offset_unit,
  estimate_seconds bigint check (estimate_seconds between 0 and 36000000),
  role part_at_client,
  depends_on integer[] not null default '{}',
  unique (firm_id, template_version_id, number),
  -- A due date is an anchor, a count and a unit, or there is none.
  check (num_nonnulls(due_anchor, due_count, due_unit) in (0, 3)),
  -- Only earlier steps are waited for, so there is no circle.
  check (0 < all (depends_on) and number > all (depends_on)),
  foreign key (firm_id, template_version_id) references template_version (firm_id, id)
);
call guard('template_step');
call not_blank('template_step', 'title');

-- What was published is what jobs were made from: nobody changes it, whatever code forgets.
create function published_stays() returns trigger language plpgsql
set search_path = pg_catalog, public as $$ begin
  if old.published_at is not null then
    raise exception 'version % of template % is published', old.number, old.template_id;
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
create trigger published_stays before update or delete on template_version
  for each row execute function published_stays();

create function published_steps_stay() returns trigger language plpgsql
set search_path = pg_catalog, public as $$
declare
  touched uuid[] := array[case when tg_op <> 'INSERT' then old.template_version_id end,
                          case when tg_op <> 'DELETE' then new.template_version_id end];
begin
  if exists (select from template_version v
             where v.firm_id = coalesce(new.firm_id, old.firm_id)
               and v.id = any (touched) and v.published_at is not null) then
    raise exception 'the step belongs to a published version';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
create trigger published_steps_stay before insert or update or delete on template_step
  for each row execute function published_steps_stay();
revoke execute on function published_stays(), published_steps_stay() from public;

-- A job remembers what it was made from.
alter table job add template_version_id uuid;
alter table job add foreign key (firm_id, template_version_id)
  references template_version (firm_id, id);
