-- The tenant, its event stream, and the wall every firm-owned table stands behind.

-- What every firm-owned table begins with: `create table x (like firm_owned including all, …)`.
create table firm_owned (
  firm_id uuid not null,
  id uuid not null,
  version integer not null default 1 check (version > 0),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (firm_id, id)
);

-- Puts a table behind forced row-level security and gives the app role its rights.
-- The (select …) makes the firm an InitPlan: evaluated once, then used as an index condition.
create procedure guard(target regclass) language plpgsql as $$ begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format($p$create policy tenant on %s
    using (firm_id = (select nullif(current_setting('app.firm_id', true), '')::uuid))
    with check (firm_id = (select nullif(current_setting('app.firm_id', true), '')::uuid))$p$, target);
  execute format('grant select, insert, update, delete on %s to openpractice_app', target);
end $$;
revoke execute on procedure guard(regclass) from public;

-- Who is asking: the setting that the unit of work makes beside the firm.
create function viewer_member() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.member_id', true), '')::uuid $$;

create table firm (
  like firm_owned including all,
  name text not null check (length(name) between 1 and 200),
  country text not null check (country ~ '^[A-Z]{2}$'),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  locale text not null,
  time_zone text not null,
  week_start smallint not null default 1 check (week_start between 1 and 7),
  financial_year_start text not null default '01-01' check (financial_year_start ~ '^\d\d-\d\d$'),
  unique (id),
  check (firm_id = id)
);
call guard('firm');

create table firm_stream (
  firm_id uuid primary key,
  epoch uuid not null default gen_random_uuid(),
  seq bigint not null default 0,
  floor bigint not null default 0,
  head_hash bytea not null default '\x',
  foreign key (firm_id) references firm (id) deferrable initially deferred
);
call guard('firm_stream');
revoke all on firm_stream from openpractice_app;
grant select on firm_stream to openpractice_app;
grant select on firm_stream to openpractice_feed;
-- The feed watches the heads of all firms and sees nothing else of them.
create policy watch on firm_stream for select to openpractice_feed using (true);

create table event (
  firm_id uuid not null references firm_stream (firm_id),
  id uuid not null default uuidv7(),
  seq bigint,
  tx_id xid8 not null default pg_current_xact_id(),
  kind text not null,
  entity text not null,
  entity_id uuid not null,
  entity_version integer not null,
  client_id uuid,
  payload jsonb not null check (octet_length(payload::text) < 262144),
  actor_id uuid,
  request_id text,
  at timestamptz not null,
  prev_hash bytea,
  hash bytea,
  primary key (firm_id, id),
  unique (firm_id, seq)
);
create index event_unnumbered on event (firm_id, tx_id, id) where seq is null;
create index event_of_entity on event (firm_id, entity_id, entity_version);
create index event_of_client on event (firm_id, client_id, seq);
call guard('event');
revoke all on event from openpractice_app;
grant select on event to openpractice_app;
-- Numbers and hashes are the trigger's alone: the app may not even name those columns.
grant insert (firm_id, kind, entity, entity_id, entity_version, client_id, payload, actor_id,
              request_id, at) on event to openpractice_app;

-- What an event's hash covers. The payload goes in by its own hash, so that it could be erased
-- (by law) and the chain still be checked.
create function event_hash(prev bytea, e event) returns bytea
language sql immutable parallel safe as $$
  select sha256(prev || convert_to(concat_ws('|', e.firm_id, e.id, e.seq, e.kind, e.entity,
    e.entity_id, e.entity_version, coalesce(e.client_id::text, ''), coalesce(e.actor_id::text, ''),
    coalesce(e.request_id, ''), extract(epoch from e.at)::text), 'UTF8')
    || sha256(convert_to(e.payload::text, 'UTF8')))
$$;

-- Numbers the whole transaction inside COMMIT, under the firm's stream row: number order is
-- commit order, a rollback leaves no gap, and the lock is held for the commit alone.
-- A large transaction must cost the same for each event, also where statistics know nothing of
-- the table yet: so rows are updated where they lie (ctid), and how far the numbers reach is
-- noted in the transaction, not looked up once an event. Any index a cached plan picks would do
-- for one event, and be quadratic for ten thousand.
create function event_number() returns trigger language plpgsql security definer
set search_path = pg_catalog, public as $$
declare
  head bigint; chain bytea; place record; e event; tx xid8 := pg_current_xact_id();
  reach text[] := string_to_array(current_setting('app.numbered', true), ' ');
begin
  if reach[1] = tx::text and reach[2] = new.firm_id::text and new.id <= reach[3]::uuid then
    return null;  -- an earlier row of this transaction numbered all
  end if;
  select seq, head_hash into head, chain from firm_stream
    where firm_id = new.firm_id for no key update;
  if not found then raise exception 'no stream visible for firm %', new.firm_id; end if;
  for place in select ctid, event as row from event
               where firm_id = new.firm_id and tx_id = tx and seq is null order by id loop
    head := head + 1;
    e := place.row;
    e.seq := head;
    update event set seq = head, prev_hash = chain, hash = event_hash(chain, e)
      where ctid = place.ctid returning hash into chain;
  end loop;
  if e.id is not null then
    update firm_stream set seq = head, head_hash = chain where firm_id = new.firm_id;
    perform set_config('app.numbered', concat_ws(' ', tx, new.firm_id, e.id), true);
  end if;
  return null;
end $$;
revoke execute on function event_number() from public;

create constraint trigger event_numbering after insert on event
  deferrable initially deferred for each row execute function event_number();

-- Every firm has its stream from its first moment.
create function firm_opens_stream() returns trigger language plpgsql security definer
set search_path = pg_catalog, public as $$ begin
  insert into firm_stream (firm_id) values (new.id);
  return null;
end $$;
revoke execute on function firm_opens_stream() from public;
create trigger firm_opens_stream after insert on firm
  for each row execute function firm_opens_stream();

-- What an idempotency key answered: ids and the request's hash, never a rendered answer.
create table idempotency (
  firm_id uuid not null references firm (id),
  actor_id uuid not null,
  key text not null check (length(key) between 1 and 255),
  request_hash bytea not null,
  result jsonb,
  created_at timestamptz not null default clock_timestamp(),
  primary key (firm_id, actor_id, key)
);
call guard('idempotency');

-- How other systems name our things; importing twice finds what the first run made.
create table external_id (
  like firm_owned including all,
  system text not null check (length(system) between 1 and 60),
  entity text not null,
  key text not null check (length(key) between 1 and 255),
  entity_id uuid not null,
  unique (firm_id, system, entity, key)
);
create index external_id_of_entity on external_id (firm_id, entity_id);
call guard('external_id');
