"""Somebody who follows a stream, remembers all that was told, and can wait for what is to come."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from types import TracebackType
from typing import Any, Self

from subscriptions.items import Batch

SECONDS = 10
"""The longest that anything here may take; what is right takes milliseconds."""

Stream = AsyncGenerator[Any, None]


class Ear:
    """Listens from entering to leaving."""

    def __init__(self, stream: Stream) -> None:
        self.items: list[Any] = []
        self._stream = stream
        self._news = asyncio.Event()

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._listen())
        self._task.add_done_callback(lambda _: self._news.set())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.leave()

    async def leave(self) -> None:
        """Listen no more; once more does no harm."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        await self._stream.aclose()

    @property
    def told(self) -> int:
        """The number up to which everything has been told."""
        return self.items[-1].cursor.seq if self.items else 0

    @property
    def batches(self) -> list[Batch[Any]]:
        return [item for item in self.items if isinstance(item, Batch)]

    @property
    def changes(self) -> list[Any]:
        return [change for batch in self.batches for change in batch.changes]

    @property
    def numbers(self) -> list[int]:
        return [change.seq for change in self.changes]

    async def until(self, heard: Callable[["Ear"], object]) -> None:
        """Wait until that is true of what has been told. Fails when the stream fails or ends."""
        async with asyncio.timeout(SECONDS):
            while not heard(self):
                if self._task.done():
                    self._task.result()
                    raise AssertionError(f"the stream has ended after {self.items[-1:]}")
                await self._news.wait()
                self._news.clear()

    async def until_told(self, seq: int) -> None:
        """Wait until everything up to that number has been told."""
        await self.until(lambda ear: ear.told >= seq)

    async def until_over(self) -> None:
        """Wait until the stream has ended by itself."""
        async with asyncio.timeout(SECONDS):
            await asyncio.wait([self._task])
        self._task.result()

    async def first_item(self) -> Any:
        await self.until(lambda ear: ear.items)
        return self.items[0]

    async def _listen(self) -> None:
        async for item in self._stream:
            self.items.append(item)
            self._news.set()


async def only_item(stream: Stream) -> Any:
    """The first thing a follower is told; then it leaves."""
    async with Ear(stream) as ear:
        return await ear.first_item()
