"""How many points a caller may spend in a while, kept by one process or shared by all."""

import asyncio
import time
from collections import OrderedDict
from typing import Protocol

import structlog
from limits import RateLimitItemPerSecond
from limits.aio.storage import RedisStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter

from server.errors import Throttled

log = structlog.get_logger("openpractice.budgets")


class Budget(Protocol):
    """Points a caller has; they come back with time."""

    async def spend(self, payer: str, points: int) -> None:
        """Take the points. Raises Throttled when there are not enough."""


class Unlimited:
    """Everybody may ask everything."""

    async def spend(self, payer: str, points: int) -> None:  # noqa: ARG002
        return None


class Buckets:
    """Budgets of one process: `points` for each payer, refilled over `seconds`.

    Not the `limits` package's memory storage: that one looks through all its keys at every
    call, which a crowd of addresses would turn into the very load a limit should prevent.
    At most `payers` are remembered; who was quiet longest is forgotten, and so starts full.
    """

    def __init__(self, points: int, seconds: int, payers: int = 50_000) -> None:
        self.points = points
        self.refill = points / seconds
        self.payers = payers
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()

    async def spend(self, payer: str, points: int) -> None:
        now = time.monotonic()
        level, since = self._levels.pop(payer, (self.points, now))
        level = min(self.points, level + (now - since) * self.refill)
        missing = min(points, self.points) - level
        self._levels[payer] = (level if missing > 0 else level - points, now)
        if len(self._levels) > self.payers:
            self._levels.popitem(last=False)
        if missing > 0:
            raise Throttled(missing / self.refill)

    def give_back(self, payer: str, points: int) -> None:
        """Undo what was spent."""
        if payer in self._levels:
            level, since = self._levels[payer]
            self._levels[payer] = (min(self.points, level + points), since)


class SharedBudget:
    """Budgets that all processes share, in Redis; without Redis each process keeps its own.

    Redis is asked for `lease` points at a time and those are spent here, so that it costs most
    operations no round trip; a caller of many processes gets that much more at most.
    """

    def __init__(self, redis_url: str, points: int, seconds: int, *, lease: int = 500) -> None:
        self._item = RateLimitItemPerSecond(points, seconds, namespace="openpractice")
        self._shared = SlidingWindowCounterRateLimiter(
            RedisStorage(
                f"async+{redis_url}",
                implementation="redispy",
                wrap_exceptions=True,
                # `_borrow` has one; redis-py's may swallow a cancellation on Python 3.11.
                socket_timeout=None,  # type: ignore[arg-type]  # redis-py takes it
                socket_connect_timeout=0.3,
            )
        )
        self._own = Buckets(points, seconds)
        self._lease = min(lease, points)
        self._leased: OrderedDict[str, int] = OrderedDict()
        self._redis_is_back = 0.0

    async def spend(self, payer: str, points: int) -> None:
        held = self._leased.pop(payer, 0)
        if held < points:
            held += await self._borrow(payer, max(points - held, self._lease))
        # Somebody else may have borrowed for the same payer meanwhile: what is left adds up.
        enough = held >= points
        left = self._leased.pop(payer, 0) + held - (points if enough else 0)
        self._leased[payer] = left
        if len(self._leased) > self._own.payers:
            self._leased.popitem(last=False)
        if not enough:
            raise Throttled(self._item.get_expiry() * points / self._item.amount)

    async def _borrow(self, payer: str, points: int) -> int:
        """Points from the shared budget: all of them or none."""
        points = min(points, self._item.amount)
        if time.monotonic() < self._redis_is_back:
            await self._own.spend(payer, points)
            return points
        try:
            async with asyncio.timeout(0.3):
                granted = await self._shared.hit(self._item, payer, cost=points)
        except Exception as error:  # noqa: BLE001  (whatever Redis does, limits stay enforced)
            # For a second nobody waits for a Redis that does not answer.
            self._redis_is_back = time.monotonic() + 1
            log.warning("budgets are kept by this process alone", reason=repr(error))
            await self._own.spend(payer, points)
            return points
        return points if granted else 0
