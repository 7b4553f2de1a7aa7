"""Templates: how the firm does a service, in versions that stay as they were published."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, Self
from uuid import UUID

from tortoise import fields

from models import clock
from models.base import FirmModel, belongs_to
from models.errors import Locked, ValidationError
from models.events import EventKind
from models.templates.steps import clear, write
from models.unit_of_work import current
from models.workflows import Service


class Template(FirmModel):
    """The steps of a service, to be applied to one client after the other."""

    thing: ClassVar[str] = "template"

    service = belongs_to("Service")
    service_id: UUID
    name = fields.CharField(100)
    owner_role = fields.CharField(20, null=True)
    steps: int = fields.IntField()
    """Which writing of its steps, counted from 1: who sets them makes a version of the template."""

    class Meta:
        table = "template"

    @classmethod
    async def design(cls, *, service_id: UUID, name: str, id: UUID | None = None,
                     step_list: Sequence[Mapping[str, Any]] = (),
                     **given: Any) -> Self:  # fmt: skip
        """A template and the draft of its first version; the manager answers for its jobs unless
        another role is said."""
        await Service.load(service_id, lock=False, path=("serviceId",))
        template = await cls.create(
            EventKind.TEMPLATE_CREATED, id=id,
            given={"service_id": service_id, "name": name, **given},
            derived={"owner_role": "manager", "steps": 1},
        )  # fmt: skip
        if template.is_new:
            await write(await template.begin(1), step_list)
        return template

    async def set_steps(self, step_list: Sequence[Mapping[str, Any]],
                        expected_version: int | None = None) -> "TemplateVersion":  # fmt: skip
        """The whole list of the draft; once all is published, that of the next version.

        Raises Conflict when somebody else set it since the template's `expected_version`.
        """
        await self.merge(EventKind.TEMPLATE_STEPS_SET, {"steps": self.steps + 1}, expected_version)
        draft = await self.last_version()
        if draft.published_at is not None:
            draft = await self.begin(draft.number + 1)
        await clear(draft)
        await write(draft, step_list)
        return draft

    async def publish(self) -> "TemplateVersion":
        """From now on the draft is what is applied, and stays as it is; twice is once."""
        draft = await self.last_version()
        if draft.published_at is None and not await draft.steps():
            raise Locked("A template without steps makes empty jobs: set its steps first.",
                         path=("id",), code="NO_STEPS")  # fmt: skip
        if draft.published_at is None:
            await draft.record(EventKind.TEMPLATE_PUBLISHED, published_at=await clock.now())
        return draft

    async def last_version(self) -> "TemplateVersion":
        """Its last version, published or a draft. The template is locked by whoever changes it."""
        rows = await self._versions("true")
        return TemplateVersion.from_row(rows[0])

    async def published_version(self, path: str = "templateId") -> "TemplateVersion":
        """The version that is applied now. Raises ValidationError before there is one."""
        rows = await self._versions("published_at is not null")
        if not rows:
            raise not_published(path)
        return TemplateVersion.from_row(rows[0])

    async def _versions(self, where: str) -> list[Any]:
        return await current().fetch(
            f"select * from template_version where template_id = $1 and {where}"
            " order by number desc limit 1", self.id,
        )  # fmt: skip

    async def begin(self, number: int) -> "TemplateVersion":
        return await TemplateVersion.create(EventKind.TEMPLATE_VERSION_BEGUN, given={
            "template_id": self.id, "number": number,
        })  # fmt: skip


class TemplateVersion(FirmModel):
    """A template's steps as they are edited, and from its publishing on as they stay."""

    thing: ClassVar[str] = "template version"

    template = belongs_to("Template")
    template_id: UUID
    number: int = fields.IntField()
    published_at: datetime | None = fields.DatetimeField(null=True)

    class Meta:
        table = "template_version"

    async def steps(self) -> "list[TemplateStep]":
        rows = await current().fetch(
            "select * from template_step where template_version_id = $1 order by number", self.id
        )
        return [TemplateStep.from_row(row) for row in rows]


class TemplateStep(FirmModel):
    """One step: what, by when, by whom, and after which steps."""

    thing: ClassVar[str] = "template step"

    template_version = belongs_to("TemplateVersion")
    template_version_id: UUID
    number: int = fields.IntField()
    title = fields.CharField(200)
    notes = fields.TextField(default="")
    due_anchor = fields.CharField(20, null=True)
    due_count: int | None = fields.IntField(null=True)
    due_unit = fields.CharField(20, null=True)
    estimate_seconds: int | None = fields.BigIntField(null=True)
    role = fields.CharField(20, null=True)
    depends_on: Any = fields.JSONField(default=list)
    depends_kinds: Any = fields.JSONField(default=list)
    depends_lags: Any = fields.JSONField(default=list)

    class Meta:
        table = "template_step"


def not_published(path: str) -> ValidationError:
    """Why it cannot be applied yet."""
    return ValidationError("This template has not been published yet.", path=(path,),
                           code="NOT_PUBLISHED")  # fmt: skip
