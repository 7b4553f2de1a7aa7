"""Services and workflows."""

from typing import Any
from uuid import UUID

from models.unit_of_work import Row, current
from models.workflows import Service, Workflow


async def all_services() -> list[Row]:
    return list(await current().fetch("select * from service order by name, id"))


async def all_workflows() -> list[Row]:
    return list(await current().fetch("select * from workflow order by created_at, id"))


async def design(*, name: str, stages: list[dict[str, Any]], id: UUID | None = None) -> Workflow:
    return await Workflow.design(name=name, stages=stages, id=id)


async def offer(*, name: str, workflow_id: UUID, id: UUID | None = None) -> Service:
    return await Service.offer(name=name, workflow_id=workflow_id, id=id)


async def update_service(
    *, id: UUID, expected_version: int | None = None, **changes: Any
) -> Service:
    return await (await Service.load(id)).change(changes, expected_version)
