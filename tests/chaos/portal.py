"""A contact's page: what changed is asked for again, as a whole."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from tests.chaos import documents
from tests.chaos.asking import Asking
from tests.chaos.cards import apart
from tests.chaos.following import Following, Item


class Portal(Following):
    """All that the contact sees."""

    field = "portalChanges"
    subscription, question = documents.PORTAL_CHANGES, documents.PORTAL

    def __init__(self, ask: Asking) -> None:
        super().__init__(ask)
        self.shown: Item = {}
        self._wanted = asyncio.Event()
        self._again: asyncio.Task[None] | None = None

    def take(self, data: Mapping[str, Any]) -> str:
        self._show(data)
        return str(data["streamCursor"])

    def apply(self, changes: Sequence[Item]) -> None:
        if not changes:
            return
        self._wanted.set()
        if self._again is None or self._again.done():
            self._again = asyncio.create_task(self._ask_again())

    async def differs(self) -> object:
        if self._again is not None:
            await self._again
        fresh = {**await self.ask.until_answered(self.question)}
        del fresh["streamCursor"]
        return apart(self.shown, fresh)

    def stop(self) -> None:
        if self._again is not None:
            self._again.cancel()

    def _show(self, data: Mapping[str, Any]) -> None:
        self.shown = {name: part for name, part in data.items() if name != "streamCursor"}

    async def _ask_again(self) -> None:
        while self._wanted.is_set():
            self._wanted.clear()
            self._show(await self.ask.until_answered(self.question))
