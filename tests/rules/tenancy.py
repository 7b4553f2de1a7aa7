"""What PostgreSQL's own catalogue says about the wall around each firm: a question for each rule.

Every question answers with the tables, columns, indexes and keys that break it, by name; so it is
also asked of a database in which somebody forgot something.
"""

from typing import Any

import asyncpg

FIRMLESS = {"migration": "which migrations ran: about the database, not about a firm"}
"""Tables without firm_id, and why."""

TEMPLATE = "firm_owned"
"""The empty table that firm-owned ones begin with: nobody but the owner may touch it."""

ACROSS_FIRMS = {
    "firm_id_key": "the tenant itself: what firm_id refers to",
    "session_token_hash_key": "a session is found by its secret before its firm is known",
    "api_token_token_hash_key": "a token is found by its secret before its firm is known",
    "magic_link_token_hash_key": "a link is found by its secret before its firm is known",
    "portal_session_token_hash_key": "the same for a contact's session",
    "contact_by_email": "who asks for a link is found by address before the firm is known",
    "member_by_email": "who signs in is found by address before the firm is known",
}
"""Indexes that do not begin with firm_id, and why. The app's role can use none of them."""

WIDER_POLICIES = {"firm_stream.watch": "the feed sees the heads of all firms' streams"}
"""Policies beside the tenant's own, and why."""

_TABLES = f"""
  with t as (
    select c.oid, c.relname::text as name, c.relrowsecurity as guarded,
           c.relforcerowsecurity as forced, a.attnum as firm, a.attnotnull as never_null
    from pg_class c
    left join pg_attribute a on a.attrelid = c.oid and a.attname = 'firm_id' and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      and c.relname <> '{TEMPLATE}')
"""

_TENANT = (
    "(firm_id = ( SELECT (NULLIF(current_setting('app.firm_id'::text, true), ''::text))::uuid"
    ' AS "nullif"))'
)

QUESTIONS = {
    "tables without firm_id": _TABLES + "select name from t where firm is null",
    "views and foreign tables, which know no row-level security of their own": """
        select relname::text from pg_class
        where relnamespace = 'public'::regnamespace and relkind in ('v', 'm', 'f')""",
    "firm_id that may be null": _TABLES + "select name from t where not never_null",
    "tables without row-level security": _TABLES
    + "select name from t where firm is not null and not guarded",
    "tables whose owner is free of row-level security": _TABLES
    + "select name from t where firm is not null and not forced",
    "tables without the tenant's policy": _TABLES
    + f"""select name from t where firm is not null and not exists (
            select from pg_policy p where p.polrelid = t.oid
              and p.polcmd = '*' and p.polpermissive and p.polroles = '{{0}}'
              and pg_get_expr(p.polqual, t.oid) = $${_TENANT}$$
              and pg_get_expr(p.polwithcheck, t.oid) = $${_TENANT}$$)""",
    "policies that let more through": _TABLES
    + f"""select name || '.' || p.polname from t join pg_policy p on p.polrelid = t.oid
          where p.polpermissive
            and (pg_get_expr(p.polqual, t.oid) is distinct from $${_TENANT}$$
              or pg_get_expr(p.polwithcheck, t.oid) is distinct from $${_TENANT}$$)""",
    "tables without a primary key": _TABLES
    + """select name from t where firm is not null and not exists (
           select from pg_index i where i.indrelid = t.oid and i.indisprimary)""",
    "indexes that do not begin with firm_id": _TABLES
    + """select x.relname::text from t join pg_index i on i.indrelid = t.oid
         join pg_class x on x.oid = i.indexrelid
         where firm is not null and i.indkey[0] <> firm""",
    "foreign keys that could lead into another firm": _TABLES
    + """select k.conname::text from t join pg_constraint k on k.conrelid = t.oid
         join pg_attribute a on a.attrelid = k.confrelid and a.attnum = k.confkey[1]
         where k.contype = 'f' and firm is not null and not (
           k.conkey[1] = firm
           and (a.attname = 'firm_id' or (k.confrelid = 'firm'::regclass and a.attname = 'id')))""",
}

REASONED = (FIRMLESS, ACROSS_FIRMS, WIDER_POLICIES)


async def found(connection: "asyncpg.Connection[Any]", question: str) -> set[str]:
    """What breaks the rule and is on no list of reasons."""
    names = {row[0] for row in await connection.fetch(QUESTIONS[question])}
    return names - {name for reasons in REASONED for name in reasons}
