"""One run: people work and watch while everything fails; then all must be level, and is judged."""

import asyncio
import random
from collections import Counter
from pathlib import Path

from models.database import Database, install
from models.unit_of_work import reading
from subscriptions import cursors
from tests.chaos.asking import Asking
from tests.chaos.following import Changes, Following
from tests.chaos.judge import Counts
from tests.chaos.pages import Pages
from tests.chaos.plan import Fault, faults
from tests.chaos.screen import Screen
from tests.chaos.stage import PEOPLE, SEES_ALL, Stage, set_up
from tests.chaos.system import Say, System
from tests.chaos.trial import Event, Trial
from tests.chaos.writers import Writer, change_their_mind

WRITERS = ("ada", "ben", "cleo", "dan", "dan", "kit", "mia")
_LEVEL_WITHIN = 60.0


class Run:
    """Everybody who takes part."""

    def __init__(self, system: System, stage: Stage, seed: int, pages: int, say: Say) -> None:
        self.stage = stage
        self.open: dict[Screen, asyncio.Task[None]] = {}
        self.left: list[Screen] = []
        self.writers: list[Writer] = []
        self._system = system
        self._seed = seed
        self._say = say
        self._roads = [host.road for host in system.hosts]
        self._pages = Pages(stage, self._roads, seed)
        self._over = asyncio.Event()
        for _ in range(pages):
            self._come()

    async def go(self, seconds: float) -> None:
        """Work and watch, while the plan is carried out."""
        await asyncio.gather(*(screen.seated.wait() for screen in self.open))
        began = asyncio.get_running_loop().time()
        async with asyncio.TaskGroup() as work:
            for number, person in enumerate(WRITERS):
                work.create_task(self._writer(number, person).work(self._over))
            chance = random.Random(f"mind {self._seed}")
            work.create_task(change_their_mind(self.stage.house, chance, self._over))
            for planned in faults(self._seed, seconds):
                await _until(began + planned.at)
                self._tell(f"{planned.at:6.1f} s  {planned.fault}")
                if planned.fault is Fault.CHANGE_PAGES:
                    await self._change_pages(planned.pick)
                else:
                    self._system.strike(planned)
            await _until(began + seconds)
            await self._system.settle()
            self._tell("        everything is up again")
            self._over.set()

    async def level(self) -> dict[Following, str]:
        """Wait until all who are there are at the head; how those differ who are not."""
        for screen in self.open:
            screen.calm.set()
        began = asyncio.get_running_loop().time()
        deadline = began + _LEVEL_WITHIN
        differences: dict[Following, str] = {}
        async with asyncio.TaskGroup() as waiting:
            for screen in self.open:
                for follow in screen.follows:
                    waiting.create_task(_level(screen, follow, deadline, differences))
        took = asyncio.get_running_loop().time() - began
        self._say(f"        {len(differences)} are behind after {took:.1f} s")
        return differences

    def tell_how_it_went(self) -> None:
        """By what lines ended and streams had to begin anew: what the run has really met."""
        screens = [*self.open, *self.left]
        breaks = sum((screen.breaks for screen in screens), Counter[str]())
        anew = Counter(
            stretch.ended
            for screen in screens for follow in screen.follows for stretch in follow.stretches
            if stretch.ended
        )  # fmt: skip
        done = sum(writer.done for writer in self.writers)
        refused = sum(writer.refused for writer in self.writers)
        self._say(f"{done} acts were done and {refused} refused; {len(screens)} pages;"
                  f" lines ended by {dict(breaks)}; begun anew for {dict(anew)}")  # fmt: skip

    async def close(self) -> None:
        for task in self.open.values():
            task.cancel()
        await asyncio.gather(*self.open.values(), return_exceptions=True)

    async def told_since(self, beginning: str) -> dict[str, list[int]]:
        """The numbers of what each member is told when they ask for all since then."""
        told = {}
        for person in set(PEOPLE) - {SEES_ALL}:
            chance = random.Random(f"judge {self._seed}")
            ask = Asking(self._roads, self.stage.keys[person], chance)
            told[person] = await Changes(ask).missed(beginning)
            await ask.close()
        return told

    def _writer(self, number: int, person: str) -> Writer:
        chance = random.Random(f"writer {self._seed} {number}")
        door = "/portal/graphql" if person in self.stage.contacts else "/graphql"
        ask = Asking(self._roads, self.stage.keys[person], chance, door)
        self.writers.append(Writer(f"{person} {number}", person, self.stage, ask, chance))
        return self.writers[-1]

    def _come(self) -> None:
        screen = self._pages.open()
        self.open[screen] = asyncio.create_task(screen.live())

    async def _change_pages(self, chance: random.Random) -> None:
        for screen in chance.sample(list(self.open), max(1, len(self.open) // 5)):
            task = self.open.pop(screen)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            self.left.append(screen)
            self._come()

    def _tell(self, what: str) -> None:
        done = sum(writer.done for writer in self.writers)
        heard = sum(f.broken.deliveries for s in [*self.open, *self.left] for f in s.follows)
        lines = sum(map(len, self._roads))
        self._say(f"{what}  ({done} acts, {heard} deliveries, {lines} lines)")


async def _level(
    screen: Screen, follow: Following, deadline: float, differences: dict[Following, str]
) -> None:
    loop = asyncio.get_running_loop()
    differs: object = None
    while screen.thrown_out is None:
        differs = await follow.differs() if follow.cursor else "it has no snapshot"
        if not differs:
            return
        if loop.time() > deadline:
            break
        await asyncio.sleep(0.3)
    where = [(one.after, one.upto, one.ended) for one in follow.stretches]
    differences[follow] = (
        f"{screen.name}'s {type(follow).__name__} is behind:"
        f" {screen.thrown_out or differs}, after {where}"
    )


async def _until(moment: float) -> None:
    await asyncio.sleep(max(0.0, moment - asyncio.get_running_loop().time()))


async def chaos(folder: Path, seed: int, seconds: float, say: Say) -> tuple[Counts, list[str]]:
    """Let it happen; the sums, and a sentence for each thing that went wrong."""
    async with System(folder, say).running() as system:
        practice = await Database.open(system.postgres.url)
        await install(practice)
        stage = await set_up()
        async with reading(stage.house.system):
            beginning = await cursors.head()
        say("        everything is up")
        run = Run(system, stage, seed, 10 if seconds < 30 else 24, say)
        await run.go(seconds)
        differences = await run.level()
        events = await _events(stage, beginning.seq)
        trial = Trial(stage, events, await run.told_since(str(beginning)))
        await run.close()
        await practice.close()
    run.tell_how_it_went()
    level = {follow for screen in run.open for follow in screen.follows} - differences.keys()
    trial.hear([*run.open, *run.left], level)
    trial.read(run.writers)
    trial.sums.events, trial.sums.behind = len(events), len(differences)
    faults = [fault for program in system.programs for fault in program.faults()]
    return trial.sums, [*differences.values(), *faults, *trial.wrong]


async def _events(stage: Stage, after: int) -> list[Event]:
    async with reading(stage.house.system) as unit:
        return await unit.fetch(
            "select seq, kind, entity, client_id, payload -> 'body' ->> 1 as body from event"
            " where seq > $1 order by seq", after,
        )  # fmt: skip
