-- Whom an invoice was from and to, by the names of the day it was issued: who is called otherwise
-- afterwards does not change what was sent. What was issued before says what it would say today.

alter table invoice add paper jsonb;
alter table invoice disable trigger invoice_stays;
update invoice i set paper = jsonb_build_object(
    'firm', f.name, 'locale', f.locale, 'entity', e.name, 'tax_ids', e.tax_ids, 'client', c.name)
  from firm f, legal_entity e, client c
  where i.state = 'issued' and f.id = i.firm_id
    and e.firm_id = i.firm_id and e.id = i.legal_entity_id
    and c.firm_id = i.firm_id and c.id = i.client_id;
alter table invoice enable trigger invoice_stays;
alter table invoice add constraint invoice_paper
  check ((state = 'issued') = (paper is not null));
