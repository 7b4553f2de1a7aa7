-- Another system's name for a restricted client's thing tells of that client: it is hidden with it.
alter table external_id
  add column client_id uuid,
  add foreign key (firm_id, client_id) references client (firm_id, id);
create index external_id_of_client on external_id (firm_id, client_id);
