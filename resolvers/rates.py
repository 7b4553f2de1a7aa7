"""Rates, and which one prices a time entry."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from models.money import Money
from models.rates import Rate, that_fit
from models.unit_of_work import Row
from resolvers.pages import Order, Window
from resolvers.pages import page as page_of

_NEWEST = Order("t.id", "uuid", descending=True)


async def page(window: Window) -> Row:
    return await page_of(Rate, _NEWEST, window)


async def explanations(parents: Sequence[Row]) -> list[dict[str, Any] | None]:
    """For each time entry the rate that wins, those that lose in order, and the standard value."""
    found: dict[UUID, list[Row]] = {row["id"]: [] for row in parents}
    for rate in await that_fit(list(found)):
        found[rate["entry_id"]].append(rate)
    return [_explained(entry, found[entry["id"]]) for entry in parents]


def _explained(entry: Row, fitting: Sequence[Row]) -> dict[str, Any] | None:
    if not fitting:
        return None
    winner, *losers = fitting
    value = Money.worked(winner["hourly"], entry["seconds"], winner["currency"])
    return {"rate": winner, "value": value.row, "losers": losers}


async def set_rate(**said: Any) -> Rate:
    return await Rate.set(**said)
