-- Requests: what a client is asked for, item by item, for one of their jobs.

create table request (
  like firm_owned including all,
  client_id uuid not null,
  job_id uuid not null,
  title text not null check (length(title) between 1 and 200),
  due_date date,
  state text not null check (state in ('open', 'fulfilled', 'cancelled')),
  ended_at timestamptz,
  unique (firm_id, id, client_id),
  check ((state = 'open') = (ended_at is null)),
  foreign key (firm_id, job_id, client_id) references job (firm_id, id, client_id)
);
create index request_of_job on request (firm_id, job_id, id);
create index request_of_client on request (firm_id, client_id, id);
call guard('request');
call not_blank('request', 'title');
call of_our_time('request', 'due_date');

create table request_item (
  like firm_owned including all,
  client_id uuid not null,
  request_id uuid not null,
  number integer not null check (number between 1 and 50),
  kind text not null check (kind in ('file', 'question')),
  text text not null check (length(text) between 1 and 2000),
  state text not null check (state in ('open', 'fulfilled')),
  answer text check (length(answer) between 1 and 10000),
  fulfilled_at timestamptz,
  unique (firm_id, request_id, number),
  unique (firm_id, id, client_id),
  check ((state = 'fulfilled') = (fulfilled_at is not null)),
  check (answer is null or kind = 'question'),
  check (kind = 'file' or state = 'open' or answer is not null),
  foreign key (firm_id, request_id, client_id) references request (firm_id, id, client_id)
);
call guard('request_item');
call not_blank('request_item', 'text', 'answer');

alter table document
  add column request_item_id uuid,
  add foreign key (firm_id, request_item_id, client_id)
    references request_item (firm_id, id, client_id);
create index document_of_item on document (firm_id, request_item_id, id);
