-- Payments, credit notes, and the ledger beneath: double entry, only ever added to.

-- What came in; `applied` is the part that settles the invoice, the rest is the client's credit.
create table payment (
  like firm_owned including all,
  invoice_id uuid not null,
  client_id uuid not null,
  currency text not null,
  amount bigint not null check (amount > 0),
  applied bigint not null check (applied between 0 and amount),
  received_on date not null,
  provider text not null check (length(provider) between 1 and 60),
  external_id text not null check (length(external_id) between 1 and 255),
  constraint payment_once unique (firm_id, provider, external_id),
  unique (firm_id, id, invoice_id),
  foreign key (firm_id, invoice_id, client_id, currency)
    references invoice (firm_id, id, client_id, currency)
);
create index payment_of_invoice on payment (firm_id, invoice_id, id);
call guard('payment');
call not_blank('payment', 'provider', 'external_id');
call of_our_time('payment', 'received_on');

-- What is taken back of an issued invoice; `applied` is the part that was still to be paid.
create table credit_note (
  like firm_owned including all,
  invoice_id uuid not null,
  client_id uuid not null,
  currency text not null,
  series_id uuid not null,
  number integer not null check (number > 0),
  issue_date date not null,
  reason text not null check (length(reason) between 1 and 500),
  net bigint not null check (net >= 0),
  tax bigint not null check (tax >= 0),
  amount bigint not null check (amount > 0 and amount = net + tax),
  applied bigint not null check (applied between 0 and amount),
  constraint credit_note_number_once unique (firm_id, series_id, number),
  unique (firm_id, id, invoice_id),
  foreign key (firm_id, series_id) references invoice_series (firm_id, id),
  foreign key (firm_id, invoice_id, client_id, currency)
    references invoice (firm_id, id, client_id, currency)
);
create index credit_note_of_invoice on credit_note (firm_id, invoice_id, id);
call guard('credit_note');
call not_blank('credit_note', 'reason');

create table ledger_transaction (
  like firm_owned including all,
  kind text not null check (kind in ('issue', 'payment', 'credit')),
  client_id uuid not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  invoice_id uuid not null,
  payment_id uuid,
  credit_note_id uuid,
  posted_on date not null,
  check ((kind = 'payment') = (payment_id is not null)),
  check ((kind = 'credit') = (credit_note_id is not null)),
  unique (firm_id, id, client_id, currency),
  constraint ledger_payment_once unique (firm_id, payment_id),
  constraint ledger_credit_once unique (firm_id, credit_note_id),
  foreign key (firm_id, invoice_id, client_id, currency)
    references invoice (firm_id, id, client_id, currency),
  foreign key (firm_id, payment_id, invoice_id) references payment (firm_id, id, invoice_id),
  -- A credit note gets its number, and so its row, as the last act: after what it posts.
  foreign key (firm_id, credit_note_id, invoice_id)
    references credit_note (firm_id, id, invoice_id) deferrable initially deferred
);
create unique index ledger_issue_once on ledger_transaction (firm_id, invoice_id)
  where kind = 'issue';
call guard('ledger_transaction');

-- Debits are positive, credits negative: a balance is a sum.
create table ledger_entry (
  like firm_owned including all,
  transaction_id uuid not null,
  account text not null check (account in
    ('receivable', 'fees', 'adjustments', 'tax', 'bank', 'client_credit')),
  amount bigint not null check (amount <> 0),
  client_id uuid not null,
  currency text not null,
  invoice_id uuid,
  foreign key (firm_id, transaction_id, client_id, currency)
    references ledger_transaction (firm_id, id, client_id, currency),
  foreign key (firm_id, invoice_id, client_id, currency)
    references invoice (firm_id, id, client_id, currency)
);
create index ledger_entry_of_transaction on ledger_entry (firm_id, transaction_id);
create index ledger_entry_of_invoice on ledger_entry (firm_id, invoice_id, account);
create index ledger_entry_of_client on ledger_entry (firm_id, client_id, account);
call guard('ledger_entry');

-- What was posted, received or credited is never rewritten: corrections are further rows.
revoke update, delete on payment, credit_note, ledger_transaction, ledger_entry
  from openpractice_app;

-- Looked at inside COMMIT, when all of a transaction's entries are there.
create function ledger_balances() returns trigger language plpgsql as $$
declare posting uuid := (to_jsonb(new) ->> tg_argv[0])::uuid; off numeric; begin
  select sum(amount) into off from ledger_entry
    where firm_id = new.firm_id and transaction_id = posting;
  if off is distinct from 0 then
    raise exception 'transaction % does not balance: off by %', posting, coalesce(off::text, 'all')
      using errcode = 'check_violation', constraint = 'ledger_balances';
  end if;
  return null;
end $$;
revoke execute on function ledger_balances() from public;
create constraint trigger ledger_transaction_balances after insert on ledger_transaction
  deferrable initially deferred for each row execute function ledger_balances('id');
create constraint trigger ledger_entry_balances after insert on ledger_entry
  deferrable initially deferred for each row execute function ledger_balances('transaction_id');
