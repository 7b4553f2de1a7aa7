"""Pieces of work from the queue, each in a unit of work of the firm that it names."""

from uuid import UUID

from models.database import database
from models.documents import Document
from models.documents.examination import examine_late
from models.recurrences import Recurrence
from models.recurrences.due import due_from, held
from models.recurrences.making import JOBS_AT_ONCE, make_all_due, make_due
from models.tasks.lags import ready_by_now
from models.unit_of_work import reading, unit_of_work
from models.viewer import Viewer
from models.work_queue import Piece, WorkKind
from resolvers.documents import complete_upload

_UNITS = 12
"""In how many units of work a piece makes what is due of its recurrences: a few seconds' worth."""


async def work_off(piece: Piece) -> None:
    """Do it, whether or not it was done before: nothing is made twice."""
    match piece.kind:
        case WorkKind.MAKE_DUE_JOBS:
            await make_due_jobs(piece.firm_id, piece.about_id)
        case WorkKind.MAKE_ALL_DUE_JOBS:
            await make_all_due_jobs(piece.firm_id, piece.about_id)
        case WorkKind.LAPSE_UPLOAD:
            await lapse_upload(piece.firm_id, piece.about_id)
        case WorkKind.EXAMINE_UPLOAD:
            await examine_upload(piece.firm_id, piece.about_id)
        case WorkKind.READY_TASK:
            await ready_task(piece.firm_id, piece.about_id)


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


async def make_all_due_jobs(firm_id: UUID, first_id: UUID) -> None:
    """Make the jobs that are due of the firm's recurrences from that one on, as many as one piece
    takes; the next one is put in before, so that as many work at it as there are workers.

    What cannot be made together with others, or is more than a piece takes, becomes one of its own.
    """
    viewer = Viewer.system(firm_id, "recurrences")
    queue = database().queue
    async with unit_of_work(viewer):
        due = await due_from(first_id, JOBS_AT_ONCE + 1)
        if len(due) > JOBS_AT_ONCE:
            await queue.put(Piece(WorkKind.MAKE_ALL_DUE_JOBS, firm_id, due.pop()))
    for _ in range(_UNITS):
        if not due:
            return
        async with unit_of_work(viewer):
            made = await make_all_due(await held(due))
            for id in made.failed:
                await queue.put(Piece(WorkKind.MAKE_DUE_JOBS, firm_id, id))
        due = made.unfinished
    async with unit_of_work(viewer):
        for id in due:
            await queue.put(Piece(WorkKind.MAKE_DUE_JOBS, firm_id, id))


async def lapse_upload(firm_id: UUID, document_id: UUID) -> None:
    """Forget a file that was announced, unless it has come after all."""
    async with unit_of_work(Viewer.system(firm_id, "uploads")):
        document = await Document.find(document_id, lock=True)
        if document is not None:
            await document.lapse()


async def ready_task(firm_id: UUID, task_id: UUID) -> None:
    """Ready a task that a lag has kept waiting, if it has passed by now."""
    async with unit_of_work(Viewer.system(firm_id, "lags")):
        await ready_by_now(task_id)


async def examine_upload(firm_id: UUID, document_id: UUID) -> None:
    """Look again at a file whose examination was cut off, unless it was settled meanwhile."""
    viewer = Viewer.system(firm_id, "uploads")
    async with reading(viewer):
        document = await Document.find(document_id)
    if document is None or document.is_settled:
        return
    verdict = await examine_late(document)
    async with unit_of_work(viewer):
        await complete_upload(id=document_id, ahead=verdict)
