-- The roles of the whole cluster, made before any migration; running it again changes nothing.
-- The migrating login must be able to make roles, and must see every firm's rows (superuser, or
-- CREATEROLE with BYPASSRLS): the owner of a table under forced security would see none of them.
do $$
declare
  member_of text; login text;
begin
  -- app: what a member's request may do. portal: what a client's contact may. feed: the heads of
  -- all firms' streams. queue: the work that waits in the background. gate: owns the few functions
  -- that find a session, a sign-in name or due work before the firm is known.
  begin create role openpractice_app nologin nosuperuser nobypassrls;
    exception when duplicate_object or unique_violation then null; end;
  begin create role openpractice_portal nologin nosuperuser nobypassrls;
    exception when duplicate_object or unique_violation then null; end;
  begin create role openpractice_feed nologin nosuperuser nobypassrls;
    exception when duplicate_object or unique_violation then null; end;
  begin create role openpractice_queue nologin nosuperuser nobypassrls;
    exception when duplicate_object or unique_violation then null; end;
  begin create role openpractice_gate nologin nosuperuser bypassrls;
    exception when duplicate_object or unique_violation then null; end;
  -- The server's login. Without a password nobody can sign in as it: giving one is the
  -- administrator's step (the embedded server's is generated).
  begin create role openpractice login nosuperuser nobypassrls noinherit;
    exception when duplicate_object or unique_violation then null; end;

  -- A login holds nothing by itself: it has to say which role it acts as.
  foreach member_of in array array['openpractice_app', 'openpractice_portal', 'openpractice_feed',
                                   'openpractice_queue'] loop
    if not exists (select from pg_auth_members m
                   where m.roleid = member_of::regrole and m.member = 'openpractice'::regrole
                     and m.set_option) then
      execute format('grant %I to openpractice with inherit false, set true', member_of);
    end if;
  end loop;
  -- The migrating login hands functions to the gate, and may serve as the server's login too.
  foreach member_of in array array['openpractice_app', 'openpractice_portal', 'openpractice_feed',
                                   'openpractice_queue', 'openpractice_gate'] loop
    if not pg_has_role(session_user, member_of, 'SET') then
      execute format('grant %I to %I with inherit false, set true', member_of, session_user);
    end if;
  end loop;
  -- Functions can be handed only to a role that may create in their schema.
  if has_schema_privilege(session_user, 'public', 'create with grant option') then
    grant usage, create on schema public to openpractice_gate;
    grant usage on schema public to openpractice_app, openpractice_portal, openpractice_feed,
      openpractice_queue;
  end if;
end $$;
