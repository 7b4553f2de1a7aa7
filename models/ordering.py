"""Where a card stands among its kind: between two neighbours, or at the end."""

from uuid import UUID

from models import order_keys
from models.base import FirmModel
from models.errors import NotFound
from models.unit_of_work import current


async def last_position(model: type[FirmModel]) -> str | None:
    """The firm's highest order key of this kind."""
    key: str | None = await current().fetchval(f"select max(position) from {model.table()}")
    return key


async def at_end(model: type[FirmModel]) -> str:
    return order_keys.between(await last_position(model), None)


async def place(model: type[FirmModel], after_id: UUID | None, before_id: UUID | None) -> str:
    """An order key right after `after_id`, else right before `before_id`, else at the end.

    The neighbour is read, not locked: others may draw keys from the same gap at the same moment
    and each gets its own. Raises NotFound for a neighbour that does not exist.
    """
    unit, table = current(), model.table()
    if after_id is not None:
        low = await _position(model, after_id, "afterId")
        high = await unit.fetchval(f"select min(position) from {table} where position > $1", low)
        return order_keys.between(low, high)
    if before_id is not None:
        high = await _position(model, before_id, "beforeId")
        low = await unit.fetchval(f"select max(position) from {table} where position < $1", high)
        return order_keys.between(low, high)
    return await at_end(model)


async def _position(model: type[FirmModel], id: UUID, path: str) -> str:
    neighbour = await model.find(id)
    if neighbour is None:
        raise NotFound(model.thing, path=(path,))
    position: str = vars(neighbour)["position"]
    return position
