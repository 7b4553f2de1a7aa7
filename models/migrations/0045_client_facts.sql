-- How clients stood to each other is told, too, not only how they stand: each side by an index.
create index client_relation_of_client on client_relation (firm_id, client_id);
