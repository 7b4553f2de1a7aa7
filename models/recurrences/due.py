"""Which recurrences have something to make."""

from collections.abc import Sequence
from uuid import UUID

from models.clients import firm_today
from models.database import Database
from models.recurrences import Recurrence
from models.unit_of_work import current
from models.work_queue import Piece, WorkKind


async def due_pieces(queue: Database) -> list[Piece]:
    """A piece for each firm in which something is due where it is: from its first recurrence on
    that has something to make.

    Asked across firms; `queue` is open as role openpractice_queue.
    """
    rows = await queue.pool.fetch("select firm_id, recurrence_id from find_first_due_recurrences()")
    return [Piece(WorkKind.MAKE_ALL_DUE_JOBS, *row) for row in rows]


async def due_from(first_id: UUID, at_most: int) -> list[UUID]:
    """The firm's recurrences from that one on that have something to make, by id."""
    rows = await current().fetch(
        "select id from recurrence where id >= $1 and next_date - horizon_days <= $2"
        " order by id limit $3", first_id, await firm_today(), at_most,
    )  # fmt: skip
    return [row["id"] for row in rows]


async def held(ids: Sequence[UUID]) -> list[Recurrence]:
    """These recurrences, locked for a change one after the other, as everybody locks them."""
    rows = await current().fetch(
        "select * from recurrence where id = any($1) order by id for no key update", list(ids)
    )
    return [Recurrence.from_row(row) for row in rows]
