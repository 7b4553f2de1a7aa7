"""A host of several server processes, started as in production, and pages that outlive them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import orjson
import psutil
import websockets
from websockets.asyncio.client import ClientConnection
from websockets.typing import Subprotocol

from tests.cast import House
from tests.server.launcher import Running
from tests.server.talking import enter, subscribe

FOLLOW = """subscription ($since: StreamCursor) { changes(since: $since) { __typename
  ... on Changes { cursor changes { entityId kind } } ... on Heartbeat { cursor } } }"""
CREATE = "mutation ($input: CreateTaskInput!) { createTask(input: $input) { task { id } } }"


@dataclass
class Fleet:
    """A host of two server processes, and a member's way in."""

    host: Running
    settings: dict[str, str]
    house: House
    token: str

    @property
    def port(self) -> int:
        return port_of(self.host)

    def servers(self) -> set[psutil.Process]:
        """The processes behind the port."""
        return {process for process in self.host.family() if _serves(process)}

    async def ask(self, query: str, *, at: int | None = None, **variables: Any) -> Any:
        """The data of a request by a connection of its own, sent again when it was cut off."""
        headers = {"authorization": f"Bearer {self.token}", "connection": "close"}
        address = f"http://127.0.0.1:{at or self.port}/graphql"
        async with httpx.AsyncClient(timeout=30) as http:
            for _ in range(2):
                with suppress(httpx.RemoteProtocolError, httpx.ReadError):
                    answer = await http.post(
                        address, json={"query": query, "variables": variables}, headers=headers
                    )
                    return answer.json()["data"]
        raise AssertionError("cut off twice")

    async def add_task(self, number: int, at: int | None = None) -> str:
        """One event more, once, however often it had to be sent."""
        said = {"title": f"Task {number}", "idempotencyKey": str(uuid4())}
        return str((await self.ask(CREATE, at=at, input=said))["createTask"]["task"]["id"])


def _serves(process: psutil.Process) -> bool:
    with suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
        return "--multiprocessing-fork" in process.cmdline()
    return False


def port_of(host: Running) -> int:
    port = urlsplit(host.address).port
    assert port
    return port


@dataclass
class Page:
    """A page that follows everything, comes back after every break and goes on where it stood."""

    token: str
    ports: list[int]
    """Where the practice is reached: the first that takes it."""
    cursor: str | None = None
    told: list[str] = field(default_factory=list)
    codes: list[int] = field(default_factory=list)
    """With what its sockets were closed."""
    moments: list[float] = field(default_factory=list)
    there: asyncio.Event = field(default_factory=asyncio.Event)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    async def follow(self) -> None:
        """Until it is cancelled."""
        while True:
            with suppress(OSError, websockets.WebSocketException, TimeoutError):
                async with await self._come() as socket:
                    await self._listen(socket)
            await asyncio.sleep(0.05)

    async def until_told(self, id: str) -> None:
        async with asyncio.timeout(20):
            while id not in self.told:
                self.news.clear()
                await self.news.wait()

    async def _come(self) -> ClientConnection:
        for port in self.ports:
            with suppress(OSError, websockets.WebSocketException):
                return await websockets.connect(
                    f"ws://127.0.0.1:{port}/graphql",
                    subprotocols=[Subprotocol("graphql-transport-ws")],
                )
        raise ConnectionRefusedError

    async def _listen(self, socket: ClientConnection) -> None:
        await enter(socket, self.token)
        await subscribe(socket, "1", FOLLOW, since=self.cursor)
        try:
            while True:
                said = orjson.loads(await socket.recv())["payload"]["data"]["changes"]
                self.cursor = said["cursor"]
                self.told += [one["entityId"] for one in said.get("changes", ())
                              if one["kind"] == "task.created"]  # fmt: skip
                self.there.set()
                self.news.set()
        except websockets.ConnectionClosed:
            self.codes.append(socket.close_code or 1006)
            self.moments.append(asyncio.get_running_loop().time())
            raise


@asynccontextmanager
async def pages(number: int, fleet: Fleet, *ports: int) -> AsyncIterator[list[Page]]:
    """So many of them, live."""
    made = [Page(fleet.token, list(ports or (fleet.port,))) for _ in range(number)]
    following = [asyncio.create_task(page.follow()) for page in made]
    try:
        async with asyncio.timeout(10):
            await asyncio.gather(*(page.there.wait() for page in made))
        yield made
    finally:
        for task in following:
            task.cancel()
        await asyncio.gather(*following, return_exceptions=True)


@asynccontextmanager
async def writing(fleet: Fleet, at: int | None = None) -> AsyncIterator[list[str]]:
    """Somebody who does one thing after the other meanwhile; what they did, in order."""
    done: list[str] = []
    enough = asyncio.Event()

    async def write() -> None:
        for number in count():
            done.append(await fleet.add_task(number, at))
            if enough.is_set():
                return

    task = asyncio.create_task(write())
    try:
        yield done
        enough.set()
        await task
    finally:
        task.cancel()
