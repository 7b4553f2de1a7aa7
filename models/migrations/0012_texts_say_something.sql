-- What has to be said is not said by blanks: a card named by a space could not be found or clicked.
-- Blank is also what only looks empty: no-break and zero-width spaces, marks of direction.
create function says_something(said text) returns boolean
language sql immutable strict parallel safe set search_path = pg_catalog as $$
  select said ~ '[^\s\u0085\u00a0\u00ad\u115f\u1160\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0]'
$$;

-- For each text of a table that has to be there.
create procedure not_blank(target regclass, variadic columns text[]) language plpgsql as $$
declare named text; begin
  foreach named in array columns loop
    execute format('alter table %s add constraint %I check (says_something(%I))',
                   target, target || '_' || named || '_blank', named);
  end loop;
end $$;
revoke execute on procedure not_blank(regclass, text[]) from public;

call not_blank('firm', 'name');
call not_blank('legal_entity', 'name');
call not_blank('office', 'name');
call not_blank('member', 'name');
call not_blank('team', 'name');
call not_blank('api_token', 'name');
call not_blank('client', 'name');
call not_blank('contact', 'name');
call not_blank('client_contact', 'role');
call not_blank('workflow', 'name');
call not_blank('stage', 'name', 'client_facing_name');
call not_blank('service', 'name');
call not_blank('engagement', 'name');
call not_blank('job', 'title');
call not_blank('task', 'title');
call not_blank('waiting', 'what');
call not_blank('comment', 'body');
call not_blank('external_id', 'system', 'key');
