"""What every server can do: how many messages a second at most, and how soon at a steady pace."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import psutil

from benchmarks import cores
from benchmarks.screens.stage import Stage, Told
from benchmarks.screens.tally import Tally
from server.progress import Advance, console

STEADY = 20
"""Events a second of a firm in which a thousand people work."""
_WARM_UP_SECONDS = 1.0

Figures = dict[str, dict[str, float]]


@dataclass(frozen=True)
class Most:
    """What a server sent in a second when there was always more to send."""

    messages: float
    frames: float
    core: float
    """The share of its core that it used."""
    holding: float
    making: float
    """The share of a core that holding the screens took, and making the events."""
    elsewhere: float
    """How busy the core was on which all but the server runs."""

    @property
    def limited_by_load(self) -> bool:
        """Whether the server had time left, and everything else had none."""
        return self.core < 0.9 and self.elsewhere > 0.9

    def told(self, name: str) -> str:
        """In one line."""
        limit = "; the LOAD, or what else runs here, WAS THE LIMIT" if self.limited_by_load else ""
        return (
            f"{name}: {self.messages:,.0f} messages/s in {self.frames:,.0f} frames/s, server"
            f" {self.core:.0%} of its core, screens {self.holding:.0%} and events"
            f" {self.making:.0%} of theirs, which was {self.elsewhere:.0%} busy{limit}"
        )


@dataclass(frozen=True)
class Steady:
    """How soon messages came at a steady pace, and what that cost."""

    median_ms: float
    p99_ms: float
    core: float


async def most(stage: Stage, told: Told, screens: int, seconds: float) -> Most:
    """Make events as fast as they come to these screens."""
    tally, made, came = stage.screens.tally, stage.events.made, stage.screens.tally.messages
    making = stage.events.as_fast_as_they_come(told.source, tally, screens)
    with stage.screens.seldom_read():
        async with making:
            await asyncio.sleep(min(_WARM_UP_SECONDS, seconds))
            found = await _sampled(stage, told, seconds)
    await stage.arrived(told, came + (stage.events.made - made) * screens)
    return found


async def _sampled(stage: Stage, told: Told, seconds: float) -> Most:
    before = _state(stage, told)
    await asyncio.sleep(seconds)
    after = _state(stage, told)
    passed = after[0] - before[0]
    return Most(*((new - old) / passed for old, new in zip(before[1:], after[1:], strict=True)))


def _state(stage: Stage, told: Told) -> tuple[float, ...]:
    tally: Tally = stage.screens.tally
    held, made = stage.screens.process.cpu_times(), psutil.Process().cpu_times()
    return (
        asyncio.get_running_loop().time(), tally.messages, tally.frames, cores.used(told.pid),
        held.user + held.system, made.user + made.system, cores.busy(stage.core),
    )  # fmt: skip


async def steady(
    stage: Stage, told: Told, screens: int, seconds: float, a_second: float = STEADY
) -> Steady:
    """Make events by the clock and time each message."""
    came, used = stage.screens.tally.messages, cores.used(told.pid)
    loop = asyncio.get_running_loop()
    began = loop.time()
    stage.screens.time_them()
    made = await stage.events.at_rate(told.source, a_second, seconds)
    core = (cores.used(told.pid) - used) / (loop.time() - began)
    await stage.arrived(told, came + made * screens)
    times = stage.screens.times()
    return Steady(times.median_ms, times.p99_ms, core)


async def by_turns(
    stage: Stage, peers: Sequence[Told], screens: int, *, rounds: int, seconds: float,
    parts: Sequence[str], advance: Advance,
) -> Figures:  # fmt: skip
    """All servers by turns, so that a machine's good and bad minutes fall on each alike."""
    greatest: dict[str, list[Most]] = defaultdict(list)
    paced: dict[str, list[Steady]] = defaultdict(list)
    turns = [(part, told) for _ in range(rounds) for part in parts for told in peers]
    for done, (part, told) in enumerate(turns):
        if part == "capacity":
            greatest[told.name].append(await most(stage, told, screens, seconds))
        else:
            paced[told.name].append(await steady(stage, told, screens, seconds))
        advance(done + 1, len(turns))
    for name, found in greatest.items():
        console.print(sorted(found, key=lambda one: one.messages)[len(found) // 2].told(name))
    return _medians(greatest, paced)


def _medians(greatest: dict[str, list[Most]], paced: dict[str, list[Steady]]) -> Figures:
    figures: Figures = {}
    if greatest:
        figures["capacity"] = {
            name: round(median(one.messages for one in found)) for name, found in greatest.items()
        }
    if paced:
        figures["p99_ms"] = {
            name: round(median(one.p99_ms for one in found), 1) for name, found in paced.items()
        }
        figures["cpu_core"] = {
            name: round(median(one.core for one in found), 3) for name, found in paced.items()
        }
        for name, found in paced.items():
            console.print(f"{name}: median {median(one.median_ms for one in found):.1f} ms")
    return figures
