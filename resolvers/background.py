"""Pieces of work from the queue, each in a unit of work of the firm that it names."""

from uuid import UUID

from models.documents import Document
from models.recurrences import Recurrence
from models.recurrences.making import make_due
from models.unit_of_work import unit_of_work
from models.viewer import Viewer
from models.work_queue import Piece, WorkKind


async def work_off(piece: Piece) -> None:
    """Do it, whether or not it was done before: nothing is made twice."""
    match piece.kind:
        case WorkKind.MAKE_DUE_JOBS:
            await make_due_jobs(piece.firm_id, piece.about_id)
        case WorkKind.LAPSE_UPLOAD:
            await lapse_upload(piece.firm_id, piece.about_id)


async def make_due_jobs(firm_id: UUID, recurrence_id: UUID) -> int:
    """Make the jobs of a recurrence that are due, unit by unit; returns how many."""
    count = 0
    while True:
        async with unit_of_work(Viewer.system(firm_id, "recurrences")):
            recurrence = await Recurrence.find(recurrence_id, lock=True)
            made = [] if recurrence is None else await make_due(recurrence)
        if not made:
            return count
        count += len(made)


async def lapse_upload(firm_id: UUID, document_id: UUID) -> None:
    """Forget a file that was announced, unless it has come after all."""
    async with unit_of_work(Viewer.system(firm_id, "uploads")):
        document = await Document.find(document_id, lock=True)
        if document is not None:
            await document.lapse()
