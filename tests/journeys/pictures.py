"""Pictures of the pages, for people to look at."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import Page


@dataclass(frozen=True)
class Pictures:
    """Where they go; None where nobody has asked for any, for each costs a third of a second."""

    folder: Path | None

    async def take(self, page: Page, name: str, **more: Any) -> None:
        if self.folder is not None:
            await page.screenshot(**self.kept_as(name), **more)

    def kept_as(self, name: str) -> dict[str, Any]:
        """What tells a page's `screenshot` where to keep it, if anywhere."""
        return {} if self.folder is None else {"path": self.folder / name}
