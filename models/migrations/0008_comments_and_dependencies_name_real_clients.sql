-- Who may see a comment or a dependency hangs on the client it names: so that is held, too.
alter table comment
  add foreign key (firm_id, client_id) references client (firm_id, id),
  add foreign key (firm_id, job_id, client_id) references job (firm_id, id, client_id);
alter table dependency
  add foreign key (firm_id, client_id) references client (firm_id, id);
