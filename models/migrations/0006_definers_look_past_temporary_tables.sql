-- A temporary table is looked for before all others unless the path says otherwise: whoever may
-- make one could put rows of their own before a function that runs with its owner's rights.
alter function event_number() set search_path = pg_catalog, public, pg_temp;
alter function firm_opens_stream() set search_path = pg_catalog, public, pg_temp;
set local role openpractice_gate;
alter function find_session(bytea) set search_path = pg_catalog, public, pg_temp;
alter function find_sign_in(text) set search_path = pg_catalog, public, pg_temp;
alter function find_member(text) set search_path = pg_catalog, public, pg_temp;
reset role;
