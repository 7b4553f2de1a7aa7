"""Who holds a token, remembered as long as our server remembers it: as part of the same work."""

import hashlib
import time
from collections.abc import Awaitable, Callable
from typing import Any

_SECONDS = 5


class Remembered:
    """Answers from what `look_up` said, by the token's hash, in the last seconds."""

    def __init__(self, look_up: Callable[[bytes], Awaitable[Any]]) -> None:
        self._look_up = look_up
        self._known: dict[bytes, tuple[float, Any]] = {}

    async def holder(self, authorization: str) -> Any:
        """What was found for the bearer token."""
        hashed = hashlib.sha256(authorization.removeprefix("Bearer ").encode()).digest()
        until, found = self._known.get(hashed, (0.0, None))
        if until < time.monotonic():
            found = await self._look_up(hashed)
            self._known[hashed] = time.monotonic() + _SECONDS, found
        return found
