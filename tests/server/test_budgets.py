"""What one caller may spend: points for operations, in one process or shared by all."""

import asyncio
import time
from contextlib import suppress
from uuid import uuid4

import pytest

from server.budgets import Buckets, SharedBudget
from server.errors import Throttled
from tests.server.talking import enter, hear, subscribe
from tests.server.test_http import code_of
from tests.server.wire import ANNA_TOKEN, BEN_TOKEN, served, wire

REPORT = {"query": "{ report }"}


async def spent(budget: Buckets | SharedBudget, payer: str, points: int, times: int) -> int:
    """How many of `times` operations the budget let pass."""
    passed = 0
    for _ in range(times):
        with suppress(Throttled):
            await budget.spend(payer, points)
            passed += 1
    return passed


async def test_who_asks_too_much_is_told_when_to_come_back_and_others_go_on() -> None:
    wired = wire(budget=Buckets(100, 100))
    async with (
        wired.client(authorization=f"Bearer {ANNA_TOKEN}") as anna,
        wired.client(authorization=f"Bearer {BEN_TOKEN}") as ben,
    ):
        assert [(await anna.post("/graphql", json=REPORT)).status_code for _ in range(2)] == [
            200,
            200,
        ]
        throttled = await anna.post("/graphql", json=REPORT)
        assert (throttled.status_code, code_of(throttled)) == (429, "THROTTLED")
        assert 15 <= int(throttled.headers["retry-after"]) <= 21
        assert 19_000 <= throttled.json()["errors"][0]["extensions"]["retryAfterMs"] <= 20_001
        assert (await ben.post("/graphql", json=REPORT)).status_code == 200


async def test_on_a_socket_a_throttled_operation_fails_alone() -> None:
    async with served(wire(budget=Buckets(50, 100))) as server, server.connect() as socket:
        await enter(socket)
        await subscribe(socket, "1", "{ report }")
        assert [(await hear(socket))["type"] for _ in range(2)] == ["next", "complete"]
        await subscribe(socket, "2", "{ report }")
        failed = await hear(socket)
        assert failed["payload"][0]["extensions"]["code"] == "THROTTLED"
        assert failed["payload"][0]["extensions"]["retryAfterMs"] > 0
        await subscribe(socket, "3", "{ greeting }")
        assert (await hear(socket))["type"] == "next"


async def test_even_what_costs_nothing_costs_a_point() -> None:
    wired = wire(budget=Buckets(3, 3600))
    async with wired.client() as client:
        statuses = [
            (await client.post("/graphql", json={"query": "{ greeting }"})).status_code
            for _ in range(4)
        ]

    assert statuses == [200, 200, 200, 429]


async def test_points_come_back_with_time() -> None:
    bucket = Buckets(10, 1)

    assert await spent(bucket, "anna", 10, 3) == 1
    with pytest.raises(Throttled) as throttled:
        await bucket.spend("anna", 10)
    await asyncio.sleep(throttled.value.retry_after + 0.01)
    assert await spent(bucket, "anna", 10, 1) == 1


async def test_one_operation_that_costs_more_than_all_points_may_pass_when_they_are_all_there() -> (
    None
):
    bucket = Buckets(10, 3600)

    assert await spent(bucket, "anna", 1_000, 2) == 1
    assert await spent(bucket, "ben", 1, 1) == 1
    assert await spent(bucket, "ben", 1_000, 1) == 0


async def test_a_crowd_of_callers_takes_no_more_memory_than_so_many() -> None:
    bucket = Buckets(10, 3600, payers=100)
    for number in range(1_000):
        await bucket.spend(f"address:{number}", 10)

    assert len(bucket._levels) == 100
    assert await spent(bucket, "address:999", 1, 1) == 0


@pytest.mark.redis
async def test_two_processes_share_one_budget_and_redis_is_asked_now_and_then(
    redis_url: str,
) -> None:
    payer = f"viewer:{uuid4()}"
    first, second = (SharedBudget(redis_url, 1_000, 3600, lease=100) for _ in range(2))

    assert await spent(first, payer, 10, 60) == 60
    assert await spent(second, payer, 10, 60) == 40
    assert await spent(first, payer, 10, 1) == 0
    assert await spent(first, f"{payer}:other", 10, 1) == 1


async def test_without_redis_the_budget_holds_in_each_process_and_costs_no_time() -> None:
    # Something that takes connections and never answers is worse than nothing at all.
    silent = await asyncio.start_server(lambda _r, _w: None, "127.0.0.1", 0)
    port = silent.sockets[0].getsockname()[1]
    try:
        for url in ("redis://127.0.0.1:1", f"redis://127.0.0.1:{port}"):
            budget = SharedBudget(url, 100, 3600, lease=10)
            began = time.monotonic()
            assert await spent(budget, "anna", 10, 50) == 10
            assert time.monotonic() - began < 1
    finally:
        silent.close()
