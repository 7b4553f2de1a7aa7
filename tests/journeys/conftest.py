"""What the journeys share: one site for all of them, and people who sit down before it."""

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import expect

from server.embedded import Servers
from server.embedded.binaries import s3_program
from tests.journeys.desk import Desk, sit_down, watch
from tests.journeys.pictures import Pictures
from tests.journeys.server_process import Site
from tests.journeys.windows import Windows
from tests.servers import DatabaseMaker, DemoFirms

HELEN, PRIYA = "helen@ashworth.example", "priya@ashworth.example"

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}

# What is right comes in milliseconds; on a busy machine it may take its time.
expect.set_options(timeout=20_000)

Seat = Callable[..., Awaitable[Desk]]


@pytest.fixture(scope="session")
async def site(
    servers: Servers,
    make_database: DatabaseMaker,
    demo_firms: DemoFirms,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> AsyncIterator[Site]:
    """OpenPractice with its demo firms, as a process."""
    async with make_database(like=demo_firms.database) as database:
        urls = {"DATABASE_URL": database.url, "MIGRATE_DATABASE_URL": database.migrate_url}
        if servers.redis_port:
            urls["REDIS_URL"] = servers.redis_url
        if s3_program():
            s3 = request.getfixturevalue("s3")
            urls |= {name.upper(): value for name, value in s3.items()}
        site = Site(urls, tmp_path_factory.mktemp("site"))
        await site.start()
        yield site
        await site.stop()


@pytest.fixture(scope="session")
async def windows(browser: Any, site: Site) -> AsyncIterator[Windows]:
    windows = Windows(browser, site.address)
    yield windows
    await windows.close()


@pytest.fixture
async def seat(windows: Windows, site: Site) -> AsyncIterator[Seat]:
    """`await seat(email)` is one more person, signed in; which page they open is the test's.

    Whoever sat there must not have heard an error, nor have asked anybody but the site.
    """
    desks: list[Desk] = []

    async def sit(email: str, **window: Any) -> Desk:
        desks.append(await sit_down(windows, site, email, **window))
        return desks[-1]

    yield sit
    complaints = [complaint for desk in desks for complaint in desk.complaints]
    foreign = [url for desk in desks for url in desk.foreign]
    for desk in desks:
        await windows.leave(desk.context)
    assert complaints == []
    assert foreign == []


@pytest.fixture
async def helen(seat: Seat) -> Desk:
    """A manager of the accounting firm."""
    return await seat(HELEN)


@pytest.fixture
async def priya(seat: Seat) -> Desk:
    """A colleague in Helen's team."""
    return await seat(PRIYA)


@pytest.fixture
async def phone(browser: Any, site: Site) -> AsyncIterator[Desk]:
    """A phone in the hands of somebody who is no member."""
    context = await browser.new_context(**PHONE, reduced_motion="reduce")
    desk = Desk(site, context, await context.new_page())
    watch(desk)
    yield desk
    await context.close()
    assert desk.complaints == []
    store = site.environment.get("S3_ENDPOINT_URL", "nowhere")
    assert [url for url in desk.foreign if not url.startswith(store)] == []


@pytest.fixture
def pictures() -> Pictures:
    """PICTURES names the folder where pictures of the pages go."""
    named = os.environ.get("PICTURES")
    if named is None:
        return Pictures(None)
    folder = Path(named)
    folder.mkdir(parents=True, exist_ok=True)
    return Pictures(folder)
