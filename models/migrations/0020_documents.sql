-- Documents: what is known of a file. Its bytes are in the file store, under a key of ours.

create table document (
  like firm_owned including all,
  client_id uuid not null,
  job_id uuid,
  -- Shown to people and given to browsers, never used as a path: no control characters, none that
  -- turn round what follows, nothing that a file system reads as a place.
  name text not null check (octet_length(name) between 1 and 200 and name is nfc normalized
    and name !~ '[[:cntrl:]/\\:\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]' and name !~ '^\.'),
  size bigint not null check (size between 1 and 100 * 1024 * 1024),
  media_type text not null check (length(media_type) between 3 and 100),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  state text not null check (state in ('pending', 'scanning', 'clean', 'refused')),
  refusal text check (length(refusal) between 1 and 500),
  storage_key text check (storage_key like 'files/%'),
  -- Whether the client's contacts see it in the portal.
  shared boolean not null,
  unique (firm_id, storage_key),
  check ((state = 'clean') = (storage_key is not null)),
  check ((state = 'refused') = (refusal is not null)),
  foreign key (firm_id, client_id) references client (firm_id, id),
  foreign key (firm_id, job_id, client_id) references job (firm_id, id, client_id)
);
create index document_of_client on document (firm_id, client_id, id);
create index document_of_job on document (firm_id, job_id, id);
call guard('document');
call not_blank('document', 'name', 'refusal');

-- What was examined is what is served: from then on neither bytes nor verdict can be exchanged.
create function document_keeps_its_verdict() returns trigger language plpgsql as $$ begin
  if old.state in ('clean', 'refused')
     and (new.state, new.storage_key, new.refusal) is distinct from
         (old.state, old.storage_key, old.refusal)
     or (new.client_id, new.size, new.sha256, new.media_type) is distinct from
        (old.client_id, old.size, old.sha256, old.media_type) then
    raise exception 'document % has been examined as it is', old.id using errcode = '23514';
  end if;
  return new;
end $$;
revoke execute on function document_keeps_its_verdict() from public;
create trigger document_keeps_its_verdict before update on document
  for each row execute function document_keeps_its_verdict();
