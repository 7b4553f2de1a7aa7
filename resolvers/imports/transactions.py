"""The transaction of an import: one at a time for a firm, and with more patience than a request."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from models.errors import Conflict
from models.unit_of_work import Unit, reading, unit_of_work
from models.viewer import Viewer

_LOCK = 0x696D7074
_PATIENCE = (
    "set local statement_timeout = '5min'; set local idle_in_transaction_session_timeout = '5min'"
)


@asynccontextmanager
async def importing(viewer: Viewer, *, dry_run: bool = False) -> AsyncIterator[Unit]:
    """A unit of work for an import, or a snapshot to try it on.

    Raises Conflict while another import for the same firm is under way: each would miss what the
    other is about to make.
    """
    async with reading(viewer) if dry_run else unit_of_work(viewer) as unit:
        await unit.execute(_PATIENCE)
        if not dry_run and not await unit.fetchval(
            "select pg_try_advisory_xact_lock($1, hashtext($2))", _LOCK, viewer.firm_id.hex
        ):
            raise Conflict("Another import for this firm is under way. Wait until it has ended.")
        yield unit
