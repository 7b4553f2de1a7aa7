"""Which announced files never came, and which were left half examined: asked across firms, by the
queue's role alone."""

from datetime import datetime

from models.database import Database
from models.work_queue import Piece, WorkKind


async def lapsed_uploads(queue: Database, at: datetime | None = None) -> list[Piece]:
    """A piece for each file that was announced more than a day before `at`, or before now.

    `queue` is open as role openpractice_queue.
    """
    rows = await queue.pool.fetch(
        "select firm_id, document_id from find_lapsed_uploads(coalesce($1, clock_timestamp()))", at
    )
    return [Piece(WorkKind.LAPSE_UPLOAD, *row) for row in rows]


async def cut_off_examinations(queue: Database) -> list[Piece]:
    """A piece for each file that has been looked at for longer than that can take.

    `queue` is open as role openpractice_queue.
    """
    rows = await queue.pool.fetch(
        "select firm_id, document_id from find_cut_off_examinations(clock_timestamp())"
    )
    return [Piece(WorkKind.EXAMINE_UPLOAD, *row) for row in rows]
