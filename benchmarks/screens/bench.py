"""The firm, and servers that are started for one measurement after the other."""

from collections.abc import AsyncIterator, Sequence
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass

from redis.asyncio import Redis

from benchmarks import cores
from benchmarks.screens.events import Published, Source, Transactions
from benchmarks.screens.follows import Follows
from benchmarks.screens.items import holder
from benchmarks.screens.peers import OURS, Peer
from benchmarks.screens.people import People
from benchmarks.screens.stage import Stage, Told
from benchmarks.serving import environment, started
from server.embedded import Servers
from server.progress import step

_CHANNEL = "openpractice:bench-fanout"


@dataclass(frozen=True)
class Bench:
    """What every measurement is made with."""

    servers: Servers
    people: People
    redis: Redis
    stage: Stage
    core: int | None
    """The measured server's."""

    @asynccontextmanager
    async def told(self, peer: Peer, command: Sequence[str], people: int) -> AsyncIterator[Told]:
        """The server at work, with screens of so many people."""
        channel = f"{_CHANNEL}:{peer.name}"
        variables = environment(self.servers) | {"FANOUT_CHANNEL": channel}
        with ExitStack() as running:
            with cores.on_core(self.core), step(f"Starting {peer.name}"):
                pid, port = running.enter_context(started(peer.name, command, variables))
            tokens = self.people.tokens[:people] if peer.speaks_graphql else ()
            yield Told(peer.name, pid, Follows(port, tokens), self._source(peer, channel))
            # Else it takes its time to say goodbye to each.
            self.stage.screens.close(peer.name)

    def of_some(self, count: int) -> tuple[Sequence[str], Source]:
        """So many people who hold open cards, and events of their cards alone."""
        holders = list(dict.fromkeys(holder(item) for item in self.people.items))[:count]
        tasks = [task for task, item in zip(self.people.tasks, self.people.items, strict=True)
                 if holder(item) in set(holders)]  # fmt: skip
        return holders, Transactions(self.stage.screens.tally, self.people.acts, tasks)

    def _source(self, peer: Peer, channel: str) -> Source:
        tally = self.stage.screens.tally
        if peer.name == OURS:
            return Transactions(tally, self.people.acts, self.people.tasks)
        return Published(tally, self.redis, channel, self.people.items)
