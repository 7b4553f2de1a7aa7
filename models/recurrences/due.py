"""Which recurrences have something to make: asked across firms, by the queue's role alone."""

from models.database import Database
from models.work_queue import Piece, WorkKind


async def due_pieces(queue: Database) -> list[Piece]:
    """A piece for each recurrence whose next job is due, where its firm is.

    `queue` is open as role openpractice_queue.
    """
    rows = await queue.pool.fetch("select firm_id, recurrence_id from find_due_recurrences()")
    return [Piece(WorkKind.MAKE_DUE_JOBS, *row) for row in rows]
