"""Saving is recording: the one way to write a firm-owned row also writes its event.

`record` changes a row and inserts its event in a single statement, so neither can exist without
the other. Tortoise's own ways to write are walled off.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, Self, cast
from uuid import UUID

import orjson
from tortoise import fields
from tortoise.models import Model
from uuid_utils.compat import uuid7

from models import many_rows, statements
from models.errors import Conflict, NotFound
from models.events import EventKind
from models.queries import Recorded, walled
from models.unit_of_work import current
from models.visibility import Sight, visible

MANAGED = ("firm_id", "id", "version", "created_at", "updated_at")


def belongs_to(model: str, *, null: bool = False) -> Any:
    """A reference to another row of the firm; the composite key in SQL is its wall."""
    options: Any = {"null": null}  # two overloads ask for a literal
    return fields.ForeignKeyField(
        f"models.{model}", related_name=False, db_constraint=False, **options
    )


class FirmModel(Model, metaclass=Recorded):
    """A row that a firm owns. Its verbs live on the subclasses and end in `record`."""

    id: UUID = fields.UUIDField(primary_key=True)
    firm_id: UUID = fields.UUIDField()
    version: int = fields.IntField(default=1)
    created_at: datetime = fields.DatetimeField()
    updated_at: datetime = fields.DatetimeField()

    class Meta:
        abstract = True

    thing: ClassVar[str] = "thing"
    """What people call one of these, for messages."""
    sight: ClassVar[Sight] = Sight.FIRM
    """Which rule decides who may see a row."""
    secret: ClassVar[frozenset[str]] = frozenset()
    """Columns whose values never enter the event stream."""
    is_new: bool = True
    """Whether `create` made this row now, or found the one an earlier call made."""

    save = delete = update_or_create = bulk_create = bulk_update = walled
    get_or_create = walled

    @classmethod
    def kinds(cls) -> "Iterator[type[FirmModel]]":
        """Every model below this one that has a table."""
        for model in cls.__subclasses__():
            if model._meta.abstract:  # noqa: SLF001  (it says so nowhere else)
                yield from model.kinds()
            else:
                yield model

    @classmethod
    def table(cls) -> str:
        return str(cls._meta.db_table)

    @classmethod
    def columns(cls) -> tuple[str, ...]:
        """Every column but those that `record` keeps by itself."""
        return tuple(c for c in cls._meta.fields_db_projection.values() if c not in MANAGED)

    @classmethod
    def light_columns(cls) -> frozenset[str]:
        """Every column of which no value is long: neither texts without a limit nor JSON."""
        heavy = {
            name for name, field in cls._meta.fields_map.items()
            if isinstance(field, (fields.TextField, fields.JSONField, fields.BinaryField))
        }  # fmt: skip
        return frozenset(cls._meta.fields_db_projection.values()) - heavy

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Self:
        return cls._init_from_db(**row)

    @classmethod
    async def find(cls, id: UUID, *, lock: bool = False) -> Self | None:
        """The row by that id, if this viewer may see it."""
        unit = current()
        tail = " for no key update of t" if lock else ""
        row = await unit.fetchrow(
            f"select t.* from {cls.table()} t where t.id = $1"
            f" and {visible(cls, unit.viewer)}{tail}",
            id,
        )
        return None if row is None else cls.from_row(row)

    @classmethod
    async def load(cls, id: UUID, *, lock: bool = True, path: Sequence[str] = ("id",)) -> Self:
        """The row, locked for a change. Raises NotFound, also when it is hidden or foreign."""
        row = await cls.find(id, lock=lock)
        if row is None:
            raise NotFound(cls.thing, path=path)
        return row

    @classmethod
    async def find_all(cls, ids: Iterable[UUID | None]) -> dict[UUID, Self]:
        """Those of the rows that this viewer may see, by id, in one statement; None is no row."""
        unit, wanted = current(), {id for id in ids if id is not None}
        if not wanted:
            return {}
        rows = await unit.fetch(
            f"select t.* from {cls.table()} t where t.id = any($1) and {visible(cls, unit.viewer)}",
            list(wanted),
        )
        return {row["id"]: cls.from_row(row) for row in rows}

    @classmethod
    async def load_all(cls, ids: Iterable[UUID | None], *, path: Sequence[str]) -> dict[UUID, Self]:
        """All of them, by id. Raises NotFound when one is hidden, foreign or unknown."""
        wanted = set(ids) - {None}
        found = await cls.find_all(wanted)
        if len(found) < len(wanted):
            raise NotFound(cls.thing, path=path)
        return found

    @classmethod
    async def held(cls, where: str, *args: Any) -> Self | None:
        """The one row of which `where` is true, locked for a change, whoever may see it."""
        row = await current().fetchrow(
            f"select * from {cls.table()} where {where} for no key update", *args
        )
        return None if row is None else cls.from_row(row)

    @classmethod
    async def must_exist(cls, id: UUID | None, path: str) -> None:
        """Raise NotFound at `path` unless this viewer may refer to that row; None is no row."""
        if id is not None:
            await cls.load(id, lock=False, path=(path,))

    @classmethod
    async def create(  # type: ignore[override]  # Tortoise's own would forget the event
        cls,
        kind: EventKind,
        *,
        id: UUID | None = None,
        given: Mapping[str, Any],
        derived: Mapping[str, Any] | None = None,
    ) -> Self:
        """Insert a row and its event.

        `given` is what the caller said, `derived` what we added. When `id` was brought along and
        exists, the same `given` finds the first row (`is_new` False); another raises Conflict, and
        so does the id of a row that was removed: a late repeat does not bring it back.
        """
        values = {**(derived or {}), **given}
        row = await many_rows.inserted(cls, kind, [{"id": id or uuid7(), **values}])
        if not row:
            return await cls._made_before(cast("UUID", id), given)
        if id is not None and await current().fetchval(
            "select 1 from event where entity_id = $1 and entity = $2 and entity_version > 1"
            " limit 1", id, cls.table(),
        ):  # fmt: skip
            raise Conflict(f"The {cls.thing} of this id was removed.", path=("id",),
                           code="ID_TAKEN")  # fmt: skip
        made = cls.from_row(row[0])
        made.is_new = True
        return made

    @classmethod
    async def record_all(cls, kind: EventKind, rows: Sequence[Mapping[str, Any]]) -> list[Self]:
        """Insert many rows and their events in one statement; rows without an id are given one."""
        whole = [{"id": uuid7(), **row} for row in rows]
        by_id = {row["id"]: row for row in await many_rows.insert(cls, kind, whole)}
        return [cls.from_row(by_id[row["id"]]) for row in whole]

    @classmethod
    async def _made_before(cls, id: UUID, given: Mapping[str, Any]) -> Self:
        found = await cls.load(id, lock=False)
        birth = await current().fetchval(
            "select payload from event where entity_id = $1 and entity = $2"
            " and entity_version = 1", id, cls.table(),
        )  # fmt: skip
        first = {name: pair[1] for name, pair in orjson.loads(birth or b"{}").items()}
        if any(first.get(name) != value for name, value in statements.plain(given).items()):
            raise Conflict(
                f"Another {cls.thing} was created under this id.", path=("id",), code="ID_TAKEN"
            )
        found.is_new = False
        return found

    async def record(self, kind: EventKind, /, **changes: Any) -> Self:
        """Change the named columns and insert the event; nothing happens when nothing differs."""
        changes = {name: value for name, value in changes.items() if getattr(self, name) != value}
        if not changes:
            return self
        unit = current()
        row = await unit.fetchrow(
            statements.update(type(self), tuple(sorted(changes))),
            statements.encode({"id": self.id, **changes}),
            self.version,
            unit.at,
            kind.value,
            unit.viewer.actor_id,
            unit.viewer.request_id,
        )
        if row is None:
            raise Conflict(f"This {self.thing} was changed meanwhile.", path=("expectedVersion",))
        for name, value in changes.items():
            setattr(self, name, value)
        self.version, self.updated_at = row["entity_version"], row["at"]
        unit.events.append(row["event_id"])
        return self

    async def record_removal(self, kind: EventKind) -> None:
        """Delete the row; its event keeps what it was."""
        unit = current()
        row = await unit.fetchrow(
            statements.delete(type(self)),
            self.id,
            self.version,
            unit.at,
            kind.value,
            unit.viewer.actor_id,
            unit.viewer.request_id,
        )
        if row is None:
            raise Conflict(f"This {self.thing} was changed meanwhile.", path=("expectedVersion",))
        unit.events.append(row["event_id"])

    async def merge(
        self,
        kind: EventKind,
        changes: Mapping[str, Any],
        expected_version: int | None,
        *,
        derived: Mapping[str, Any] | None = None,
    ) -> Self:
        """Apply a patch made against `expected_version`; `derived` is what follows from it.

        Raises Conflict only when somebody else changed one of the same fields since; edits of
        different fields both stand.
        """
        if expected_version is not None and expected_version > self.version:
            raise Conflict(
                f"This {self.thing} has no version {expected_version} yet.",
                path=("expectedVersion",), version=self.version,
            )  # fmt: skip
        if expected_version is not None and expected_version < self.version:
            touched = await self._touched_since(expected_version)
            clash = sorted(
                name
                for name, value in changes.items()
                if name in touched and getattr(self, name) != value
            )
            if clash:
                raise _overtaken(self, {name: touched[name] for name in clash})
        return await self.record(kind, **{**changes, **(derived or {})})

    async def _touched_since(self, version: int) -> dict[str, str | None]:
        """Which columns were changed after that version, and who changed each of them last."""
        rows = await current().fetch(
            "select distinct on (field) field, coalesce(m.name, c.name) as name"
            " from event e cross join jsonb_object_keys(e.payload) field"
            " left join member m on m.firm_id = e.firm_id and m.id = e.actor_id"
            " left join contact c on c.firm_id = e.firm_id and c.id = e.actor_id"
            " where e.entity_id = $1 and e.entity = $2 and e.entity_version > $3"
            " order by field, e.entity_version desc",
            self.id, self.table(), version,
        )  # fmt: skip
        return {row["field"]: row["name"] for row in rows}


def _overtaken(row: FirmModel, by_field: Mapping[str, str | None]) -> Conflict:
    """Somebody was faster: who, and at what."""
    people = " and ".join(sorted({name or "Somebody" for name in by_field.values()}))
    words = ", ".join(f"the {name.removesuffix('_id').replace('_', ' ')}" for name in by_field)
    return Conflict(
        f"{people} changed {words} of this {row.thing} meanwhile.",
        path=("expectedVersion",), version=row.version, changed_fields=tuple(by_field),
    )  # fmt: skip
