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
