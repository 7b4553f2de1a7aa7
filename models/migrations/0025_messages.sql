-- Messages between a firm and a client's contacts: a thread for each client, and one for each of
-- their jobs. What the firm says among itself is comments, another table: no flag can leak it.

create table message (
  like firm_owned including all,
  client_id uuid not null,
  job_id uuid,
  member_id uuid,
  contact_id uuid,
  -- As the author was called when they wrote: nobody has to be shown the firm's people for it.
  author text not null check (length(author) between 1 and 200),
  body text not null check (length(body) between 1 and 10000),
  -- When somebody of the other side first read it.
  read_at timestamptz,
  check (num_nonnulls(member_id, contact_id) = 1),
  foreign key (firm_id, client_id) references client (firm_id, id),
  foreign key (firm_id, job_id, client_id) references job (firm_id, id, client_id),
  foreign key (firm_id, member_id) references member (firm_id, id),
  foreign key (firm_id, contact_id) references contact (firm_id, id)
);
create index message_of_client on message (firm_id, client_id, id);
create index message_of_job on message (firm_id, job_id, id);
create index message_unread on message (firm_id, client_id) where read_at is null;
call guard('message');
call not_blank('message', 'author', 'body');

-- What was said stays said; it can only be read.
create function message_stays() returns trigger language plpgsql as $$ begin
  if (new.client_id, new.job_id, new.member_id, new.contact_id, new.author, new.body)
     is distinct from
     (old.client_id, old.job_id, old.member_id, old.contact_id, old.author, old.body)
     or old.read_at is not null then
    raise exception 'message % stays as it was written', old.id using errcode = '23514';
  end if;
  return new;
end $$;
revoke execute on function message_stays() from public;
create trigger message_stays before update on message
  for each row execute function message_stays();

call portal_sees('message',
  'firm_id, id, version, created_at, updated_at, client_id, job_id, member_id, contact_id, author,
   body, read_at',
  'client_id in (select id from client)');
grant insert (firm_id, id, version, created_at, updated_at, client_id, job_id, contact_id, author,
              body) on message to openpractice_portal;
grant update (version, updated_at, read_at) on message to openpractice_portal;
-- A contact writes in their own name, and reads what the firm wrote.
create policy portal_writes on message as restrictive for insert to openpractice_portal
  with check (author = (select name from contact where id = contact_id)
    and (job_id is null or job_id in (select id from job)));
create policy portal_reads on message as restrictive for update to openpractice_portal
  using (member_id is not null);
