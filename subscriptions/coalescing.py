"""A queue for hints: what is said twice is kept once, and it never grows past its bound."""

import asyncio
from enum import Enum
from typing import Final
from uuid import UUID

_MOST = 1024


class Everything(Enum):
    """A hint about no firm in particular: something was missed, so every firm is looked at."""

    MAY_HAVE_CHANGED = "*"


Hint = UUID | Everything
EVERYTHING: Final = Everything.MAY_HAVE_CHANGED


class Hints:
    """Hints that wait for their one reader; too many of them become one about everything."""

    def __init__(self) -> None:
        self._waiting: dict[Hint, None] = {}
        self._filled = asyncio.Event()

    def put(self, hint: Hint) -> None:
        """Take a hint; never waits."""
        if hint is EVERYTHING or len(self._waiting) >= _MOST:
            self._waiting = {EVERYTHING: None}
        elif EVERYTHING not in self._waiting:
            self._waiting[hint] = None
        self._filled.set()

    def take_all(self) -> list[Hint]:
        """All that waits, in order."""
        hints, self._waiting = list(self._waiting), {}
        return hints

    async def get(self) -> Hint:
        """The hint that has waited longest."""
        while not self._waiting:
            self._filled.clear()
            await self._filled.wait()
        hint = next(iter(self._waiting))
        del self._waiting[hint]
        return hint
