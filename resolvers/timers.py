"""Timers."""

from typing import Any
from uuid import UUID

from models.base import FirmModel
from models.timers import Timer
from models.unit_of_work import Row, current
from models.visibility import visible


async def running() -> list[Row]:
    unit = current()
    return list(await unit.fetch(
        f"select t.* from timer t where t.stopped_at is null and {visible(Timer, unit.viewer)}"
        " order by t.started_at, t.id",
    ))  # fmt: skip


async def start(**given: Any) -> dict[str, FirmModel | None]:
    timer, entry = await Timer.start(**given)
    return {"timer": timer, "stopped": entry}


async def stop(*, id: UUID | None = None) -> dict[str, FirmModel | None]:
    timer, entry = await (await Timer.mine(id)).stop()
    return {"timer": timer, "time_entry": entry}


async def discard(*, id: UUID | None = None) -> Timer:
    return await (await Timer.mine(id)).discard()
