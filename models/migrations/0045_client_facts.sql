-- How clients stood to each other is told, too, not only how they stand: each side by an index.
create index client_relation_of_client on client_relation (firm_id, client_id);

-- What is the same of two names that mean one client: no accents, signs, “the”, nor how a company is
-- constituted. Two clients alike in it may be one that was taken on twice.
create function name_key(said text) returns text
language sql immutable strict parallel safe set search_path = pg_catalog as $$
  select nullif(regexp_replace(regexp_replace(btrim(regexp_replace(replace(regexp_replace(replace(
      lower(normalize(said, nfkd) collate pg_c_utf8), 'ß', 'ss'),
      '[\u0300-\u036f.''`\u2019]' collate pg_c_utf8, '', 'g'), '&', ' and '),
      '[^[:alnum:]]+' collate pg_c_utf8, ' ', 'g')),
      '^the (?=.)', ''),
      '( (and )?(ltd|limited|plc|llp|llc|lp|inc|incorporated|corp|corporation|company|co|gmbh|mbh|ag|kg|ohg|gbr'
      '|ug|ev|se|sa|sarl|sas|sl|srl|spa|bv|nv|ab|as|aps|oy|pty))+$', ''), '')
$$;

-- Kept and compared as they stand: under row-level security nothing made of a row enters an index.
alter table client add name_key text generated always as (name_key(name)) stored;
create index client_by_name_key on client (firm_id, name_key, id);
alter table contact add email_key text generated always as (lower(email collate pg_c_utf8)) stored;
create index contact_by_email_key on contact (firm_id, email_key);

-- What is the same of two ways to write a number: its letters and digits alone.
create function tax_key(said text) returns text
language sql immutable strict parallel safe set search_path = pg_catalog as $$
  select nullif(upper(regexp_replace(said, '[^[:alnum:]]+' collate pg_c_utf8, '', 'g') collate pg_c_utf8), '')
$$;

-- What authorities know a client by.
create table client_tax_id (
  like firm_owned including all,
  client_id uuid not null,
  kind text not null check (length(kind) between 1 and 30),
  number text not null check (length(number) between 1 and 50),
  number_key text generated always as (tax_key(number)) stored,
  unique (firm_id, client_id, kind),
  foreign key (firm_id, client_id) references client (firm_id, id)
);
create index client_tax_id_by_number on client_tax_id (firm_id, number_key, client_id);
call guard('client_tax_id');
call not_blank('client_tax_id', 'kind', 'number');

-- Where a client is written to, and where its invoices go.
create table client_address (
  like firm_owned including all,
  client_id uuid not null,
  purpose text not null check (purpose in ('postal', 'billing')),
  recipient text not null default '' check (length(recipient) <= 200),
  line1 text not null check (length(line1) between 1 and 200),
  line2 text not null default '' check (length(line2) <= 200),
  city text not null default '' check (length(city) <= 100),
  region text not null default '' check (length(region) <= 100),
  postal_code text not null default '' check (length(postal_code) <= 20),
  country text not null check (country ~ '^[A-Z]{2}$'),
  unique (firm_id, client_id, purpose),
  foreign key (firm_id, client_id) references client (firm_id, id)
);
call guard('client_address');
call not_blank('client_address', 'line1');

-- Days that matter to a client: one day, or one that comes back each year.
create table client_key_date (
  like firm_owned including all,
  client_id uuid not null,
  name text not null check (length(name) between 1 and 60),
  month smallint check (month between 1 and 12),
  day smallint check (day between 1 and 31),
  date date,
  check (num_nonnulls(month, day) in (0, 2) and num_nonnulls(month, date) = 1),
  unique (firm_id, client_id, name),
  foreign key (firm_id, client_id) references client (firm_id, id)
);
call guard('client_key_date');
call not_blank('client_key_date', 'name');
