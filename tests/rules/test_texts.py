"""A text that has to be there says something: the catalogue is asked, so no table forgets it."""

from typing import Any

import asyncpg

MAY_BE_BLANK = {"idempotency.key": "a caller's own key: whatever it is, it is told from others"}

QUESTION = r"""
  select c.relname || '.' || a.attname from pg_constraint k
  join pg_class c on c.oid = k.conrelid and c.relnamespace = 'public'::regnamespace
  join pg_attribute a on a.attrelid = k.conrelid and k.conkey = array[a.attnum]
  where k.contype = 'c' and pg_get_constraintdef(k.oid) ~ 'length\(\w+\) >= 1'
    and not exists (select from pg_constraint b where b.conrelid = k.conrelid
      and b.conname = c.relname || '_' || a.attname || '_blank')"""


async def test_a_text_that_has_to_be_there_cannot_be_blank(
    as_owner: "asyncpg.Connection[Any]",
) -> None:
    found = {row[0] for row in await as_owner.fetch(QUESTION)}

    assert found == MAY_BE_BLANK.keys()


async def test_a_table_that_forgets_it_is_told(as_owner: "asyncpg.Connection[Any]") -> None:
    async with as_owner.transaction():
        await as_owner.execute("create table note (body text check (length(body) between 1 and 9))")
        found = {row[0] for row in await as_owner.fetch(QUESTION)}
        await as_owner.execute("drop table note")

    assert "note.body" in found
