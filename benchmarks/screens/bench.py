"""The firm, and servers that are started for one measurement after the other."""

from collections.abc import AsyncIterator, Sequence
from contextlib import ExitStack, asynccontextmanager

from redis.asyncio import Redis

from benchmarks import cores
from benchmarks.screens.events import Events, Published, Source, Transactions
from benchmarks.screens.follows import Follows
from benchmarks.screens.items import holder
from benchmarks.screens.peers import OURS, Peer
from benchmarks.screens.people import People
from benchmarks.screens.screens import screens
from benchmarks.screens.stage import Stage, Told
from benchmarks.serving import environment, started
from server.embedded import Servers
from server.progress import step

_CHANNEL = "openpractice:bench-fanout"


class Bench:
    """What every measurement is made with."""

    def __init__(
        self, servers: Servers, people: People, redis: Redis, on: tuple[int | None, int | None]
    ) -> None:
        self.people = people
        self._servers, self._redis = servers, redis
        self._server_core, self._rest = on
        self._events = Events()

    @asynccontextmanager
    async def stage(self) -> AsyncIterator[Stage]:
        """Screens of a measurement's own."""
        with screens() as held:
            yield Stage(held, self._events, self.people.items, self._rest)

    @asynccontextmanager
    async def told(
        self, stage: Stage, peer: Peer, command: Sequence[str], people: int
    ) -> AsyncIterator[Told]:
        """The server at work, with screens of so many people."""
        channel = f"{_CHANNEL}:{peer.name}"
        variables = environment(self._servers) | {"FANOUT_CHANNEL": channel}
        with ExitStack() as running:
            with cores.on_core(self._server_core), step(f"Starting {peer.name}"):
                pid, port = running.enter_context(started(peer.name, command, variables))
            tokens = self.people.tokens[:people] if peer.speaks_graphql else ()
            yield Told(peer.name, pid, Follows(port, tokens), self._source(stage, peer, channel))

    def _source(self, stage: Stage, peer: Peer, channel: str) -> Source:
        tally = stage.screens.tally
        if peer.name == OURS:
            return Transactions(tally, self.people.acts, self.people.tasks)
        return Published(tally, self._redis, channel, self.people.items)

    def of_some(self, stage: Stage, count: int) -> tuple[Sequence[str], Source]:
        """So many people who hold open cards, and events of their cards alone."""
        holders = list(dict.fromkeys(holder(item) for item in self.people.items))[:count]
        tasks = [task for task, item in zip(self.people.tasks, self.people.items, strict=True)
                 if holder(item) in set(holders)]  # fmt: skip
        return holders, Transactions(stage.screens.tally, self.people.acts, tasks)
