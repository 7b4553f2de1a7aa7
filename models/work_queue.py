"""Work that is done in the background, after COMMIT, and the port that takes it there."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

if TYPE_CHECKING:
    from models.database import Database

_KEPT = "30 days"


class WorkKind(StrEnum):
    """What a piece of work is: `entity.verb`."""

    MAKE_DUE_JOBS = "recurrence.make_due_jobs"
    MAKE_ALL_DUE_JOBS = "recurrence.make_all_due_jobs"
    LAPSE_UPLOAD = "document.lapse"
    EXAMINE_UPLOAD = "document.examine"
    READY_TASK = "task.ready"


@dataclass(frozen=True, slots=True)
class Piece:
    """Something to be done for a firm, about one of its rows.

    It may be done twice, when whoever did it was killed before saying so: the verb behind it has
    to make nothing twice.
    """

    kind: WorkKind
    firm_id: UUID
    about_id: UUID


class Queue(Protocol):
    """Takes pieces of work."""

    async def put(self, piece: Piece) -> None:
        """Put it in within the unit of work around: it waits from COMMIT on, or was never there.
        The same piece waits once."""
        ...


class NoQueue:
    """The queue of a process that puts nothing off (commands, tests): what is due is found by the
    clock all the same."""

    async def put(self, piece: Piece) -> None:  # noqa: ARG002  (the port's own name)
        return None


async def forget_ended(queue: "Database") -> None:
    """Strike from the queue's log what ended long ago; what failed for good stays in the queue.

    `queue` is open as role openpractice_queue.
    """
    await queue.pool.execute(
        f"delete from queue.pgqueuer_log where created < now() - interval '{_KEPT}'"
    )
