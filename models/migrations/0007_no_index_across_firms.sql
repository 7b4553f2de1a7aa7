-- Under row-level security a condition that is not leakproof, such as `@>`, is looked at after the
-- firm's: no query of the app can ever use an index that does not begin with firm_id.
drop index client_by_tag;
