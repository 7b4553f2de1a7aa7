"""The firm's own facts."""

from typing import Any
from uuid import UUID

from models.firms import Firm
from models.unit_of_work import Row, current
from resolvers.reading import one


async def mine(firm_id: UUID) -> Row | None:
    return await one(Firm, firm_id)


async def update(*, expected_version: int | None = None, **changes: Any) -> Firm:
    return await (await Firm.load(current().viewer.firm_id)).change(changes, expected_version)
