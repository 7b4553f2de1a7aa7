"""Who asks, and what is loaded for them: the context of one request and its one transaction."""

from collections.abc import AsyncIterator, Sequence
from typing import Any, TypeVar
from uuid import UUID

from starlette.exceptions import HTTPException
from strawberry.dataloader import DataLoader
from strawberry.extensions import SchemaExtension
from tortoise import Tortoise
from tortoise.models import Model
from tortoise.transactions import in_transaction

from benchmarks.remembered import Remembered
from benchmarks.rivals.idiomatic.tables import Client, Job, Member

_VIEWER = "select firm_id, member_id from find_session($1)"
_SETTINGS = "select set_config('app.firm_id', $1, true), set_config('app.member_id', $2, true)"

Row = TypeVar("Row", bound=Model)


class Asking:
    """The member who asks, and a loader for each kind of thing that stands on a task."""

    def __init__(self, firm_id: UUID, member_id: UUID) -> None:
        self.firm_id = firm_id
        self.member_id = member_id
        self.members = _by_id(Member)
        self.jobs = _by_id(Job)
        self.clients = _by_id(Client)

    @classmethod
    async def of(cls, authorization: str) -> "Asking":
        rows = await _HOLDERS.holder(authorization)
        if not rows:
            raise HTTPException(401)
        return cls(*rows[0])


async def _look_up(hashed: bytes) -> Any:
    _, rows = await Tortoise.get_connection("default").execute_query(_VIEWER, [hashed])
    return rows


_HOLDERS = Remembered(_look_up)


class InOneTransaction(SchemaExtension):
    """Everything that an operation reads is read in one snapshot, as the member who asks."""

    async def on_execute(self) -> AsyncIterator[None]:
        asking: Asking = self.execution_context.context
        async with in_transaction() as connection:
            settings = [str(asking.firm_id), str(asking.member_id)]
            await connection.execute_query(_SETTINGS, settings)
            yield


def _by_id(model: type[Row]) -> DataLoader[UUID, Row | None]:
    """Rows by their ids: all that are asked for at once, in one query."""

    async def load(ids: Sequence[Any]) -> list[Row | None]:
        found = await model.in_bulk(ids)
        return [found.get(id) for id in ids]

    return DataLoader(load)
