"""How clients stand to each other."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from models.base import FirmModel
from models.clients import Client, ClientRelation, firm_today
from models.unit_of_work import Row, current
from models.visibility import visible


async def standing(parents: Sequence[Row]) -> list[list[Row]]:
    """How each of the clients stands to others now, or will from a day that is known."""
    return await _between(parents, "coalesce(t.until_date > $2, true)", "t.from_date, t.id")


async def past(parents: Sequence[Row]) -> list[list[Row]]:
    """How each of them stood to others before, what ended last coming first."""
    return await _between(parents, "t.until_date <= $2", "t.until_date desc, t.id")


async def _between(parents: Sequence[Row], when: str, order: str) -> list[list[Row]]:
    """Both sides of each relation know of it; a hidden other side hides the relation."""
    unit, today = current(), await firm_today()
    found: dict[UUID, list[Row]] = {row["id"]: [] for row in parents}
    # Each side by its own index: for `or` all relations of the firm may be looked through.
    of_either = (
        "select r.* from client_relation r where r.client_id = any($1) union all"
        " select r.* from client_relation r where r.other_id = any($1) and r.client_id <> all($1)"
    )
    for row in await unit.fetch(
        f"select t.* from ({of_either}) t where {when}"
        f" and {visible(ClientRelation, unit.viewer)} order by {order}", list(found), today,
    ):  # fmt: skip
        for side in (row["client_id"], row["other_id"]):
            if side in found:
                found[side].append(row)
    return [found[row["id"]] for row in parents]


async def relate(**given: Any) -> dict[str, FirmModel]:
    client = await Client.load(given.pop("client_id"), path=("clientId",))
    other = await Client.load(given.pop("other_id"), lock=False, path=("otherId",))
    return {"relation": await client.relate(other, **given)}


async def end(*, id: UUID, until_date: date | None = None) -> dict[str, FirmModel]:
    return {"relation": await (await ClientRelation.load(id)).end(until_date)}
