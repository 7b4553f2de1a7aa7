"""Events are numbered inside COMMIT: without gap, chained, and at the same cost in any number."""

import time
from typing import Any

import asyncpg
import pytest
from uuid_utils.compat import uuid7

ONE = (
    "insert into event (firm_id, kind, entity, entity_id, entity_version, payload, at)"
    " select $1, 'client.added', 'client', gen_random_uuid(), 1, '{}', now()"
    " from generate_series(1, $2)"
)
BROKEN = """
  select count(*) from (
    select e.*, lag(e.seq, 1, 0::bigint) over w as before,
           lag(e.hash, 1, ''::bytea) over w as chain
    from event e where e.firm_id = $1 window w as (order by e.seq)
  ) e
  where e.seq is distinct from e.before + 1 or e.prev_hash is distinct from e.chain
     or e.hash is distinct from event_hash(e.chain, (
          select row(x.*)::event from event x where x.firm_id = e.firm_id and x.id = e.id))
"""


async def a_firm(connection: "asyncpg.Connection[Any]") -> Any:
    firm = uuid7()
    await connection.execute(
        "insert into firm (firm_id, id, created_at, updated_at, name, country, currency, locale,"
        " time_zone) values ($1, $1, now(), now(), 'Ledger', 'GB', 'GBP', 'en-GB', 'UTC')",
        firm,
    )
    return firm


async def happen(connection: "asyncpg.Connection[Any]", firm: Any, *groups: int) -> float:
    """Let groups of events happen in one transaction; returns how long its COMMIT took."""
    await connection.execute("begin")
    await connection.execute("select set_config('app.firm_id', $1, true)", str(firm))
    for number, count in enumerate(groups):
        if number:
            await connection.execute("set constraints all immediate")
            await connection.execute("set constraints all deferred")
        await connection.execute(ONE, firm, count)
    began = time.perf_counter()
    await connection.execute("commit")
    return time.perf_counter() - began


async def test_a_large_transaction_costs_no_more_an_event_than_a_small_one(
    as_owner: "asyncpg.Connection[Any]",
) -> None:
    firm = await a_firm(as_owner)
    # A connection caches its plans after a few runs: these see a table that is all but empty.
    for _ in range(20):
        await happen(as_owner, firm, 1)
    assert await happen(as_owner, firm, 10_000) < 3  # 0.2 s; looked up one by one, half a minute
    assert await as_owner.fetchval("select seq from firm_stream where firm_id = $1", firm) == 10_020
    assert await as_owner.fetchval(BROKEN, firm) == 0


async def test_events_after_an_early_numbering_are_numbered_too(
    as_owner: "asyncpg.Connection[Any]",
) -> None:
    firm, other = await a_firm(as_owner), await a_firm(as_owner)
    await happen(as_owner, firm, 3, 4, 5)
    await happen(as_owner, other, 2)
    await happen(as_owner, firm, 1)
    for whose, count in ((firm, 13), (other, 2)):
        assert await as_owner.fetchval(
            "select count(*) from event where firm_id = $1 and seq is not null", whose
        ) == count  # fmt: skip
        assert await as_owner.fetchval(BROKEN, whose) == 0


async def test_events_of_two_firms_in_one_transaction_are_all_numbered(
    as_owner: "asyncpg.Connection[Any]",
) -> None:
    firms = [await a_firm(as_owner), await a_firm(as_owner)]
    async with as_owner.transaction():
        for firm in (*firms, *firms):
            await as_owner.execute(ONE, firm, 3)
    for firm in firms:
        assert await as_owner.fetchval(
            "select seq from firm_stream where firm_id = $1", firm
        ) == 6  # fmt: skip
        assert await as_owner.fetchval(BROKEN, firm) == 0


async def test_a_rollback_leaves_no_gap(as_owner: "asyncpg.Connection[Any]") -> None:
    firm = await a_firm(as_owner)
    await happen(as_owner, firm, 2)
    transaction = as_owner.transaction()
    await transaction.start()
    await as_owner.execute(ONE, firm, 5)
    await as_owner.execute("set constraints all immediate")
    await transaction.rollback()
    await happen(as_owner, firm, 2)
    assert await as_owner.fetchval("select seq from firm_stream where firm_id = $1", firm) == 4
    assert await as_owner.fetchval(BROKEN, firm) == 0


async def test_an_event_of_a_firm_that_has_no_stream_is_refused(
    as_owner: "asyncpg.Connection[Any]",
) -> None:
    nobodys = uuid7()
    with pytest.raises(asyncpg.RaiseError, match=f"no stream visible for firm {nobodys}"):
        await happen(as_owner, nobodys, 1)
    assert not await as_owner.fetchval("select 1 from event where firm_id = $1", nobodys)
