"""A browser page, kept going as web/live/ keeps it: on its line again after every loss."""

import asyncio
import random
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Coroutine, Sequence
from typing import Any

from tests.chaos.asking import Asking, FaultError, SignedOutError
from tests.chaos.following import Following
from tests.chaos.proxy import Road


class Screen(ABC):
    """Somebody's page at one door, with what it follows."""

    lost: tuple[type[Exception], ...]
    """What the loss of its line surfaces as."""

    def __init__(
        self,
        name: str,
        key: str,
        follows: Sequence[Following],
        roads: Sequence[Road],
        chance: random.Random,
        *,
        ask: Asking,
        door: str = "/graphql",
    ) -> None:
        self.name = name
        self.follows = follows
        self.thrown_out: str | None = None
        """Why it will never come back, though nobody closed it."""
        self.breaks = Counter[str]()
        """How its lines ended, and its operations."""
        self.seated = asyncio.Event()
        """Set once it follows all that it shows."""
        self.calm = asyncio.Event()
        """Once set, whoever stops reading does so no more."""
        self.key = key
        self.door = door
        self.chance = chance
        self._ask = ask
        self._roads = roads

    async def live(self) -> None:
        """Follow until cancelled, or thrown out."""
        try:
            while self.thrown_out is None:
                try:
                    await self.once(self.chance.choice(self._roads))
                except self.lost as lost:
                    self.judge(lost)
                except (FaultError, SignedOutError) as told:
                    self.thrown_out = repr(told)
                await asyncio.sleep(self.chance.uniform(0.05, 0.5))
        finally:
            for follow in self.follows:
                follow.stop()
            await self._ask.close()

    @abstractmethod
    async def once(self, road: Road) -> None:
        """Follow everything on one line until it ends."""

    def judge(self, lost: Exception) -> None:
        """Whether one comes back after that."""
        self.breaks[type(lost).__name__] += 1

    def goes_on(self, follow: Following, kind: str, payload: Any) -> bool:
        """Take in what came; whether the operation goes on. Where it stopped without a word, one
        resumes."""
        errors = payload if kind == "error" else payload and payload.get("errors")
        if errors:
            # Also where it comes with data: what could not be read is null there, and not gone.
            self.breaks[f"{kind} with {errors[0]['extensions']['code']}"] += 1
            follow.refused(errors)
            return False
        return kind == "next" and follow.hear(payload["data"][follow.field])


async def together(*parts: Coroutine[Any, Any, None]) -> None:
    """All of them, until one fails: then none goes on."""
    tasks = [asyncio.ensure_future(part) for part in parts]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
