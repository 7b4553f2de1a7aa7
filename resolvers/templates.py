"""Templates: designing, publishing and applying them."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from models.base import FirmModel
from models.clients import Client
from models.jobs import Job
from models.templates import Template
from models.templates.applying import apply as make_job
from models.templates.applying import plan
from models.unit_of_work import Row, current


async def all_templates() -> list[Row]:
    return list(await current().fetch("select * from template order by lower(name), id"))


async def last_version(parents: Sequence[Row]) -> list[Row]:
    """The version that is edited or was published last, of each template."""
    return [row for row in await _versions(parents, "true") if row is not None]


async def published_version(parents: Sequence[Row]) -> list[Row | None]:
    """The version that is applied now, of each template; None before there is one."""
    return await _versions(parents, "published_at is not null")


async def _versions(parents: Sequence[Row], where: str) -> list[Row | None]:
    rows = await current().fetch(
        "select distinct on (template_id) * from template_version where template_id = any($1)"
        f" and {where} order by template_id, number desc", [row["id"] for row in parents],
    )  # fmt: skip
    found = {row["template_id"]: row for row in rows}
    return [found.get(row["id"]) for row in parents]


async def planned(*, template_id: UUID, client_id: UUID, **dates: Any) -> dict[str, Any]:
    """The job that applying the template would make, as a row; its steps numbered from 1."""
    template = await Template.load(template_id, lock=False, path=("templateId",))
    client = await Client.load(client_id, lock=False, path=("clientId",))
    found = await plan(template, client.id, **dates)
    steps = [{"number": number, **step} for number, step in enumerate(found.step_list, start=1)]
    return {"title": found.title, "steps": steps, **found.derived}


async def design(*, steps: Sequence[Mapping[str, Any]] = (), **given: Any) -> dict[str, FirmModel]:
    template = await Template.design(step_list=steps, **given)
    return {"template": template, "template_version": await template.last_version()}


async def set_steps(
    *, id: UUID, steps: Sequence[Mapping[str, Any]], expected_version: int | None = None
) -> dict[str, FirmModel]:
    template = await Template.load(id)
    draft = await template.set_steps(steps, expected_version)
    return {"template": template, "template_version": draft}


async def publish(*, id: UUID) -> dict[str, FirmModel]:
    template = await Template.load(id)
    return {"template": template, "template_version": await template.publish()}


async def apply(*, template_id: UUID, **given: Any) -> Job:
    template = await Template.load(template_id, lock=False, path=("templateId",))
    return await make_job(template, **given)
