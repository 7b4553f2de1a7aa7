"""What the wire's tests share: the logs of each test, read instead of printed."""

from collections.abc import AsyncIterator, Iterator

import pytest
from structlog.testing import capture_logs
from structlog.typing import EventDict

from tests.server.wire import Served, served, wire


@pytest.fixture(autouse=True)
def logged() -> Iterator[list[EventDict]]:
    """Everything this test's server wrote into its log."""
    with capture_logs() as entries:
        yield entries


@pytest.fixture
async def server() -> AsyncIterator[Served]:
    """The small practice behind a real uvicorn."""
    async with served(wire()) as serving:
        yield serving
