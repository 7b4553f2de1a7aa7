-- Whose last day is over is told by the calendar where their firm is, not by the server's; and no
-- operator's command speaks for somebody who has left.
set local role openpractice_gate;

create or replace function find_session(hash bytea)
returns table (firm_id uuid, member_id uuid, session_id uuid, api_token_id uuid, role text,
               scopes text[], expires_at timestamptz)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select s.firm_id, s.member_id, s.id, null::uuid, m.role, null::text[], s.expires_at
  from session s
  join member m on m.firm_id = s.firm_id and m.id = s.member_id
  join firm f on f.id = m.firm_id
  where s.token_hash = hash and s.revoked_at is null and s.expires_at > clock_timestamp()
    and (m.leave_date is null
         or m.leave_date >= (clock_timestamp() at time zone f.time_zone)::date)
  union all
  select t.firm_id, t.member_id, null, t.id, m.role, t.scopes, t.expires_at
  from api_token t
  join member m on m.firm_id = t.firm_id and m.id = t.member_id
  join firm f on f.id = m.firm_id
  where t.token_hash = hash and t.revoked_at is null and t.expires_at > clock_timestamp()
    and (m.leave_date is null
         or m.leave_date >= (clock_timestamp() at time zone f.time_zone)::date)
$$;

create or replace function find_sign_in(address text)
returns table (firm_id uuid, firm_name text, member_id uuid, password_hash text)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select m.firm_id, f.name, m.id, c.password_hash
  from member m
  join firm f on f.id = m.firm_id
  join credential c on c.firm_id = m.firm_id and c.member_id = m.id
  where lower(m.email) = lower(address)
    and (m.leave_date is null
         or m.leave_date >= (clock_timestamp() at time zone f.time_zone)::date)
  order by f.name, m.firm_id
$$;

create or replace function find_member(address text)
returns table (firm_id uuid, member_id uuid, role text)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select m.firm_id, m.id, m.role
  from member m
  join firm f on f.id = m.firm_id
  where lower(m.email) = lower(address)
    and (m.leave_date is null
         or m.leave_date >= (clock_timestamp() at time zone f.time_zone)::date)
  order by m.firm_id
$$;

reset role;
