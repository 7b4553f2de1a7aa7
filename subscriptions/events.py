"""What the stream carries: one event for each change of a row."""

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

import asyncpg
import orjson

from models.base import FirmModel
from models.registry import MODEL_MODULES

COLUMNS = (
    "e.id, e.seq, e.kind, e.entity, e.entity_id, e.entity_version, e.client_id, e.payload,"
    " e.actor_id, e.at"
)


@dataclass(frozen=True, slots=True)
class Event:
    """One change: what happened to which row, by whom, and `{column: [old, new]}`."""

    id: UUID
    seq: int
    kind: str
    entity: str
    entity_id: UUID
    entity_version: int
    client_id: UUID | None
    payload: Mapping[str, list[Any]]
    actor_id: UUID | None
    at: datetime

    @classmethod
    def from_row(cls, row: "asyncpg.Record | Mapping[str, Any]") -> "Event":
        """The event of a database row with `COLUMNS`."""
        return cls(
            row["id"], row["seq"], row["kind"], row["entity"], row["entity_id"],
            row["entity_version"], row["client_id"], orjson.loads(row["payload"]),
            row["actor_id"], row["at"],
        )  # fmt: skip

    @property
    def made(self) -> bool:
        """Whether the row began with this change."""
        return self.entity_version == 1

    @property
    def removed(self) -> bool:
        """Whether the row ended with this change: a column that is never empty was emptied."""
        never_empty = _never_empty(self.entity)
        return any(new is None and name in never_empty for name, (_, new) in self.payload.items())

    def named(self, *columns: str) -> set[UUID]:
        """The ids that these columns held before or after the change."""
        pairs = (self.payload[name] for name in columns if name in self.payload)
        return {UUID(id) for pair in pairs for id in pair if id is not None}


@cache
def models() -> dict[str, type[FirmModel]]:
    """Every model by its table, which is what an event calls its entity."""
    for module in MODEL_MODULES:
        importlib.import_module(module)
    return {model.table(): model for model in FirmModel.kinds()}


@cache
def _never_empty(entity: str) -> frozenset[str]:
    model = models().get(entity)
    if model is None:
        return frozenset()
    meta = model._meta  # noqa: SLF001  (Tortoise's way to ask a model about itself)
    return frozenset(
        column
        for name, column in meta.fields_db_projection.items()
        if not meta.fields_map[name].null
    )
