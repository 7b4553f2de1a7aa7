"""The only transaction there is. Opening one chooses the firm; without one, a query raises.

A unit takes a connection, begins and sets the firm in one round trip, and serialises all its SQL
by one lock (a connection does one thing at a time). What it cannot end well it terminates.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from contextvars import ContextVar
from datetime import date, datetime
from typing import Any, NoReturn, cast
from uuid import UUID

from tortoise.context import require_context

from models.connection import (
    begin,
    commit,
    give_back,
    leave,
    roll_back,
)
from models.database import CONNECTION, OutsideUnitOfWork, database
from models.mail import Letter
from models.turns import TortoiseInUnit, Turn
from models.unended import Connection, terminate
from models.viewer import Viewer

Row = Mapping[str, Any]
"""A row as the database gives it; positional underneath, read by name."""


class Rows(list[Row]):
    """The rows of one statement: each has the same `columns`, in their order. None can be added."""

    def __init__(self, rows: Sequence[Row]) -> None:
        super().__init__(rows)
        self.columns = tuple(rows[0].keys()) if rows else ()

    def _refuse(self, *_: Any) -> NoReturn:
        raise TypeError("These are the rows of one statement: add others to a list of your own.")

    append = extend = insert = __setitem__ = __iadd__ = _refuse


Sink = Callable[[bytes], Coroutine[Any, Any, None]]
"""What takes the pieces of a copy, each once it can."""

_current: ContextVar["Unit | None"] = ContextVar("unit_of_work", default=None)


def current() -> "Unit":
    """The unit of work around this code. Raises OutsideUnitOfWork when there is none."""
    unit = _current.get()
    if unit is None:
        raise OutsideUnitOfWork("Open a unit of work first: it chooses the firm.")
    return unit


class Unit:
    """One transaction on one connection, for one viewer."""

    def __init__(self, viewer: Viewer, *, read_only: bool, at: datetime | None = None) -> None:
        self.viewer = viewer
        self.at = at
        self.read_only = read_only
        self.today: date | None = None
        """The firm's day in a unit that only reads, once it has been asked for."""
        self.events: list[UUID] = []
        self.letters: list[Letter] = []
        self._begin = _begin(viewer, read_only=read_only)
        self._connection: Connection | None = None
        self.lock = asyncio.Lock()
        self._savepoints = 0
        self._acts_for_the_firm = False
        self._over = False

    async def fetch(self, sql: str, *args: Any) -> Rows:
        async with Turn(self) as connection:
            return Rows(cast("list[Row]", await connection.fetch(sql, *args)))

    async def fetchrow(self, sql: str, *args: Any) -> Row | None:
        async with Turn(self) as connection:
            return cast("Row | None", await connection.fetchrow(sql, *args))

    async def fetchval(self, sql: str, *args: Any) -> Any:
        async with Turn(self) as connection:
            return await connection.fetchval(sql, *args)

    async def execute(self, sql: str, *args: Any) -> str:
        async with Turn(self) as connection:
            return await connection.execute(sql, *args)

    async def copy(self, sql: str, *args: Any, sink: Sink) -> None:
        """All rows of a query as CSV, a piece at a time, as fast as `sink` takes them."""
        async with Turn(self) as connection:
            await connection.copy_from_query(sql, *args, output=sink, format="csv", header=True)

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """What fails inside is undone alone, and the unit goes on."""
        self._savepoints += 1
        name, events = f"part_{self._savepoints}", len(self.events)
        letters = len(self.letters)
        await self.execute(f"savepoint {name}")
        try:
            yield
        except Exception:
            await self.execute(f"rollback to savepoint {name}")
            del self.events[events:], self.letters[letters:]
            raise
        await self.execute(f"release savepoint {name}")

    @asynccontextmanager
    async def for_the_firm(self) -> AsyncIterator[None]:
        """What the firm itself does in consequence of a contact's act: in the same transaction and
        in their name, but with the firm's rights. For a member nothing changes.

        Only rows that the contact was shown before may lead here.
        """
        if self.viewer.contact_id is None or self._acts_for_the_firm:
            yield
            return
        # What fails inside is undone with the savepoint, the role that was taken with it.
        async with self.savepoint():
            await self.execute("set local role openpractice_app")
            self._acts_for_the_firm = True
            try:
                yield
            finally:
                self._acts_for_the_firm = False
            await self.execute("set local role openpractice_portal")

    async def go_on_as(self, viewer: Viewer, at: datetime) -> None:
        """What follows is another member's act, at a later moment, in the same transaction; for
        the demo firms alone, whose people did thousands of things.

        Raises OutsideUnitOfWork for another firm's act, and for a contact's: their role is taken
        when a unit begins.
        """
        before = self.viewer
        if viewer.firm_id != before.firm_id or viewer.contact_id or before.contact_id:
            raise OutsideUnitOfWork("This act is a unit of its own.")
        if viewer.member_id != before.member_id:
            member = str(viewer.member_id or "")
            await self.execute("select set_config('app.member_id', $1, true)", member)
        self.viewer, self.at = viewer, at

    async def connection(self) -> Connection:
        """The begun connection; called under the lock alone."""
        self._must_go_on()
        if self._connection is None:
            begun = await begin(self._begin)
            try:
                self._must_go_on()  # it may have ended while this one waited for a connection
            except OutsideUnitOfWork:
                terminate(begun)
                await give_back(begun)
                raise
            self._connection = begun
        return self._connection

    async def commit(self) -> None:
        """Commit, hint and post. A COMMIT that fails on the wire has an unknown outcome."""
        async with self.lock:
            connection = self._end()
            if connection is None:
                return
            try:
                await commit(connection)
                if self.events:
                    database().publisher.hint(self.viewer.firm_id)
                for letter in self.letters:
                    database().mailer.post(letter)
            finally:
                await give_back(connection)

    async def rollback(self, *, doubtful: bool = False) -> None:
        """Undo everything; `doubtful` when a statement may have been cut off half-way."""
        connection = self._end()
        if connection is None:
            return
        try:
            # Who still has the lock is in the middle of a statement, which nobody waits for.
            if doubtful or self.lock.locked():
                terminate(connection)
            else:
                await roll_back(connection)
        finally:
            await give_back(connection)

    async def leave(self) -> None:
        """End well where nothing was written: there is nothing to be undone, nor to be kept."""
        if self.lock.locked() or self.letters or self.events:
            await self.rollback()
        elif (connection := self._end()) is not None:
            leave(connection)

    def _must_go_on(self) -> None:
        if self._over:
            raise OutsideUnitOfWork("This unit of work is over.")

    def _end(self) -> "Connection | None":
        connection, self._connection, self._over = self._connection, None, True
        return connection


@asynccontextmanager
async def unit_of_work(viewer: Viewer, *, at: datetime | None = None) -> AsyncIterator[Unit]:
    """A write transaction for the viewer's firm: commits at the end, or leaves no trace."""
    unit = Unit(viewer, read_only=False, at=at)
    with _Entered(unit):
        try:
            yield unit
            await unit.commit()
        except BaseException as error:
            await unit.rollback(doubtful=not isinstance(error, Exception))
            raise


@asynccontextmanager
async def reading(viewer: Viewer) -> AsyncIterator[Unit]:
    """A read-only snapshot of the viewer's firm, begun when first asked something."""
    unit = Unit(viewer, read_only=True)
    with _Entered(unit):
        try:
            yield unit
        except BaseException as error:
            await unit.rollback(doubtful=not isinstance(error, Exception))
            raise
        await unit.leave()


class _Entered:
    """While entered, `current()` and Tortoise both mean this unit."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit

    def __enter__(self) -> None:
        connections = require_context().connections
        self._tortoise = connections.set(
            CONNECTION, TortoiseInUnit(self.unit, connections.get(CONNECTION))
        )
        self._token = _current.set(self.unit)

    def __exit__(self, *_: object) -> None:
        _current.reset(self._token)
        require_context().connections.reset(self._tortoise)


def _begin(viewer: Viewer, *, read_only: bool) -> str:
    """One simple-protocol round trip. The ids are UUID objects, never text from outside.

    A contact's transaction is the portal role's: what is not theirs does not exist for it.
    """
    mode = "isolation level repeatable read read only" if read_only else ""
    role = "set local role openpractice_portal; " if viewer.contact_id else ""
    return (
        f"begin {mode}; {role}select set_config('app.firm_id', '{viewer.firm_id!s}', true),"
        f" set_config('app.member_id', '{viewer.member_id or ''!s}', true),"
        f" set_config('app.contact_id', '{viewer.contact_id or ''!s}', true)"
    )
