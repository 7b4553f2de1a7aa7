"""The whole application, as somebody outside meets it: by HTTP and by socket, and no other way."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import websockets
from websockets.asyncio.client import ClientConnection

from models.database import database, install
from models.sign_in import Session
from models.unit_of_work import reading, unit_of_work
from server.app import create_app
from server.settings import read_settings
from tests.beside import beside
from tests.cast import House, Person
from tests.server.talking import enter
from tests.servers import OwnDatabase


@dataclass
class Outside:
    """A server at an address, and the keys of those who may enter."""

    port: int
    http: httpx.AsyncClient
    database: OwnDatabase
    _keys: dict[Person, str] = field(default_factory=dict)

    async def key_of(self, person: Person) -> str:
        """The token of a session of theirs."""
        if person not in self._keys:
            async with unit_of_work(person):
                _, self._keys[person] = await Session.open(person.id)
        return self._keys[person]

    async def post(self, person: Person | None, **body: Any) -> httpx.Response:
        """One request; nobody is a stranger."""
        headers = {} if person is None else {"authorization": f"Bearer {await self.key_of(person)}"}
        return await self.http.post("/graphql", json=body, headers=headers)

    async def ask(self, person: Person, query: str, **variables: Any) -> Any:
        """The data of a request that must succeed."""
        answer = (await self.post(person, query=query, variables=variables)).json()
        assert "errors" not in answer, answer
        return answer["data"]

    def connect(self, *, protocol: str | None = "graphql-transport-ws", **more: Any) -> Any:
        return websockets.connect(
            f"ws://127.0.0.1:{self.port}/graphql",
            subprotocols=[protocol] if protocol else None,  # type: ignore[list-item]
            **more,
        )

    @asynccontextmanager
    async def socket(self, person: Person) -> AsyncIterator[ClientConnection]:
        """A socket that this person has entered."""
        async with self.connect() as socket:
            await enter(socket, await self.key_of(person))
            yield socket


@asynccontextmanager
async def outside(
    own: OwnDatabase, redis_url: str = "memory://", **more: Any
) -> AsyncIterator[Outside]:
    """The application on a database of its own, which `tests.cast` then writes to as well.

    Unless `background` is said, nothing stirs by itself while a test looks.
    """
    before, pace = database(), gc.get_threshold()
    settings = read_settings(
        database_url=own.url,
        migrate_database_url=own.migrate_url,
        redis_url=redis_url,
        **{"background": False, **more},
    )
    try:
        async with (
            beside(create_app(settings)) as server,
            httpx.AsyncClient(base_url=f"http://127.0.0.1:{server.port}", timeout=30) as http,
        ):
            yield Outside(server.port, http, own)
    finally:
        await install(before)
        gc.set_threshold(*pace)


async def events_of(house: House) -> int:
    """How many events the firm has had."""
    async with reading(house.system) as unit:
        count: int = await unit.fetchval("select seq from firm_stream")
    return count
