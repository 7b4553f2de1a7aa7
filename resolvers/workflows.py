"""Services and workflows."""

from typing import Any
from uuid import UUID

from models.unit_of_work import Row, current
from models.workflows import Service, Stage, WorkCategory, Workflow
from models.workflows.retiring import retire

Changed = dict[str, Stage | Workflow]


async def all_services() -> list[Row]:
    return list(await current().fetch("select * from service order by name, id"))


async def all_workflows() -> list[Row]:
    return list(await current().fetch("select * from workflow order by created_at, id"))


async def design(*, name: str, stages: list[dict[str, Any]], id: UUID | None = None) -> Workflow:
    return await Workflow.design(name=name, stages=stages, id=id)


async def update(*, id: UUID, expected_version: int | None = None, **changes: Any) -> Workflow:
    return await (await Workflow.load(id)).change(changes, expected_version)


async def add_stage(*, workflow_id: UUID, name: str, category: WorkCategory,
                    **given: Any) -> Changed:  # fmt: skip
    workflow = await Workflow.load(workflow_id, path=("workflowId",))
    return _changed(await workflow.add_stage(name=name, category=category, **given), workflow)


async def update_stage(*, id: UUID, expected_version: int | None = None, **changes: Any) -> Changed:
    stage, workflow = await Stage.load_with_workflow(id)
    return _changed(await stage.change(changes, expected_version), workflow)


async def move_stage(
    *, id: UUID, after_id: UUID | None = None, before_id: UUID | None = None
) -> Changed:
    stage, workflow = await Stage.load_with_workflow(id)
    return _changed(await stage.put(workflow, after_id=after_id, before_id=before_id), workflow)


async def retire_stage(*, id: UUID, move_jobs_to_id: UUID | None = None) -> Changed:
    stage, workflow = await Stage.load_with_workflow(id)
    return _changed(await retire(stage, workflow, move_jobs_to_id), workflow)


def _changed(stage: Stage, workflow: Workflow) -> Changed:
    return {"stage": stage, "workflow": workflow}


async def offer(*, name: str, workflow_id: UUID, id: UUID | None = None) -> Service:
    return await Service.offer(name=name, workflow_id=workflow_id, id=id)


async def update_service(
    *, id: UUID, expected_version: int | None = None, **changes: Any
) -> Service:
    return await (await Service.load(id)).change(changes, expected_version)
