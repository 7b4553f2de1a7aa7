-- What a contact sees of the work for their clients, and what they may write. What follows from
-- their acts (a request fulfilled, a card moved, a file cleared) is the firm's own doing.

call portal_sees('job', 'id, client_id, stage_id, title, period_start, period_end, completed_at',
  'client_id in (select id from client) and category <> ''cancelled''');
call portal_sees('stage', 'id, client_facing_name', 'id in (select stage_id from job)');

call portal_sees('request',
  'firm_id, id, version, created_at, updated_at, client_id, job_id, title, due_date, state, ended_at',
  'client_id in (select id from client) and state <> ''cancelled''');
call portal_sees('request_item',
  'firm_id, id, version, created_at, updated_at, client_id, request_id, number, kind, text, state,
   answer, fulfilled_at',
  'request_id in (select id from request)');
grant update (version, updated_at, state, answer, fulfilled_at)
  on request_item to openpractice_portal;

call portal_sees('document',
  'firm_id, id, version, created_at, updated_at, client_id, job_id, request_item_id, name, size,
   media_type, sha256, state, refusal, storage_key, shared',
  'client_id in (select id from client) and shared');
grant insert (firm_id, id, version, created_at, updated_at, client_id, job_id, request_item_id,
              name, size, media_type, sha256, state, shared) on document to openpractice_portal;
-- Theirs to bring is what they were asked for, and nobody has looked at it yet.
create policy portal_brings on document as restrictive for insert to openpractice_portal
  with check (state = 'pending' and request_item_id in (
    select id from request_item where kind = 'file'));

-- The keys of their own calls.
call portal_sees('idempotency', 'actor_id, key, request_hash, result',
  'actor_id = (select viewer_contact())');
grant insert (firm_id, actor_id, key, request_hash), update (result)
  on idempotency to openpractice_portal;
