"""The bus: hints cross processes, and Redis may come and go as it likes."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID, uuid4

import pytest

from subscriptions.bus import Bus
from subscriptions.coalescing import EVERYTHING, Hint, Hints
from tests.subscriptions.ear import SECONDS
from tests.subscriptions.killable_redis import KillableRedis


@asynccontextmanager
async def running(url: str) -> AsyncIterator[Bus]:
    bus = Bus(url, ping_seconds=1)
    await bus.start()
    try:
        yield bus
    finally:
        await bus.stop()


async def next_of(hints: AsyncGenerator[Hint, None]) -> Hint:
    async with asyncio.timeout(SECONDS):
        return await anext(hints)


async def until(hint: Hint, hints: AsyncGenerator[Hint, None]) -> None:
    """Wait for this hint; those before it do not matter."""
    while await next_of(hints) != hint:
        pass


async def everything(hints: AsyncGenerator[Hint, None]) -> None:
    """Wait for the hint that something may have been missed."""
    await until(EVERYTHING, hints)


async def listening(bus: Bus) -> AsyncGenerator[Hint, None]:
    """The hints of a bus that hears Redis; once more it may tell that it has missed something."""
    hints = bus.hints()
    await everything(hints)
    while bus.degraded:
        await everything(hints)
    return hints


async def level(bus: Bus) -> AsyncGenerator[Hint, None]:
    """The hints of a bus that has nothing left to tell of what was before: it has heard, by name,
    what it said itself. For a Redis that stays; one that was away loses hints."""
    hints, own = await listening(bus), uuid4()
    bus.hint(own)
    while (heard := await next_of(hints)) != own:
        if heard is EVERYTHING:
            own = uuid4()
            bus.hint(own)
    return hints


async def one_by_one(count: int) -> list[UUID]:
    return [uuid4() for _ in range(count)]


async def test_a_process_alone_hears_itself() -> None:
    async with running("memory://") as bus:
        hints, firm_id = await listening(bus), uuid4()
        bus.hint(firm_id)

        assert await next_of(hints) == firm_id
        assert not bus.degraded


async def test_every_reader_first_hears_that_everything_may_have_changed() -> None:
    async with running("memory://") as bus:
        assert await next_of(bus.hints()) is EVERYTHING
        assert await next_of(bus.hints()) is EVERYTHING


@pytest.mark.redis
async def test_the_first_subscriber_hears_the_other_process_at_once(redis_url: str) -> None:
    async with running(redis_url) as one, running(redis_url) as other:
        hints, firm_ids = await level(one), await one_by_one(20)
        for firm_id in firm_ids:
            other.hint(firm_id)

        assert [await next_of(hints) for _ in firm_ids] == firm_ids


@pytest.mark.redis
async def test_both_processes_hear_both(redis_url: str) -> None:
    async with running(redis_url) as one, running(redis_url) as other:
        ears = [await level(one), await level(other)]
        for speaking in (one, other):
            firm_id = uuid4()
            speaking.hint(firm_id)
            for hints in ears:
                await until(firm_id, hints)


@pytest.mark.redis
async def test_redis_killed_and_started_again_is_heard_again(redis: KillableRedis) -> None:
    async with running(redis.url) as one, running(redis.url) as other:
        hints = await listening(one)
        for _ in range(3):
            await redis.kill()
            other.hint(uuid4())
            await redis.start()
            await everything(hints)
            await listening(other)
            firm_id = uuid4()
            other.hint(firm_id)
            await until(firm_id, hints)

        assert not one.degraded


@pytest.mark.redis
async def test_redis_that_is_away_at_first_is_heard_once_it_comes(redis: KillableRedis) -> None:
    await redis.kill()
    async with running(redis.url) as bus:
        deaf = bus.degraded
        bus.hint(uuid4())
        hints = bus.hints()
        await everything(hints)
        await redis.start()
        await everything(hints)
        firm_id = uuid4()
        bus.hint(firm_id)

        assert (deaf, bus.degraded) == (True, False)
        await until(firm_id, hints)


@pytest.mark.redis
async def test_redis_that_hangs_is_noticed_by_its_silence(redis: KillableRedis) -> None:
    async with running(redis.url) as bus:
        hints = await listening(bus)
        redis.freeze()
        async with asyncio.timeout(SECONDS):
            while not bus.degraded:
                bus.hint(uuid4())
                await asyncio.sleep(0.05)  # silence is what is waited for: nothing tells its end
        redis.thaw()
        await everything(hints)

        assert not bus.degraded


@pytest.mark.redis
async def test_a_hint_just_before_the_end_is_still_said(redis_url: str) -> None:
    async with running(redis_url) as bus:
        hints, firm_id = await level(bus), uuid4()
        async with running(redis_url) as command:
            command.hint(firm_id)

        assert await next_of(hints) == firm_id


@pytest.mark.redis
async def test_a_bus_stops_whatever_it_is_in_the_middle_of(redis_url: str) -> None:
    others = asyncio.all_tasks()
    for turns in range(100):
        bus = Bus(redis_url)
        await bus.start()
        bus.hint(uuid4())
        for _ in range(turns):
            await asyncio.sleep(0)
        async with asyncio.timeout(SECONDS):
            await bus.stop()
            await asyncio.gather(*asyncio.all_tasks() - others, return_exceptions=True)


@pytest.mark.redis
async def test_what_strangers_say_on_the_channel_counts_as_a_hint(redis_url: str) -> None:
    from subscriptions.bus import CHANNEL, RedisBackend

    async with running(redis_url) as bus:
        hints = await level(bus)
        stranger = RedisBackend(redis_url, ping_seconds=1)
        await stranger.publish(CHANNEL, "gibberish \ud83d".encode("utf-8", "surrogatepass"))
        await everything(hints)
        await stranger.disconnect()


async def test_hints_before_the_start_and_after_the_end_do_no_harm() -> None:
    bus = Bus("memory://")
    bus.hint(uuid4())
    await bus.start()
    await bus.stop()
    bus.hint(uuid4())


async def test_words_that_nobody_takes_are_dropped_and_stop_nobody() -> None:
    bus = Bus("memory://")
    for _ in range(2000):
        bus.say(uuid4(), "word")
    await bus.start()
    firm_id = uuid4()
    words = bus.words(firm_id)
    heard = asyncio.create_task(anext(words))
    async with asyncio.timeout(SECONDS):
        while not heard.done():
            bus.say(firm_id, "heard")
            await asyncio.sleep(0)  # until the listener is there: nothing tells when

    assert heard.result() == "heard"
    await words.aclose()
    await bus.stop()


async def test_a_hint_said_twice_waits_once() -> None:
    hints, (one, other) = Hints(), await one_by_one(2)
    for firm_id in (one, other, one, one, other):
        hints.put(firm_id)

    assert hints.take_all() == [one, other]


async def test_too_many_hints_become_one_about_everything() -> None:
    hints = Hints()
    for firm_id in await one_by_one(2000):
        hints.put(firm_id)

    assert hints.take_all() == [EVERYTHING]


async def test_a_url_of_nothing_we_know_is_refused() -> None:
    with pytest.raises(ValueError, match="Redis URL"):
        Bus("kafka://localhost")
