"""Every table of a firm stands behind the wall, and whoever forgets a part of it is told which."""

from typing import Any

import asyncpg
import pytest

from models.unit_of_work import reading, unit_of_work
from tests.cast import Cast
from tests.rules import tenancy

FORGOTTEN = {
    "tables without firm_id": ("create table note (id uuid primary key)", "note"),
    "views and foreign tables, which know no row-level security of their own": (
        "create view everyone as select * from member",
        "everyone",
    ),
    "firm_id that may be null": ("create table note (firm_id uuid)", "note"),
    "tables without row-level security": (
        "create table note (like firm_owned including all)",
        "note",
    ),
    "tables whose owner is free of row-level security": (
        """create table note (like firm_owned including all);
           alter table note enable row level security""",
        "note",
    ),
    "tables without the tenant's policy": (
        "alter policy tenant on team with check (true)",
        "team",
    ),
    "policies that let more through": (
        "create policy support on client for select using (true)",
        "client.support",
    ),
    "tables without a primary key": ("create table note (firm_id uuid not null)", "note"),
    "indexes that do not begin with firm_id": (
        "create unique index client_number on client (name, firm_id)",
        "client_number",
    ),
    "foreign keys that could lead into another firm": (
        """create unique index on office (id);
           alter table team add office_id uuid constraint team_of_office references office (id)""",
        "team_of_office",
    ),
}
"""For each question, what a newcomer might forget, and the name that has to be told."""


@pytest.mark.parametrize("question", tenancy.QUESTIONS)
async def test_the_practice_has_none_of_these(
    question: str, as_owner: "asyncpg.Connection[Any]"
) -> None:
    assert await tenancy.found(as_owner, question) == set()


async def test_each_forgotten_part_of_the_wall_is_found_by_name(
    another_database: "asyncpg.Connection[Any]",
) -> None:
    assert FORGOTTEN.keys() == tenancy.QUESTIONS.keys()
    for question, (mistake, name) in FORGOTTEN.items():
        transaction = another_database.transaction()
        await transaction.start()
        await another_database.execute(mistake)
        told = await tenancy.found(another_database, question)
        await transaction.rollback()
        assert name in told, question


async def test_every_exception_is_still_one(as_owner: "asyncpg.Connection[Any]") -> None:
    answered = {row[0] for sql in tenancy.QUESTIONS.values() for row in await as_owner.fetch(sql)}
    for reasons in tenancy.REASONED:
        assert reasons.keys() <= answered


INTRUSIONS = {
    "making": """insert into team (firm_id, id, created_at, updated_at, name, colour)
                 values ($1, gen_random_uuid(), now(), now(), 'Spies', '#000000')""",
    "giving away": "update team set firm_id = $1",
}


@pytest.mark.parametrize("intrusion", INTRUSIONS)
async def test_a_row_can_neither_be_made_in_another_firm_nor_given_to_it(
    intrusion: str, cast: Cast
) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="row-level security"):
        async with unit_of_work(cast.harbour.ada) as unit:
            await unit.execute(INTRUSIONS[intrusion], cast.alpine.id)


async def test_another_firms_rows_cannot_be_seen_by_their_very_ids(cast: Cast) -> None:
    async with reading(cast.harbour.ada) as unit:
        assert await unit.fetch("select from team where id = $1", cast.alpine.taxes) == []
        assert len(await unit.fetch("select from team where id = $1", cast.harbour.taxes)) == 1


async def test_a_connection_for_which_no_firm_was_chosen_sees_nothing(
    cast: Cast, database_url: str
) -> None:
    connection = await asyncpg.connect(database_url, server_settings={"role": "openpractice_app"})
    try:
        assert await connection.fetchval("select count(*) from firm") == 0
    finally:
        await connection.close()
