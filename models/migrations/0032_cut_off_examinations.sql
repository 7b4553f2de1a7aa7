-- Files whose examination was cut off, by a crash or a store that went away: asked by the worker,
-- before any firm is known. The store answers within seconds; a quarter of an hour is beyond doubt.

create index document_scanning on document (firm_id, updated_at) where state = 'scanning';
create function find_cut_off_examinations(moment timestamptz)
returns table (firm_id uuid, document_id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select d.firm_id, d.id from document d
  where d.state = 'scanning' and d.updated_at <= moment - interval '15 minutes'
  order by d.firm_id, d.id
  limit 1000
$$;
revoke execute on function find_cut_off_examinations(timestamptz) from public;
grant execute on function find_cut_off_examinations(timestamptz) to openpractice_queue;
alter function find_cut_off_examinations(timestamptz) owner to openpractice_gate;
