"""The worker: takes pieces from the queue, each done in a unit of work of its firm.

Beside the server in the processes of `openpractice run`, alone in `openpractice worker`; any
number of them share the queue. One that is killed is noticed by its silence, and another does the
piece again.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

import asyncpg
import structlog
from pgqueuer import PgQueuer
from pgqueuer.core.executors import DatabaseRetryEntrypointExecutor, EntrypointExecutorParameters
from pgqueuer.domain.errors import PgqException
from pgqueuer.domain.models import Job, Schedule
from pgqueuer.domain.types import Channel
from pgqueuer.queries import Queries

from models.database import Database
from models.documents.unsettled import cut_off_examinations, lapsed_uploads
from models.floors import raise_floors
from models.recurrences.due import due_pieces
from models.tallies import add_up
from models.tasks.lags import lagging_tasks
from models.work_queue import WorkKind, forget_ended
from resolvers.background import work_off
from server.metrics import PIECE_SECONDS, PIECES
from server.work_queue import NAMES, Connections, enqueue, piece_of, queries

log = structlog.get_logger("openpractice.worker")

# A day begins at its own hour in each firm's time zone.
EVERY_HOUR = "0 * * * *"
_BATCH = 2
_AT_ONCE = {WorkKind.MAKE_ALL_DUE_JOBS: 2}
"""Of all workers: what is due in a whole firm leaves room for what else waits. More are no faster,
for COMMIT numbers the events of one after the other."""
_MOST_TRIES = 8
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=2), timedelta(minutes=10)
_MEND_SECONDS = 2
_ADD_UP_SECONDS = 5
GOODBYE_SECONDS = 20
_LOST = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError,
         asyncpg.InternalClientError, PgqException)  # fmt: skip


class Worker:
    """Works until it is stopped. `database` is open as role openpractice_queue.

    A piece whose worker has given no sign for `silence` is done again by another.
    """

    def __init__(self, database: Database, *, silence: timedelta = timedelta(seconds=30)) -> None:
        self._database = database
        self._silence = silence
        self._stopping = asyncio.Event()
        self._queuer: PgQueuer | None = None

    def stop(self) -> None:
        """Take nothing more; what is being done is finished."""
        self._stopping.set()
        if self._queuer is not None:
            self._queuer.shutdown.set()

    async def run(self) -> None:
        """Work until `stop`; a database that goes away is waited for."""
        async with asyncio.TaskGroup() as work:
            work.create_task(self._work_off())
            work.create_task(self._add_up())

    async def _add_up(self) -> None:
        """Keep the sums of cards close behind the streams."""
        while not self._stopping.is_set():
            try:
                failed = await add_up(self._database, stopping=self._stopping.is_set)
                for firm_id, error in failed.items():
                    log.error("a firm's cards are not added up", firm=firm_id, reason=repr(error))
            except _LOST as error:
                log.warning("cards cannot be added up", reason=repr(error))
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), _ADD_UP_SECONDS)

    async def _work_off(self) -> None:
        while not self._stopping.is_set():
            queue = queries(Connections(self._database.pool))
            self._queuer = self._new_queuer(queue)
            try:
                await self._look(queue)
                await self._queuer.run(
                    batch_size=_BATCH, max_concurrent_tasks=2 * _BATCH,
                    heartbeat_timeout=self._silence, dequeue_timeout=self._silence,
                    shutdown_on_listener_failure=True, log_aggregation_interval=timedelta(0),
                )  # fmt: skip
            except _LOST as error:
                log.warning("the queue cannot be reached", reason=repr(error))
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), _MEND_SECONDS)

    def _new_queuer(self, queue: Queries) -> PgQueuer:
        """Pgqueuer's own loop around our pieces; it ends with its first failure."""
        made = PgQueuer(queue.driver, channel=Channel(NAMES.channel), queries=queue)
        for kind in WorkKind:
            made.entrypoint(kind.value, executor_factory=_patiently, on_failure="hold",
                            concurrency_limit=_AT_ONCE.get(kind, 0))(_do)  # fmt: skip

        async def look(_schedule: Schedule) -> None:
            await self._look(queue)

        made.schedule("recurrences", EVERY_HOUR)(look)
        return made

    async def _look(self, queue: Queries) -> None:
        """Let wait what is due by now, whether or not anybody has said so."""
        await enqueue(queue, await due_pieces(self._database))
        await enqueue(queue, await lagging_tasks(self._database))
        await enqueue(queue, await lapsed_uploads(self._database))
        await enqueue(queue, await cut_off_examinations(self._database))
        await forget_ended(self._database)
        await raise_floors(self._database)


def _patiently(parameters: EntrypointExecutorParameters) -> DatabaseRetryEntrypointExecutor:
    """A piece that fails is tried again later and later; then it stays in the queue as failed."""
    return DatabaseRetryEntrypointExecutor(
        parameters, max_attempts=_MOST_TRIES - 1, initial_delay=_FIRST_PAUSE,
        max_delay=_LONGEST_PAUSE,
    )  # fmt: skip


async def _do(job: Job) -> None:
    with structlog.contextvars.bound_contextvars(piece=job.id, kind=job.entrypoint):
        try:
            with PIECE_SECONDS.labels(job.entrypoint).time():
                await work_off(piece_of(job))
        except Exception as fault:
            PIECES.labels(job.entrypoint, "failed").inc()
            log.exception("piece failed", attempt=job.attempts + 1, exc_info=fault)
            raise
        PIECES.labels(job.entrypoint, "done").inc()


@asynccontextmanager
async def working(worker: Worker) -> AsyncIterator[None]:
    """Work as long as the block runs; at its end what is being done is finished."""
    at_work = asyncio.create_task(worker.run(), name="worker")
    try:
        yield
    finally:
        worker.stop()
        await asyncio.wait({at_work}, timeout=GOODBYE_SECONDS)
        at_work.cancel()
        # Not even a loop that overhears this keeps a server from ending.
        await asyncio.wait({at_work}, timeout=_MEND_SECONDS)
