-- The clients' door: which contacts may look at which clients, and how they come in.

-- Dated, never overwritten: from its making until it is withdrawn.
create table portal_access (
  like firm_owned including all,
  contact_id uuid not null,
  client_id uuid not null,
  withdrawn_at timestamptz,
  foreign key (firm_id, contact_id) references contact (firm_id, id),
  foreign key (firm_id, client_id) references client (firm_id, id)
);
create unique index portal_access_once on portal_access (firm_id, contact_id, client_id)
  where withdrawn_at is null;
create index portal_access_of_client on portal_access (firm_id, client_id);
call guard('portal_access');

-- What a mail carries: good once, for a quarter of an hour. One that lapsed ended before its time.
create table magic_link (
  like firm_owned including all,
  contact_id uuid not null,
  token_hash bytea not null unique check (octet_length(token_hash) = 32),
  expires_at timestamptz not null check (expires_at <= created_at + interval '15 minutes'),
  redeemed_at timestamptz check (redeemed_at < expires_at),
  foreign key (firm_id, contact_id) references contact (firm_id, id)
);
create index magic_link_of_contact on magic_link (firm_id, contact_id) where redeemed_at is null;
call guard('magic_link');

create table portal_session (
  like firm_owned including all,
  contact_id uuid not null,
  token_hash bytea not null unique check (octet_length(token_hash) = 32),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  foreign key (firm_id, contact_id) references contact (firm_id, id)
);
create index portal_session_of_contact on portal_session (firm_id, contact_id)
  where revoked_at is null;
call guard('portal_session');

-- The gate: what is asked before the firm is known, as for members. Whoever has no access left is
-- not found by any of the three.
create index contact_by_email on contact (lower(email));

create function find_portal_contacts(address text)
returns table (firm_id uuid, contact_id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select c.firm_id, c.id from contact c
  where lower(c.email) = lower(address) and exists (
    select from portal_access a
    where a.firm_id = c.firm_id and a.contact_id = c.id and a.withdrawn_at is null)
  order by c.firm_id
$$;

create function find_magic_link(hash bytea)
returns table (firm_id uuid, contact_id uuid, link_id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select l.firm_id, l.contact_id, l.id from magic_link l
  where l.token_hash = hash and l.redeemed_at is null and l.expires_at > clock_timestamp()
    and exists (
      select from portal_access a
      where a.firm_id = l.firm_id and a.contact_id = l.contact_id and a.withdrawn_at is null)
$$;

create function find_portal_session(hash bytea)
returns table (firm_id uuid, contact_id uuid, session_id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select s.firm_id, s.contact_id, s.id from portal_session s
  where s.token_hash = hash and s.revoked_at is null and s.expires_at > clock_timestamp()
    and exists (
      select from portal_access a
      where a.firm_id = s.firm_id and a.contact_id = s.contact_id and a.withdrawn_at is null)
$$;

do $$ declare f text; begin
  foreach f in array array['find_portal_contacts(text)', 'find_magic_link(bytea)',
                           'find_portal_session(bytea)'] loop
    execute format('revoke execute on function %s from public', f);
    execute format('grant execute on function %s to openpractice_app', f);
    execute format('alter function %s owner to openpractice_gate', f);
  end loop;
end $$;
grant select on contact, portal_access, magic_link, portal_session to openpractice_gate;

-- Who is asking in the portal: set beside the firm, together with the role.
create function viewer_contact() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.contact_id', true), '')::uuid $$;

-- Lets the portal read these columns of these rows. What no migration has named to it does not
-- exist for the portal; what has been named is still behind the tenant's wall.
create procedure portal_sees(target regclass, columns text, rows text) language plpgsql as $$ begin
  execute format('create policy portal on %s as restrictive to openpractice_portal'
    ' using (%s) with check (%s)', target, rows, rows);
  execute format('grant select (%s) on %s to openpractice_portal', columns, target);
end $$;
revoke execute on procedure portal_sees(regclass, text, text) from public;

call portal_sees('firm', 'id, name', 'true');
call portal_sees('contact', 'id, name, email', 'id = (select viewer_contact())');
call portal_sees('portal_access', 'contact_id, client_id, withdrawn_at',
  'contact_id = (select viewer_contact())');
call portal_sees('client', 'id, name',
  'id in (select client_id from portal_access
          where contact_id = (select viewer_contact()) and withdrawn_at is null)');

-- Signing out is the contact's own act: it changes the session, and the event says who did it.
call portal_sees('portal_session',
  'firm_id, id, version, created_at, updated_at, contact_id, token_hash, expires_at, revoked_at',
  'contact_id = (select viewer_contact())');
grant update (version, updated_at, revoked_at) on portal_session to openpractice_portal;
call portal_sees('event', 'id, entity_id, entity_version, at',
  'actor_id = (select viewer_contact())');
grant insert (firm_id, kind, entity, entity_id, entity_version, client_id, payload, actor_id,
              request_id, at) on event to openpractice_portal;
