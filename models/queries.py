"""Tortoise's queries, as far as the practice has them: they read. Whatever writes is `record`'s."""

from typing import Any, NoReturn

from tortoise.manager import Manager
from tortoise.models import ModelMeta
from tortoise.queryset import QuerySet


class ForgottenEvent(TypeError):
    """A firm-owned row was about to be written without its event."""


def walled(*_: Any, **__: Any) -> NoReturn:
    raise ForgottenEvent("Write through record(): a change without its event does not exist.")


class Reading(QuerySet[Any]):
    """Finds rows and changes none."""

    update = delete = bulk_create = bulk_update = raw = walled


class _Reader(Manager):
    def get_queryset(self) -> Reading:
        return Reading(self._model)


class Recorded(ModelMeta):
    """What makes a model one whose every query reads; Tortoise keeps its manager nowhere else."""

    def __new__(cls, name: str, bases: tuple[type, ...], attrs: dict[str, Any]) -> Any:
        # Looked for in the source of every model, comments on fields took a tenth of a start.
        made: Any = super().__new__(cls, name, bases, {**attrs, "_no_comments": True})
        made._meta.manager = _Reader(made)  # noqa: SLF001  (it has no other door)
        return made
