"""What is asked of our server alone: many filters, very many screens, all coming back at once."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from time import monotonic_ns
from typing import Any

import psutil

from benchmarks.screens.rates import most
from benchmarks.screens.stage import Stage, Told, standing_at
from server.progress import bar, console

AWAY = 50
"""Events a second while everybody is away."""
_FEW = 100
_EVENTS = 5
_PAUSE_SECONDS = 0.3


async def filters(
    stage: Stage, told: Told, screens: int, seconds: float, shown: Sequence[dict[str, Any]]
) -> float:
    """Events a second while the screens show the work of so many people: each event shows on those
    of one of them, and is counted when it is on all of these."""
    each = screens // len(shown)
    told = replace(told, follows=replace(told.follows, filters=shown))
    await stage.fill(told, each * len(shown), showing=each)
    found = await most(stage, told, each, seconds)
    console.print(found.told(f"{len(shown)} filters"))
    return round(found.messages / each, 1)


async def idle(stage: Stage, told: Told, screens: int) -> dict[str, float]:
    """What a screen costs that only waits, and how soon an event is on all of them."""
    process, few = psutil.Process(told.pid), min(_FEW, screens // 2)
    # What a server takes once, whoever comes, is no screen's.
    await stage.fill(told, few)
    before = process.memory_info().rss
    with bar(f"Opening {screens:,} screens") as advance:
        await stage.fill(told, screens - few, showing=screens, advance=advance)
    each = (process.memory_info().rss - before) / (screens - few) / 1024
    took = []
    for _ in range(_EVENTS):
        took.append(await stage.event(told, screens))
        await asyncio.sleep(_PAUSE_SECONDS)
    console.print(f"An event reached all {screens:,} in " + ", ".join(f"{ms:.0f}" for ms in took)
                  + " ms")  # fmt: skip
    return {"sockets": screens, "kib": round(each, 1), "ms": round(median(took), 1)}


async def reconnect(stage: Stage, told: Told, screens: int, away: float) -> float:
    """Seconds until all are at head who come back at once, after so long a time away."""
    await stage.fill(told, screens)
    cursor = stage.cursor(told.name)
    stage.screens.close(told.name)
    await stage.events.at_rate(told.source, AWAY, away)
    stage.screens.wait_for(stage.events.made)
    messages = stage.screens.tally.messages
    began = monotonic_ns()
    back = standing_at(told, cursor)
    await stage.screens.open(back.name, back.follows, screens, at_once=screens)
    let_in = monotonic_ns()
    seconds = (await stage.screens.show(back.name, screens) - began) / 1e9
    sent = stage.screens.tally.messages - messages
    console.print(f"{screens:,} came back: let in after {(let_in - began) / 1e9:.2f} s, all at head"
                  f" after {seconds:.2f} s, {sent:,} changes caught up with")  # fmt: skip
    return round(seconds, 2)
