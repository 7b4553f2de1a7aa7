"""Who may do what in the database itself: each role has what it needs, by name, and no more."""

from typing import Any

import asyncpg
import pytest

from models.unit_of_work import unit_of_work
from tests.cast import Cast
from tests.rules.portal_rights import (
    COLUMNS_FOR_THE_PORTAL,
    COLUMNS_OF_AN_EVENT,
    WRITTEN_IN_THE_PORTAL,
)
from tests.rules.tenancy import TEMPLATE
from tests.servers import DatabaseMaker

APP, FEED, GATE = "openpractice_app", "openpractice_feed", "openpractice_gate"
PORTAL, QUEUE = "openpractice_portal", "openpractice_queue"
LOGIN = "openpractice"

EVERYTHING = {"SELECT", "INSERT", "UPDATE", "DELETE"}
LESS_FOR_THE_APP = {
    "event": {"SELECT"},
    "firm_stream": {"SELECT"},
    "tallied": {"SELECT"},
    "tally": {"SELECT"},
    "tally_reach": {"SELECT"},
    "worked_month": {"SELECT"},
    "payment": {"SELECT", "INSERT"},
    "credit_note": {"SELECT", "INSERT"},
    "ledger_transaction": {"SELECT", "INSERT"},
    "ledger_entry": {"SELECT", "INSERT"},
    "migration": set(),
    TEMPLATE: set(),
}
"""Tables where the app may not do everything to its firm's rows."""

FOR_OTHERS = {
    (FEED, "firm_stream"): {"SELECT"},
    **{
        (GATE, table): {"SELECT"}
        for table in (
            "session",
            "api_token",
            "credential",
            "member",
            "firm",
            "contact",
            "portal_access",
            "magic_link",
            "portal_session",
            "recurrence",
            "document",
            "task",
            "dependency",
        )
    },
}
"""Beside the app, who may do what."""

DEFINERS = {
    "worked_month_follows": (),
    "event_number": (),
    "firm_opens_stream": (),
    "find_session": (APP,),
    "find_sign_in": (APP,),
    "find_member": (APP,),
    "find_portal_contacts": (APP,),
    "find_magic_link": (APP,),
    "find_portal_session": (APP,),
    "find_first_due_recurrences": (QUEUE,),
    "find_lagging_tasks": (QUEUE,),
    "find_lapsed_uploads": (QUEUE,),
    "find_cut_off_examinations": (QUEUE,),
    "raise_floors": (QUEUE,),
    "untallied_firms": (QUEUE,),
    "tally_firm": (QUEUE,),
    "tally_cards": (),
}
"""The functions that run with their owner's rights, and who may call them: triggers nobody."""

FOR_EVERYBODY = {
    "viewer_member": "reads a setting of one's own connection",
    "viewer_contact": "the same",
    "event_hash": "computes from what it is given",
    "says_something": "looks at the one text it is given",
    "name_key": "the same",
    "tax_key": "the same",
    "total": "adds up what it is given",
}
"""The functions that anybody may call, and why."""


async def grants(connection: "asyncpg.Connection[Any]") -> dict[tuple[str, str], set[str]]:
    """What each role may do to each table as a whole, the owner aside."""
    rows = await connection.fetch(
        """select coalesce(r.rolname, 'public')::text as role, c.relname::text as name,
                  array_agg(x.privilege_type) as rights
           from pg_class c cross join lateral aclexplode(c.relacl) x
           left join pg_roles r on r.oid = x.grantee
           where c.relnamespace = 'public'::regnamespace and x.grantee <> c.relowner
             and c.relkind <> 'i'
           group by 1, 2"""
    )
    return {(row["role"], row["name"]): set(row["rights"]) for row in rows}


async def test_the_app_may_write_its_firms_rows_and_only_read_what_is_numbered(
    as_owner: "asyncpg.Connection[Any]",
) -> None:
    tables = await as_owner.fetch(
        "select relname::text from pg_class"
        " where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')"
    )
    wanted = {(APP, name): LESS_FOR_THE_APP.get(name, EVERYTHING) for (name,) in tables}

    assert await grants(as_owner) == {k: v for k, v in (wanted | FOR_OTHERS).items() if v}


async def test_a_right_given_to_everybody_would_be_seen(
    another_database: "asyncpg.Connection[Any]",
) -> None:
    await another_database.execute("grant select on client to public")

    assert (await grants(another_database))["public", "client"] == {"SELECT"}


async def test_by_column_the_app_and_the_portal_have_just_these_rights(
    as_owner: "asyncpg.Connection[Any]",
) -> None:
    rows = await as_owner.fetch(
        """select a.attrelid::regclass::text as name, a.attname::text as col, x.privilege_type as it,
                  x.grantee::regrole::text as role
           from pg_attribute a cross join lateral aclexplode(a.attacl) x
           join pg_class c on c.oid = a.attrelid and c.relnamespace = 'public'::regnamespace"""
    )
    read = {(name, "SELECT"): columns for name, columns in COLUMNS_FOR_THE_PORTAL.items()}
    assert {tuple(row) for row in rows} == {
        ("event", column, "INSERT", APP) for column in COLUMNS_OF_AN_EVENT
    } | {
        (name, column, right, PORTAL)
        for (name, right), columns in (read | WRITTEN_IN_THE_PORTAL).items()
        for column in columns
    }


@pytest.mark.parametrize(
    "attempt",
    [
        "update event set kind = 'client.added'",
        "delete from event",
        "truncate event",
        "insert into event (firm_id, seq) values (gen_random_uuid(), 1)",
        "insert into event (firm_id, prev_hash, hash) values (gen_random_uuid(), '', '')",
        "update firm_stream set seq = 0",
        "insert into firm_stream (firm_id) values (gen_random_uuid())",
        "select * from migration",
        "select * from firm_owned",
        "select event_number()",
        "call guard('client')",
        "alter table client no force row level security",
        "set local role openpractice_gate",
        "create table own (id uuid)",
        "create temporary table client (id uuid)",
    ],
)
async def test_the_app_is_refused_what_would_undo_the_past_or_the_wall(
    attempt: str, cast: Cast
) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with unit_of_work(cast.harbour.ada) as unit:
            await unit.execute(attempt)


async def test_no_role_of_a_request_owns_anything_or_passes_by_the_wall(
    as_owner: "asyncpg.Connection[Any]",
) -> None:
    rows = await as_owner.fetch(
        """select rolname::text as name, rolcanlogin as enters, rolbypassrls as passes,
                  rolsuper or rolcreaterole or rolcreatedb or rolreplication as rules,
                  (select count(*) from pg_shdepend d where d.deptype = 'o'
                     and d.refclassid = 'pg_authid'::regclass and d.refobjid = r.oid
                     and d.classid <> 'pg_proc'::regclass) as things
           from pg_roles r where rolname = any($1)""",
        [APP, PORTAL, FEED, QUEUE, GATE, LOGIN],
    )  # fmt: skip
    assert {row["name"]: tuple(row)[1:] for row in rows} == {
        APP: (False, False, False, 0),
        PORTAL: (False, False, False, 0),
        FEED: (False, False, False, 0),
        QUEUE: (False, False, False, 0),
        GATE: (False, True, False, 0),
        LOGIN: (True, False, False, 0),
    }


async def test_the_servers_login_may_act_as_each_of_these_and_has_nothing_by_itself(
    as_owner: "asyncpg.Connection[Any]",
) -> None:
    rows = await as_owner.fetch(
        """select m.roleid::regrole::text, m.inherit_option, m.admin_option
           from pg_auth_members m where m.member = any($1::regrole[])""",
        [APP, PORTAL, FEED, QUEUE, GATE, LOGIN],
    )
    assert {tuple(row) for row in rows} == {
        (role, False, False) for role in (APP, PORTAL, FEED, QUEUE)
    }


async def test_the_functions_with_rights_of_their_own_are_these_each_for_its_callers_alone(
    as_owner: "asyncpg.Connection[Any]",
) -> None:
    rows = await as_owner.fetch(
        """select p.proname::text as name, p.proowner::regrole::text as owner, p.proconfig as path,
                  array(select grantee::regrole::text from aclexplode(p.proacl)
                        where grantee <> p.proowner) as callers
           from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef"""
    )
    assert {row["name"]: tuple(row["callers"]) for row in rows} == DEFINERS
    for row in rows:
        assert row["path"] == ["search_path=pg_catalog, public, pg_temp"], row["name"]
        assert (row["owner"] == GATE) is row["name"].startswith("find_"), row["name"]


async def test_everybody_may_call_what_has_no_rights_of_its_own_and_no_more(
    as_owner: "asyncpg.Connection[Any]",
) -> None:
    rows = await as_owner.fetch(
        """select p.proname::text from pg_proc p
           where p.pronamespace = 'public'::regnamespace and exists (
             select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner)))
             where grantee = 0)"""
    )
    assert {name for (name,) in rows} == FOR_EVERYBODY.keys()


async def test_a_temporary_table_cannot_stand_in_for_a_real_one(
    make_database: DatabaseMaker,
) -> None:
    async with make_database() as database:
        owner = await asyncpg.connect(database.migrate_url)
        name = await owner.fetchval("select current_database()")
        await owner.execute(f"grant temporary on database {name} to {APP}")
        await owner.close()
        intruder = await asyncpg.connect(database.url, server_settings={"role": APP})
        await intruder.execute(
            """create temporary table member (firm_id uuid, id uuid, role text, email text);
               grant select on member to public;
               insert into member values (gen_random_uuid(), gen_random_uuid(), 'owner', 'x@y.z')"""
        )
        assert await intruder.fetch("select * from find_member('x@y.z')") == []
        await intruder.close()


async def test_the_queues_tables_are_the_workers_and_the_app_only_puts_in(
    as_owner: "asyncpg.Connection[Any]",
) -> None:
    rows = await as_owner.fetch(
        """select c.relname::text, x.grantee::regrole::text, array_agg(x.privilege_type) as rights
           from pg_class c cross join lateral aclexplode(c.relacl) x
           where c.relnamespace = 'queue'::regnamespace and x.grantee <> c.relowner
             and c.relkind = 'r' group by 1, 2"""
    )
    assert {tuple(row)[:2]: set(row["rights"]) for row in rows} == {
        (table, QUEUE): EVERYTHING
        for table in ("pgqueuer", "pgqueuer_log", "pgqueuer_schedules", "pgqueuer_statistics")
    }
    assert await as_owner.fetchval(
        "select relrowsecurity from pg_class where oid = 'queue.pgqueuer'::regclass"
    )
