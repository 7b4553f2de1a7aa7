"""Documents in type, and the port that sets them."""

from collections.abc import Mapping
from typing import Any, Protocol


class Renderer(Protocol):
    """Sets a document as PDF, away from the loop; what it shows is text, never markup."""

    async def pdf(self, template: str, facts: Mapping[str, Any]) -> bytes: ...
