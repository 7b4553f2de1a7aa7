"""The embedded servers give each login exactly what it needs."""

import asyncpg
import pytest

from server.embedded import Servers


async def test_the_servers_login_acts_as_app_portal_or_feed_and_as_nothing_else(
    database_url: str,
) -> None:
    connection = await asyncpg.connect(database_url)
    try:
        for role in ("openpractice_app", "openpractice_portal", "openpractice_feed"):
            await connection.execute(f"set role {role}")
        await connection.execute("reset role")
        for role in ("openpractice_gate", "openpractice_migrate", "postgres"):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(f"set role {role}")
    finally:
        await connection.close()


async def test_a_login_that_says_no_role_may_read_nothing(database_url: str) -> None:
    connection = await asyncpg.connect(database_url)
    try:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.fetch("select * from firm")
    finally:
        await connection.close()


async def test_the_servers_login_bypasses_nothing_and_the_owner_bypasses_row_security(
    as_owner: "asyncpg.Connection[asyncpg.Record]",
) -> None:
    rows = await as_owner.fetch(
        "select rolname, rolsuper, rolbypassrls, rolcreaterole, rolinherit from pg_roles"
        " where rolname ~ '^openpractice' order by rolname"
    )

    assert [tuple(row) for row in rows] == [
        ("openpractice", False, False, False, False),
        ("openpractice_app", False, False, False, True),
        ("openpractice_feed", False, False, False, True),
        ("openpractice_gate", False, True, False, True),
        ("openpractice_migrate", False, True, True, False),
        ("openpractice_portal", False, False, False, True),
        ("openpractice_queue", False, False, False, True),
    ]


async def test_a_wrong_password_is_refused_over_loopback(servers: Servers) -> None:
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(
            host="127.0.0.1",
            port=servers.database_port,
            user="postgres",
            password="postgres",
            database="postgres",
        )


async def test_passwords_are_readable_by_their_owner_alone(servers: Servers) -> None:
    passwords = servers.folder.path / "passwords.json"

    assert passwords.stat().st_mode & 0o777 == 0o600


async def test_a_tests_own_database_is_migrated_and_empty(own_database_url: str) -> None:
    connection = await asyncpg.connect(
        own_database_url, server_settings={"role": "openpractice_app"}
    )
    try:
        assert await connection.fetchval("select count(*) from firm") == 0
    finally:
        await connection.close()
