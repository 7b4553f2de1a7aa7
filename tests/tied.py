"""Tasks that wait for others, in all the ways there are."""

from datetime import UTC, datetime
from uuid import UUID

from models.dependencies import Dependency
from models.dependency_kinds import DependencyKind
from models.tasks import Task
from models.unit_of_work import reading, unit_of_work
from models.workflows import WorkCategory
from tests.cast import House

FINISH, START, TOGETHER = (
    DependencyKind.FINISH_TO_START, DependencyKind.START_TO_START, DependencyKind.FINISH_TO_FINISH,
)  # fmt: skip
FRIDAY, MONDAY, TUESDAY = (datetime(2025, 12, day, 12, tzinfo=UTC) for day in (5, 8, 9))
EARLIER = datetime(2025, 12, 1, 12, tzinfo=UTC)


async def wait(blocked: UUID, blocker: UUID, kind: DependencyKind, lag: int = 0) -> Dependency:
    waiting, other = await Task.load(blocked), await Task.load(blocker, lock=False)
    return await Dependency.add(waiting, other, kind=kind, lag_days=lag)


async def waiting(house: House, kind: DependencyKind, lag: int = 0) -> UUID:
    """A planned task that waits for the ring."""
    async with unit_of_work(house.dan, at=EARLIER):
        wrap = await Task.add(title="Wrap", client_id=house.bakery)
        await wait(wrap.id, house.ring, kind, lag)
        await (await Task.load(wrap.id)).move(status=WorkCategory.PLANNED)
    return wrap.id


async def move(task: UUID, status: WorkCategory) -> Task:
    return await (await Task.load(task)).move(status=status)


async def status_of(house: House, task: UUID) -> WorkCategory:
    async with reading(house.ada):
        return (await Task.load(task, lock=False)).status
