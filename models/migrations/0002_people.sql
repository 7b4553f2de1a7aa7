-- The firm's legal entities, offices, members, teams, their time, and how they sign in.

create table legal_entity (
  like firm_owned including all,
  name text not null check (length(name) between 1 and 200),
  tax_ids jsonb not null default '{}',
  foreign key (firm_id) references firm (id)
);
call guard('legal_entity');

create table office (
  like firm_owned including all,
  legal_entity_id uuid not null,
  name text not null check (length(name) between 1 and 200),
  time_zone text not null,
  country text not null check (country ~ '^[A-Z]{2}$'),
  foreign key (firm_id, legal_entity_id) references legal_entity (firm_id, id)
);
call guard('office');

create table member (
  like firm_owned including all,
  email text not null check (length(email) between 3 and 254),
  name text not null check (length(name) between 1 and 200),
  role text not null check (role in ('owner','admin','partner','manager','staff','contractor')),
  grade text check (length(grade) <= 100),
  office_id uuid not null,
  reports_to_id uuid,
  colour text not null check (colour ~ '^#[0-9a-f]{6}$'),
  start_date date,
  leave_date date check (leave_date >= start_date),
  foreign key (firm_id, office_id) references office (firm_id, id),
  foreign key (firm_id, reports_to_id) references member (firm_id, id)
);
create unique index member_email on member (firm_id, lower(email));
create index member_by_email on member (lower(email));
create index member_by_name on member (firm_id, name, id);
call guard('member');

create table team (
  like firm_owned including all,
  name text not null check (length(name) between 1 and 100),
  colour text not null check (colour ~ '^#[0-9a-f]{6}$')
);
create unique index team_name on team (firm_id, lower(name));
call guard('team');

create table team_membership (
  like firm_owned including all,
  team_id uuid not null,
  member_id uuid not null,
  unique (firm_id, team_id, member_id),
  foreign key (firm_id, team_id) references team (firm_id, id),
  foreign key (firm_id, member_id) references member (firm_id, id)
);
create index team_membership_of_member on team_membership (firm_id, member_id);
call guard('team_membership');

-- Dated, never overwritten: what a member can work on each weekday (Monday first), in seconds.
create table capacity (
  like firm_owned including all,
  member_id uuid not null,
  from_date date not null,
  weekday_seconds integer[] not null
    check (cardinality(weekday_seconds) = 7 and 0 <= all (weekday_seconds)
           and 86400 >= all (weekday_seconds)),
  chargeable_target numeric(5, 4) check (chargeable_target between 0 and 1),
  unique (firm_id, member_id, from_date),
  foreign key (firm_id, member_id) references member (firm_id, id)
);
call guard('capacity');

create table time_off (
  like firm_owned including all,
  member_id uuid not null,
  kind text not null check (kind in ('holiday', 'sickness', 'parental', 'training', 'other')),
  first_date date not null,
  last_date date not null check (last_date >= first_date),
  half_days boolean not null default false,
  foreign key (firm_id, member_id) references member (firm_id, id)
);
create index time_off_of_member on time_off (firm_id, member_id, last_date);
call guard('time_off');

create table credential (
  like firm_owned including all,
  member_id uuid not null,
  password_hash text not null,
  unique (firm_id, member_id),
  foreign key (firm_id, member_id) references member (firm_id, id)
);
call guard('credential');

create table session (
  like firm_owned including all,
  member_id uuid not null,
  token_hash bytea not null unique check (octet_length(token_hash) = 32),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  foreign key (firm_id, member_id) references member (firm_id, id)
);
create index session_of_member on session (firm_id, member_id) where revoked_at is null;
call guard('session');

create table api_token (
  like firm_owned including all,
  member_id uuid not null,
  name text not null check (length(name) between 1 and 100),
  scopes text[] not null check (cardinality(scopes) > 0),
  token_hash bytea not null unique check (octet_length(token_hash) = 32),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  foreign key (firm_id, member_id) references member (firm_id, id)
);
create index api_token_of_member on api_token (firm_id, member_id, id);
call guard('api_token');

-- The gate: the few questions that must be asked before a firm is known. Each takes a secret or
-- an address and answers with the least that signing in needs.
create function find_session(hash bytea)
returns table (firm_id uuid, member_id uuid, session_id uuid, api_token_id uuid, role text,
               scopes text[], expires_at timestamptz)
language sql stable security definer set search_path = pg_catalog, public as $$
  select s.firm_id, s.member_id, s.id, null::uuid, m.role, null::text[], s.expires_at
  from session s join member m on m.firm_id = s.firm_id and m.id = s.member_id
  where s.token_hash = hash and s.revoked_at is null and s.expires_at > clock_timestamp()
    and (m.leave_date is null or m.leave_date >= current_date)
  union all
  select t.firm_id, t.member_id, null, t.id, m.role, t.scopes, t.expires_at
  from api_token t join member m on m.firm_id = t.firm_id and m.id = t.member_id
  where t.token_hash = hash and t.revoked_at is null and t.expires_at > clock_timestamp()
    and (m.leave_date is null or m.leave_date >= current_date)
$$;

create function find_sign_in(address text)
returns table (firm_id uuid, firm_name text, member_id uuid, password_hash text)
language sql stable security definer set search_path = pg_catalog, public as $$
  select m.firm_id, f.name, m.id, c.password_hash
  from member m
  join firm f on f.id = m.firm_id
  join credential c on c.firm_id = m.firm_id and c.member_id = m.id
  where lower(m.email) = lower(address) and (m.leave_date is null or m.leave_date >= current_date)
  order by f.name, m.firm_id
$$;

-- Which member an operator's command speaks for: the command line names people by address.
create function find_member(address text)
returns table (firm_id uuid, member_id uuid, role text)
language sql stable security definer set search_path = pg_catalog, public as $$
  select firm_id, id, role from member where lower(email) = lower(address) order by firm_id
$$;

do $$ declare f text; begin
  foreach f in array array['find_session(bytea)', 'find_sign_in(text)', 'find_member(text)'] loop
    execute format('revoke execute on function %s from public', f);
    execute format('grant execute on function %s to openpractice_app', f);
    execute format('alter function %s owner to openpractice_gate', f);
  end loop;
end $$;
grant select on session, api_token, credential, member, firm to openpractice_gate;
