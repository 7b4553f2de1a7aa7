-- What a contact may see is found from their clients down, each list by an index. `in (select …)` in
-- a policy is asked of every row: it looked through all clients, all jobs and all invoices of the
-- firm for each question from the portal. As an array it is read once, and indexes are entered by it.

create procedure portal_sees_only(target regclass, rows text) language plpgsql as $$ begin
  execute format('alter policy portal on %s using (%s) with check (%s)', target, rows, rows);
end $$;
revoke execute on procedure portal_sees_only(regclass, text) from public;

call portal_sees_only('client',
  'id = any(array(select client_id from portal_access
                  where contact_id = (select viewer_contact()) and withdrawn_at is null))');
call portal_sees_only('job',
  'client_id = any(array(select id from client)) and category <> ''cancelled''');
call portal_sees_only('stage', 'id = any(array(select stage_id from job))');
call portal_sees_only('request',
  'client_id = any(array(select id from client)) and state <> ''cancelled''');
call portal_sees_only('request_item', 'request_id = any(array(select id from request))');
call portal_sees_only('document', 'client_id = any(array(select id from client)) and shared');
call portal_sees_only('message', 'client_id = any(array(select id from client))');
call portal_sees_only('invoice',
  'client_id = any(array(select id from client)) and state = ''issued''');
call portal_sees_only('invoice_line', 'invoice_id = any(array(select id from invoice))');
call portal_sees_only('payment', 'invoice_id = any(array(select id from invoice))');
call portal_sees_only('credit_note', 'invoice_id = any(array(select id from invoice))');
call portal_sees_only('ledger_entry',
  'invoice_id = any(array(select id from invoice)) and account = ''receivable''');
drop procedure portal_sees_only(regclass, text);

alter policy portal_brings on document
  with check (state = 'pending' and request_item_id = any(array(
    select id from request_item where kind = 'file')));
alter policy portal_writes on message
  with check (author = (select name from contact where id = contact_id)
    and (job_id is null or job_id = any(array(select id from job))));
