-- An invoice that was written down to nothing holds its time until a credit note of nothing voids
-- it: one, and of nothing else.

alter table credit_note
  drop constraint credit_note_check,
  add constraint credit_note_check check (amount >= 0 and amount = net + tax);
create unique index credit_note_of_nothing_once on credit_note (firm_id, invoice_id)
  where amount = 0;

create function nothing_voids_nothing() returns trigger language plpgsql as $$ begin
  if not exists (select from invoice i where i.firm_id = new.firm_id and i.id = new.invoice_id
                 and i.state = 'issued' and i.total = 0) then
    raise exception 'a credit note of nothing voids an invoice of nothing alone'
      using errcode = 'check_violation', constraint = 'nothing_voids_nothing';
  end if;
  return new;
end $$;
revoke execute on function nothing_voids_nothing() from public;
create trigger nothing_voids_nothing before insert on credit_note
  for each row when (new.amount = 0) execute function nothing_voids_nothing();
