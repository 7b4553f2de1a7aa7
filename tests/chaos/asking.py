"""One person's HTTP requests over roads that are not always open, asked until they are answered."""

import asyncio
import random
from collections.abc import Mapping, Sequence
from typing import Any

import httpx

from tests.chaos.proxy import Road

_PATIENCE = 6.0
AWAY = {429, 502, 503, 504}


class SignedOutError(Exception):
    """The session is over: asking again changes nothing."""


class FaultError(Exception):
    """The server answered what it must never answer."""


class Asking:
    """Asks at any host, as a page behind a load balancer does."""

    def __init__(
        self, roads: Sequence[Road], key: str, chance: random.Random, door: str = "/graphql"
    ) -> None:
        self._roads = roads
        self.door = door
        self._chance = chance
        self._http = httpx.AsyncClient(
            headers={"authorization": f"Bearer {key}"}, timeout=_PATIENCE, trust_env=False
        )

    async def close(self) -> None:
        await self._http.aclose()

    async def until_answered(self, document: str, **variables: Any) -> Mapping[str, Any]:
        """The data, however often one has to ask. Raises SignedOutError, FaultError."""
        while True:
            try:
                return await self.once(document, **variables)
            except (httpx.HTTPError, ConnectionError):
                await asyncio.sleep(self._chance.uniform(0.05, 0.4))

    async def once(self, document: str, **variables: Any) -> Mapping[str, Any]:
        """The data. Raises ConnectionError or httpx's own when nobody could answer."""
        road = self._chance.choice(self._roads)
        answer = await self._http.post(
            f"http://127.0.0.1:{road.port}{self.door}",
            json={"query": document, "variables": variables},
        )
        if answer.status_code in AWAY:
            raise ConnectionError(answer.text)
        if answer.status_code == 401:
            raise SignedOutError(answer.text)
        body = answer.json()
        if errors := body.get("errors"):
            raise _what_it_means(errors)
        data: Mapping[str, Any] = body["data"]
        return data


def _what_it_means(errors: Sequence[Mapping[str, Any]]) -> Exception:
    extensions = errors[0].get("extensions", {})
    if extensions.get("code") == "UNAUTHENTICATED":
        return SignedOutError(str(errors[0]))
    if all(error.get("extensions", {}).get("retryable") for error in errors):
        return ConnectionError(str(errors[0]))
    return FaultError(str(errors))
