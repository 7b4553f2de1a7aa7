-- Clients, the people behind them, and who of the firm looks after them.

create table client (
  like firm_owned including all,
  name text not null check (length(name) between 1 and 200),
  kind text not null check (kind in ('individual', 'organisation')),
  status text not null check (status in ('prospect','onboarding','active','former','archived')),
  restricted boolean not null default false,
  tags text[] not null default '{}' check (cardinality(tags) <= 50),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  notes text not null default '' check (length(notes) <= 20000)
);
create index client_by_name on client (firm_id, lower(name), id);
create index client_by_status on client (firm_id, status, lower(name), id);
create index client_by_tag on client using gin (tags);
create index client_restricted on client (firm_id, id) where restricted;
call guard('client');

-- Dated, never overwritten: who is partner, manager, preparer, reviewer of a client.
create table client_role (
  like firm_owned including all,
  client_id uuid not null,
  member_id uuid not null,
  role text not null check (role in ('partner', 'manager', 'preparer', 'reviewer')),
  from_date date not null,
  until_date date check (until_date >= from_date),
  foreign key (firm_id, client_id) references client (firm_id, id),
  foreign key (firm_id, member_id) references member (firm_id, id)
);
create unique index client_role_once on client_role (firm_id, client_id, role, member_id)
  where until_date is null;
create index client_role_of_member on client_role (firm_id, member_id, client_id);
call guard('client_role');

create table client_relation (
  like firm_owned including all,
  client_id uuid not null,
  other_id uuid not null check (other_id <> client_id),
  kind text not null check (kind in ('owns', 'spouse', 'subsidiary', 'trustee', 'billed_through')),
  from_date date not null,
  until_date date check (until_date >= from_date),
  foreign key (firm_id, client_id) references client (firm_id, id),
  foreign key (firm_id, other_id) references client (firm_id, id)
);
create unique index client_relation_once on client_relation (firm_id, client_id, kind, other_id)
  where until_date is null;
create index client_relation_of_other on client_relation (firm_id, other_id);
call guard('client_relation');

create table contact (
  like firm_owned including all,
  name text not null check (length(name) between 1 and 200),
  email text check (length(email) between 3 and 254),
  phone text check (length(phone) <= 50)
);
create unique index contact_email on contact (firm_id, lower(email));
create index contact_by_name on contact (firm_id, lower(name), id);
call guard('contact');

create table client_contact (
  like firm_owned including all,
  client_id uuid not null,
  contact_id uuid not null,
  role text not null check (length(role) between 1 and 60),
  unique (firm_id, client_id, contact_id, role),
  foreign key (firm_id, client_id) references client (firm_id, id),
  foreign key (firm_id, contact_id) references contact (firm_id, id)
);
create index client_contact_of_contact on client_contact (firm_id, contact_id);
call guard('client_contact');
