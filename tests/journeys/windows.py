"""Browser windows that are used again: what one has fetched of the site, it has."""

import asyncio
from collections import defaultdict
from contextlib import suppress
from typing import Any

from playwright.async_api import Browser, BrowserContext, Error

PATIENCE = 20
"""Seconds until a browser that does not clear a window away is not asked for it any more."""


class Windows:
    """Who sits down where somebody of the same name and the same screen sat, finds nothing left
    of them but what the browser keeps of the site's own files."""

    def __init__(self, browser: Browser, origin: str) -> None:
        self._browser = browser
        self._origin = origin
        self._free: dict[str, list[BrowserContext]] = defaultdict(list)
        self._names: dict[BrowserContext, str] = {}

    async def open(self, email: str, **window: Any) -> BrowserContext:
        """A window of this person's that nobody is at."""
        name = f"{email} {sorted(window.items())}"
        context = self._free[name].pop() if self._free[name] else None
        if context is None:
            context = await self._browser.new_context(**window)
            self._names[context] = name
        return context

    async def leave(self, context: BrowserContext) -> None:
        """Nobody is at it any more. One that Chromium does not clear in time is not used again."""
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await self._clear(context)
                self._free[self._names[context]].append(context)

    async def _clear(self, context: BrowserContext) -> None:
        """Pages, cookies and whatever pages have kept are gone."""
        await context.set_offline(False)
        await context.clear_cookies()
        await context.clear_permissions()
        leaving = await context.new_page()
        for page in context.pages:
            if page is not leaving:
                with suppress(Error):  # one that a test closed itself
                    await page.close()
        session = await context.new_cdp_session(leaving)
        kept = {"origin": self._origin, "storageTypes": "local_storage,indexeddb"}
        await session.send("Storage.clearDataForOrigin", kept)
        await leaving.close()

    async def close(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                for context in self._names:
                    await context.close()
