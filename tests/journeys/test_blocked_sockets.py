"""Where something on the way blocks WebSockets, pages are live all the same."""

import asyncio

import pytest
from playwright.async_api import Request, WebSocketRoute

from tests.journeys.desk import Desk, look

pytestmark = pytest.mark.browser


class Proxy:
    """What stands between a browser and the site: it lets sockets through, or does not."""

    def __init__(self, desk: Desk) -> None:
        self.blocks = True
        self.sockets = 0
        self.streams = 0
        self.back = asyncio.Event()
        desk.page.on("request", self._asked)

    async def handshake(self, socket: WebSocketRoute) -> None:
        if self.blocks:
            await socket.close()
            return
        socket.connect_to_server()
        self.sockets += 1
        if self.sockets == 2:  # the first is to see whether one comes through
            self.back.set()

    def _asked(self, request: Request) -> None:
        self.streams += request.headers.get("accept") == "text/event-stream"


async def test_without_sockets_the_board_lives_and_goes_back_to_them_when_it_can(
    helen: Desk, priya: Desk
) -> None:
    proxy = Proxy(helen)
    await helen.page.route_web_socket("**/graphql", proxy.handshake)
    await look(helen, priya)
    await priya.new_job("Behind a proxy")
    await helen.stands_in("Behind a proxy", "PLANNED")
    await helen.drag("Behind a proxy", "READY")
    await priya.stands_in("Behind a proxy", "READY")
    assert proxy.streams > 0

    proxy.blocks = False
    await helen.page.evaluate("dispatchEvent(new Event('online'))")
    await asyncio.wait_for(proxy.back.wait(), 20)
    before = proxy.streams
    await helen.is_live()

    await priya.drag("Behind a proxy", "IN_PROGRESS")
    await helen.stands_in("Behind a proxy", "IN_PROGRESS")
    assert proxy.streams == before
