"""A page where sockets are blocked: each subscription is a request whose answer goes on."""

import asyncio

import httpx
import orjson

from tests.chaos.asking import AWAY, SignedOutError
from tests.chaos.following import Following
from tests.chaos.proxy import Road
from tests.chaos.screen import Screen, together

_SILENCE_MEANS_DEAD = 15.0  # the server gives a sign of life every 12 seconds
_ANSWER_WITHIN = 4.0


class StreamScreen(Screen):
    """Server-sent events, one stream for each thing that is followed."""

    lost = (OSError, httpx.HTTPError)

    async def once(self, road: Road) -> None:
        async with httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{road.port}", trust_env=False,
            headers={"authorization": f"Bearer {self.key}", "accept": "text/event-stream"},
            timeout=httpx.Timeout(_ANSWER_WITHIN, read=_SILENCE_MEANS_DEAD),
        ) as http:  # fmt: skip
            await together(*(self._follow(http, one) for one in self.follows))

    async def _follow(self, http: httpx.AsyncClient, follow: Following) -> None:
        while True:
            if follow.cursor is None:
                await follow.begin()
            async with http.stream("POST", self.door, json=follow.request) as answer:
                if answer.status_code == 401:
                    raise SignedOutError
                if answer.status_code in AWAY:
                    raise ConnectionError
                assert answer.status_code == 200, answer.status_code
                self.seated.set()
                await self._read(answer, follow)
            self.breaks["end of a stream"] += 1
            await asyncio.sleep(self.chance.uniform(0.01, 0.2))

    async def _read(self, answer: httpx.Response, follow: Following) -> None:
        kind = ""
        async for line in answer.aiter_lines():
            name, _, value = line.partition(": ")
            if name == "event":
                kind = value
            elif name == "data" and not self.goes_on(follow, kind, orjson.loads(value)):
                return
