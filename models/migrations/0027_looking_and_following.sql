-- What a client sent is looked at: found good, or sent back with the reason.

alter table request_item
  add column rejection text check (length(rejection) between 1 and 2000),
  drop constraint request_item_state_check,
  add constraint request_item_state_check check (state in ('open', 'fulfilled', 'accepted')),
  drop constraint request_item_check,
  add constraint request_item_check check ((state = 'open') = (fulfilled_at is null)),
  -- It says why the item is open again, and goes with the next answer.
  add constraint request_item_rejected check (rejection is null or state = 'open');
call not_blank('request_item', 'rejection');
grant select (rejection), update (rejection) on request_item to openpractice_portal;
-- A contact answers; what is good is the firm's to say.
create policy portal_answers on request_item as restrictive for update to openpractice_portal
  using (true) with check (state = 'fulfilled');

-- Files that were announced and did not come within a day: asked by the worker, before any firm is
-- known.
create index document_pending on document (firm_id, created_at) where state = 'pending';
create function find_lapsed_uploads(moment timestamptz)
returns table (firm_id uuid, document_id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select d.firm_id, d.id from document d
  where d.state = 'pending' and d.created_at <= moment - interval '1 day'
  order by d.firm_id, d.id
  limit 1000
$$;
revoke execute on function find_lapsed_uploads(timestamptz) from public;
grant execute on function find_lapsed_uploads(timestamptz) to openpractice_queue;
alter function find_lapsed_uploads(timestamptz) owner to openpractice_gate;
grant select on document to openpractice_gate;

-- What a contact needs to follow the stream: where it stands, and which access is their own.
call portal_sees('firm_stream', 'firm_id, epoch, seq, floor', 'true');
grant select (id) on portal_access to openpractice_portal;
