-- What a contact sees of what their clients owe: invoices that were issued, what each charges for,
-- and as much of the payments, credits and ledger as their standing is derived from.

grant select (time_zone) on firm to openpractice_portal;  -- what is overdue, it is where the firm is
call portal_sees('invoice',
  'firm_id, id, client_id, number, currency, issue_date, due_date, state, net, tax, total',
  'client_id in (select id from client) and state = ''issued''');
call portal_sees('invoice_line',
  'firm_id, id, invoice_id, position, description, currency, net, tax',
  'invoice_id in (select id from invoice)');
call portal_sees('payment', 'firm_id, invoice_id, applied', 'invoice_id in (select id from invoice)');
call portal_sees('credit_note', 'firm_id, invoice_id, amount',
  'invoice_id in (select id from invoice)');
call portal_sees('ledger_entry', 'firm_id, invoice_id, account, amount',
  'invoice_id in (select id from invoice) and account = ''receivable''');
