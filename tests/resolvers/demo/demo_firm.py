"""A demo firm as it stands in the tables."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from models.connection import before_any_firm
from models.unit_of_work import Row, reading
from models.viewer import Viewer
from resolvers.demo.founding import address_of
from resolvers.demo.plans import FirmPlan


@dataclass(frozen=True)
class DemoFirm:
    """A demo firm, looked at with the firm's own eyes."""

    id: UUID

    async def fetch(self, sql: str, *args: Any) -> list[Row]:
        async with reading(Viewer.system(self.id, "test")) as unit:
            return await unit.fetch(sql, *args)

    async def value(self, sql: str, *args: Any) -> Any:
        async with reading(Viewer.system(self.id, "test")) as unit:
            return await unit.fetchval(sql, *args)

    async def pairs(self, sql: str) -> dict[Any, Any]:
        return {row[0]: row[1] for row in await self.fetch(sql)}  # type: ignore[index]


async def firm_of(plan: FirmPlan) -> DemoFirm:
    """The firm that the plan's people sign in to."""
    async with before_any_firm() as connection:
        rows = await connection.fetch(
            "select distinct firm_id from find_sign_in($1)",
            address_of(plan, plan.people[0]),
        )
    [row] = rows
    return DemoFirm(row["firm_id"])
