-- Invoices: drafts of lines, then a number without gaps; after that they never change.

create table invoice_series (
  like firm_owned including all,
  legal_entity_id uuid not null,
  kind text not null check (kind in ('invoice', 'credit_note')),
  next integer not null default 1 check (next > 0),
  unique (firm_id, legal_entity_id, kind),
  foreign key (firm_id, legal_entity_id) references legal_entity (firm_id, id)
);
call guard('invoice_series');

-- Amounts are minor units of the currency, totals stored once: everything reads the same figures.
create table invoice (
  like firm_owned including all,
  client_id uuid not null,
  job_id uuid,
  legal_entity_id uuid not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  state text not null check (state in ('draft', 'issued')),
  series_id uuid,
  number integer check (number > 0),
  issue_date date,
  due_date date check (due_date >= issue_date),
  payment_terms_days smallint not null check (payment_terms_days between 0 and 365),
  tax_rounding text not null check (tax_rounding in ('per_line')),
  net bigint not null,
  tax bigint not null,
  total bigint not null,
  check (net >= 0 and tax >= 0 and total = net + tax),
  constraint invoice_number_once unique (firm_id, series_id, number),
  unique (firm_id, id, client_id, currency),
  constraint invoice_numbered check (
    num_nonnulls(series_id, number, issue_date, due_date)
      = case state when 'issued' then 4 else 0 end),
  foreign key (firm_id, client_id) references client (firm_id, id),
  foreign key (firm_id, job_id, client_id) references job (firm_id, id, client_id),
  foreign key (firm_id, legal_entity_id) references legal_entity (firm_id, id),
  foreign key (firm_id, series_id) references invoice_series (firm_id, id)
);
create index invoice_newest on invoice (firm_id, id);
create index invoice_of_client on invoice (firm_id, client_id, id);
create index invoice_of_job on invoice (firm_id, job_id, id);
call guard('invoice');
call of_our_time('invoice', 'issue_date');

create table invoice_line (
  like firm_owned including all,
  invoice_id uuid not null,
  client_id uuid not null,
  currency text not null,
  position integer not null check (position > 0),
  member_id uuid,
  description text not null check (length(description) between 1 and 500),
  seconds bigint check (seconds >= 0),
  standard bigint not null check (standard >= 0),
  adjustment bigint not null,
  adjustment_reason text check (length(adjustment_reason) between 1 and 500),
  net bigint not null check (net >= 0 and net = standard + adjustment),
  tax_category text not null check (tax_category in ('S', 'Z', 'E')),
  tax_rate numeric(7, 4) not null check (tax_rate between 0 and 100),
  tax bigint not null check (tax between 0 and net),
  check ((adjustment = 0) = (adjustment_reason is null)),
  constraint invoice_line_tax check ((tax_category = 'S') = (tax_rate > 0)),
  unique (firm_id, invoice_id, position),
  unique (firm_id, id, invoice_id),
  foreign key (firm_id, invoice_id, client_id, currency)
    references invoice (firm_id, id, client_id, currency),
  foreign key (firm_id, member_id) references member (firm_id, id)
);
call guard('invoice_line');
call not_blank('invoice_line', 'description', 'adjustment_reason');

-- Which time a line bills, at what it was worth then. One entry stands on one live invoice.
create table invoice_line_time (
  like firm_owned including all,
  line_id uuid not null,
  invoice_id uuid not null,
  client_id uuid not null,
  time_entry_id uuid not null,
  seconds integer not null check (seconds >= 0),
  hourly numeric(18, 6) not null check (hourly >= 0),
  value bigint not null check (value >= 0),
  voided_at timestamptz,
  foreign key (firm_id, line_id, invoice_id) references invoice_line (firm_id, id, invoice_id),
  foreign key (firm_id, client_id) references client (firm_id, id),
  foreign key (firm_id, time_entry_id) references time_entry (firm_id, id)
);
create unique index time_billed_once on invoice_line_time (firm_id, time_entry_id)
  where voided_at is null;
create index invoice_line_time_of_line on invoice_line_time (firm_id, line_id);
create index invoice_line_time_of_invoice on invoice_line_time (firm_id, invoice_id);
call guard('invoice_line_time');

-- What was issued stays as it is; an invoice is issued only with the sums of its lines.
create function invoice_stays() returns trigger language plpgsql as $$
declare net bigint; tax bigint; begin
  if old.state = 'issued' then
    raise exception 'an issued invoice never changes'
      using errcode = 'restrict_violation', constraint = 'invoice_stays';
  end if;
  if tg_op = 'DELETE' then return old; end if;
  if new.state = 'issued' then
    select coalesce(sum(l.net), 0), coalesce(sum(l.tax), 0) into net, tax
      from invoice_line l where l.firm_id = new.firm_id and l.invoice_id = new.id;
    if (net, tax) is distinct from (new.net, new.tax) then
      raise exception 'the totals are not those of the lines'
        using errcode = 'check_violation', constraint = 'invoice_totals';
    end if;
  end if;
  return new;
end $$;
create trigger invoice_stays before update or delete on invoice
  for each row execute function invoice_stays();

-- Lines and their time change on a draft alone; afterwards time can be freed, and no more. The
-- share lock waits for whoever is issuing the invoice now.
create function invoice_part_stays() returns trigger language plpgsql as $$
declare part record := case tg_op when 'INSERT' then new else old end; held text; begin
  if tg_op = 'UPDATE' and new.invoice_id <> old.invoice_id then
    raise exception 'a line stays on its invoice' using errcode = 'restrict_violation';
  end if;
  select state into held from invoice i
    where i.firm_id = part.firm_id and i.id = part.invoice_id for share;
  if held = 'draft' then
    if tg_op = 'DELETE' then return old; end if;
    return new;
  end if;
  if tg_op = 'UPDATE' and tg_table_name = 'invoice_line_time' then
    if (to_jsonb(old) ->> 'voided_at') is null and (to_jsonb(new) ->> 'voided_at') is not null
       and to_jsonb(new) - '{voided_at,version,updated_at}'::text[]
         = to_jsonb(old) - '{voided_at,version,updated_at}'::text[] then
      return new;
    end if;
  end if;
  raise exception 'an issued invoice never changes'
    using errcode = 'restrict_violation', constraint = 'invoice_stays';
end $$;
create trigger invoice_line_stays before insert or update or delete on invoice_line
  for each row execute function invoice_part_stays();
create trigger invoice_line_time_stays before insert or update or delete on invoice_line_time
  for each row execute function invoice_part_stays();

-- The wall behind the verbs: what is on a live invoice was worked as the invoice says.
create function billed_time_stays() returns trigger language plpgsql as $$ begin
  if exists (select from invoice_line_time b where b.firm_id = old.firm_id
             and b.time_entry_id = old.id and b.voided_at is null) then
    raise exception 'this time is on an invoice'
      using errcode = 'restrict_violation', constraint = 'billed_time_stays';
  end if;
  return new;
end $$;
create trigger billed_time_stays before update on time_entry
  for each row execute function billed_time_stays();
revoke execute on function invoice_stays(), invoice_part_stays(), billed_time_stays() from public;
