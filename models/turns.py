"""Whose turn it is on a unit's connection: one statement after the other, Tortoise's too."""

from types import TracebackType
from typing import TYPE_CHECKING, Any

from tortoise.backends.asyncpg.client import TransactionWrapper
from tortoise.backends.base.client import NestedTransactionContext

from models.connection import lost
from models.database import CONNECTION
from models.errors import Unavailable
from models.unended import Connection

if TYPE_CHECKING:
    from models.unit_of_work import Unit


class Turn:
    """One statement's turn on the unit's connection."""

    __slots__ = ("connection", "unit")

    def __init__(self, unit: "Unit") -> None:
        self.unit = unit

    async def __aenter__(self) -> Connection:
        await self.unit.lock.acquire()
        try:
            self.connection = await self.unit.connection()
        except BaseException:
            self.unit.lock.release()
            raise
        return self.connection

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.unit.lock.release()
        if isinstance(error, Exception) and lost(self.connection, error):
            raise Unavailable from error


class TortoiseInUnit(TransactionWrapper):
    """Tortoise on the unit's connection; its nested transactions are savepoints of the unit."""

    def __init__(self, unit: "Unit", parent: Any) -> None:
        self.unit = unit
        self.log = parent.log
        self.connection_name = CONNECTION
        self._parent = parent
        self._finalized = False

    def acquire_connection(self) -> Any:
        return Turn(self.unit)

    def _in_transaction(self) -> Any:
        return NestedTransactionContext(TortoiseInUnit(self.unit, self._parent))

    async def savepoint(self) -> None:
        self._part = self.unit.savepoint()
        await self._part.__aenter__()

    async def release_savepoint(self) -> None:
        self._finalized = True
        await self._part.__aexit__(None, None, None)

    async def savepoint_rollback(self) -> None:
        self._finalized = True
        cause = RuntimeError("rolled back")
        try:
            await self._part.__aexit__(RuntimeError, cause, None)
        except RuntimeError as error:
            if error is not cause:
                raise
