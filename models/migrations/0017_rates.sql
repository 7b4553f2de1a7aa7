-- What an hour costs the client, dated; and the terms on which the firm invoices.

-- For whom a rate holds is said by which references it has: at most a place (a job with its
-- client, a client, a service) and a member, or a role alone, or nothing: the firm's default.
create table rate (
  like firm_owned including all,
  job_id uuid,
  client_id uuid,
  service_id uuid,
  member_id uuid,
  role text check (role in ('owner','admin','partner','manager','staff','contractor')),
  from_date date not null,
  hourly numeric(18, 6) not null check (hourly >= 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  constraint rate_scope check (
    (job_id is null or client_id is not null)
    and num_nonnulls(client_id, service_id) <= 1
    and (role is null or num_nonnulls(client_id, service_id, member_id) = 0)),
  constraint rate_once unique nulls not distinct
    (firm_id, job_id, client_id, service_id, member_id, role, from_date),
  foreign key (firm_id, job_id, client_id) references job (firm_id, id, client_id),
  foreign key (firm_id, client_id) references client (firm_id, id),
  foreign key (firm_id, service_id) references service (firm_id, id),
  foreign key (firm_id, member_id) references member (firm_id, id)
);
create index rate_of_client on rate (firm_id, client_id);
create index rate_newest on rate (firm_id, id);
call guard('rate');
call of_our_time('rate', 'from_date');

alter table firm
  add payment_terms_days smallint not null default 30 check (payment_terms_days between 0 and 365),
  add tax_rate numeric(7, 4) not null default 0 check (tax_rate between 0 and 100);
-- Null where the firm's own terms hold.
alter table client
  add payment_terms_days smallint check (payment_terms_days between 0 and 365);
