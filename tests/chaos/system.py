"""All that runs and may fail: PostgreSQL, Redis, hosts, a worker, the roads between them."""

import asyncio
import random
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path

import psutil

from tests.chaos.hosts import Host, Program, worker
from tests.chaos.killable_postgres import KillablePostgres
from tests.chaos.plan import Fault, Planned
from tests.subscriptions.killable_redis import KillableRedis

Say = Callable[[str], None]


class System:
    """Two hosts on one PostgreSQL and one Redis; the second of several processes."""

    def __init__(self, folder: Path, say: Say) -> None:
        self.postgres = KillablePostgres(folder / "data")
        self.redis = KillableRedis(folder)
        self._folder = folder
        self._say = say
        self.hosts: list[Host] = []
        self.programs: list[Program] = []
        self._repairs: set[asyncio.Task[None]] = set()
        self._turns: dict[object, asyncio.Lock] = {}

    @asynccontextmanager
    async def running(self) -> AsyncIterator["System"]:
        """Everything up; all of it ended afterwards, whatever state it is in."""
        async with AsyncExitStack() as ending:
            ending.push_async_callback(self._end)
            await asyncio.gather(self.postgres.found(), self.redis.start())
            settings = {
                "DATABASE_URL": self.postgres.url,
                "MIGRATE_DATABASE_URL": self.postgres.migrate_url,
                "REDIS_URL": self.redis.url,
            }
            self.hosts = [
                Host("one", self._folder, settings, workers=1),
                Host("two", self._folder, settings, workers=2),
            ]
            self.programs = [*self.hosts, worker(self._folder, settings)]
            for host in self.hosts:
                await ending.enter_async_context(host.road.open())
            await asyncio.gather(*(program.start() for program in self.programs))
            yield self

    def strike(self, planned: Planned) -> None:
        """Begin a fault; it comes to its end by itself."""
        repair = asyncio.create_task(self._struck(planned), name=str(planned.fault))
        self._repairs.add(repair)

    async def settle(self) -> None:
        """Returns when all that failed is up again. Raises what kept it from that."""
        await asyncio.gather(*self._repairs)
        for program in self.programs:
            if not program.runs:
                self._say(f"{program.name} has ended by itself")
                await _come_up(program)

    async def _struck(self, planned: Planned) -> None:
        chance, lasts = planned.pick, planned.lasts
        match planned.fault:
            case Fault.KILL_HOST:
                await self._kill(chance.choice(self.hosts), lasts)
            case Fault.RESTART_HOST:
                await self._restart(chance.choice(self.hosts))
            case Fault.KILL_PROCESS:
                self._kill_a_process(chance)
            case Fault.KILL_WORKER:
                await self._kill(self.programs[-1], lasts)
            case Fault.KILL_REDIS:
                await self._alone(self.redis, lambda: self._without_redis(lasts))
            case Fault.FREEZE_REDIS:
                await self._alone(self.redis, lambda: self._frozen_redis(lasts))
            case Fault.RESTART_POSTGRES:
                await self._alone(self.postgres, self.postgres.restart)
            case Fault.CRASH_POSTGRES:
                await self._alone(self.postgres, self.postgres.crash)
            case Fault.END_CONNECTIONS:
                await self._alone(self.postgres, self.postgres.end_connections)
            case Fault.CUT_LINES | Fault.SWALLOW_LINES | Fault.DELAY_LINES:
                await self._disturb(planned)

    async def _alone(self, whom: object, strike: Callable[[], Awaitable[object]]) -> None:
        """One thing at a time is done to anybody."""
        async with self._turns.setdefault(whom, asyncio.Lock()):
            await strike()

    async def _kill(self, program: Program, lasts: float) -> None:
        async def strike() -> None:
            await program.end(signal.SIGKILL)
            await asyncio.sleep(lasts)
            await _come_up(program)

        await self._alone(program, strike)

    async def _restart(self, host: Host) -> None:
        async def strike() -> None:
            await host.end(signal.SIGTERM)
            await _come_up(host)

        await self._alone(host, strike)

    def _kill_a_process(self, chance: random.Random) -> None:
        """Its launcher has to replace it."""
        servers = self.hosts[1].servers()
        if servers:
            with suppress(psutil.NoSuchProcess):
                chance.choice(servers).kill()

    async def _without_redis(self, lasts: float) -> None:
        await self.redis.kill()
        await asyncio.sleep(lasts)
        await self.redis.start()

    async def _frozen_redis(self, lasts: float) -> None:
        self.redis.freeze()
        await asyncio.sleep(lasts)
        self.redis.thaw()

    async def _disturb(self, planned: Planned) -> None:
        lines = [line for host in self.hosts for line in host.road.some(planned.pick, 0.4)]
        for line in lines:
            match planned.fault:
                case Fault.CUT_LINES:
                    line.cut()
                case Fault.SWALLOW_LINES:
                    line.swallow()
                case Fault.DELAY_LINES:
                    line.delay = planned.pick.uniform(0.02, 0.3)
        await asyncio.sleep(planned.lasts)
        for line in lines:
            line.delay = 0

    async def _end(self) -> None:
        for repair in self._repairs:
            repair.cancel()
        await asyncio.gather(*self._repairs, return_exceptions=True)
        with suppress(ProcessLookupError):
            self.redis.thaw()
        await asyncio.gather(*(program.end(signal.SIGKILL) for program in self.programs))
        await self.redis.kill()
        await self.postgres.stop()


async def _come_up(program: Program) -> None:
    """Start it, and again where it found no database or no bus: whoever keeps it would."""
    for attempt in range(5):
        try:
            await program.start()
        except AssertionError:
            if attempt == 4:
                raise
            await asyncio.sleep(0.5)
        else:
            return
