"""What the models say of a table is what the database says of it, and each says who may see a row."""

from typing import Any

import asyncpg
import pytest
from tortoise import fields
from tortoise.fields.relational import ForeignKeyFieldInstance
from tortoise.models import Model

from models.base import FirmModel
from models.database import Database
from models.events import EventKind
from models.permissions import Role
from models.registry import MODEL_MODULES
from models.unit_of_work import reading
from models.viewer import Viewer
from models.visibility import Sight, visible
from schema.ids import PREFIX_OF
from subscriptions.events import models
from tests.cast import Cast
from tests.pictures import UNEVENTED

SQL_OF: dict[type[fields.Field[Any]], set[str]] = {
    fields.UUIDField: {"uuid"},
    fields.SmallIntField: {"smallint"},
    fields.IntField: {"integer"},
    fields.BigIntField: {"bigint"},
    fields.DecimalField: {"numeric"},
    fields.BooleanField: {"boolean"},
    fields.CharField: {"text"},
    fields.TextField: {"text"},
    fields.BinaryField: {"bytea"},
    fields.DateField: {"date"},
    fields.DatetimeField: {"timestamp with time zone"},
    fields.JSONField: {"jsonb", "text[]", "integer[]", "date[]"},
}
"""Which SQL types a field may stand for; the longest list is what arrives as JSON."""

INNER = {
    "invoice_series": "counts; its numbers are on the documents",
    "invoice_line_time": "shown as the time entries of its line",
    "credential": "a password is set, never referred to",
    "external_id": "how another system calls a thing: shown with it, named by system and key",
    "engagement_service": "shown as the services of its engagement",
}
"""Entities without a typed id of their own, and why."""

TELLS_NO_CLIENT = {
    "engagement_service": "two ids: the service is the firm's, the engagement's says nothing",
}
"""Entities that everybody sees although they refer to something of a client, and why."""

SIGHT_COLUMNS = {
    Sight.FIRM: set[str](),
    Sight.CLIENT: {"id"},
    Sight.OF_CLIENT: {"client_id"},
    Sight.WORKED: {"client_id", "member_id"},
    Sight.BETWEEN_CLIENTS: {"client_id", "other_id"},
    Sight.CONTACT: {"id"},
    Sight.VIEWER: {"member_id"},
}
OF_A_CLIENT = (Sight.CLIENT, Sight.OF_CLIENT, Sight.WORKED, Sight.BETWEEN_CLIENTS)

EVERY_MODEL = sorted(models().values(), key=lambda model: model.table())
Columns = dict[str, tuple[str, bool]]


async def columns_of(connection: "asyncpg.Connection[Any]", table: str) -> Columns:
    """Each column's type, domains resolved, and whether it may be null."""
    rows = await connection.fetch(
        """select a.attname::text as name, a.attnotnull as given,
                  format_type(coalesce(nullif(t.typbasetype, 0), t.oid), null) as type
           from pg_attribute a join pg_type t on t.oid = a.atttypid
           where a.attrelid = $1::text::regclass and a.attnum > 0 and not a.attisdropped""",
        table,
    )
    return {row["name"]: (row["type"], not row["given"]) for row in rows}


def differences(model: type[Model], columns: Columns) -> list[str]:
    """Where a model and its table disagree, in words."""
    declared = {field.source_field or name: field for name, field in model._meta.fields_map.items()
                if not isinstance(field, ForeignKeyFieldInstance)}  # fmt: skip
    told = [f"{name} is not in both" for name in sorted(declared.keys() ^ columns.keys())]
    for name in sorted(declared.keys() & columns.keys()):
        field, (type, null) = declared[name], columns[name]
        wanted = next(SQL_OF[kind] for kind in field.__class__.__mro__ if kind in SQL_OF)
        if type not in wanted:
            told.append(f"{name} is {type} in the table")
        if field.null is not null:
            told.append(f"{name} may {'' if null else 'not '}be null in the table")
    return told


@pytest.mark.parametrize("model", EVERY_MODEL, ids=lambda model: model.table())
async def test_a_model_says_what_its_table_says(
    model: type[FirmModel], practice: Database, as_owner: "asyncpg.Connection[Any]"
) -> None:
    assert differences(model, await columns_of(as_owner, model.table())) == []


class Draft(Model):
    """A table as somebody wrote it down carelessly."""

    id = fields.UUIDField(primary_key=True)
    title = fields.CharField(200)
    due = fields.DateField()
    step = fields.IntField(null=True)


def test_every_way_to_disagree_is_told() -> None:
    table = {
        "id": ("uuid", False),
        "due": ("date", True),
        "step": ("bigint", True),
        "at": ("date", True),
    }
    assert differences(Draft, table) == [
        "at is not in both",
        "title is not in both",
        "due may be null in the table",
        "step is bigint in the table",
    ]


async def test_every_table_of_a_firm_has_a_model_or_a_reason(
    as_owner: "asyncpg.Connection[Any]",
) -> None:
    guarded = await as_owner.fetch(
        "select relname::text from pg_class"
        " where relnamespace = 'public'::regnamespace and relrowsecurity"
    )
    assert {name for (name,) in guarded} == models().keys() | UNEVENTED.keys()


def test_every_model_is_introduced_to_tortoise() -> None:
    assert {model.__module__ for model in EVERY_MODEL} == set(MODEL_MODULES)


async def test_every_reference_is_held_by_a_foreign_key(
    practice: Database, as_owner: "asyncpg.Connection[Any]"
) -> None:
    rows = await as_owner.fetch(
        """select k.conrelid::regclass::text, a.attname::text from pg_constraint k
           join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any(k.conkey)
           where k.contype = 'f'"""
    )
    named = {(model.table(), f"{name}_id") for model in EVERY_MODEL
             for name in model._meta.fk_fields}  # fmt: skip
    assert named - {tuple(row) for row in rows} == set()


def test_a_kind_of_event_begins_with_its_entity_and_every_entity_has_one() -> None:
    assert {kind.value.partition(".")[0] for kind in EventKind} == set(models())


def test_every_entity_has_a_typed_id_or_a_reason() -> None:
    assert {model.table() for model in PREFIX_OF} | INNER.keys() == models().keys()
    assert not {model.table() for model in PREFIX_OF} & INNER.keys()


# ---------------------------------------------------------------------------- who may see a row


def told_too_widely(model: type[FirmModel]) -> bool:
    """Whether everybody sees its rows although they say something about a client."""
    fields_map: dict[str, Any] = dict(model._meta.fields_map)
    refers = {fields_map[name].related_model for name in model._meta.fk_fields}
    return model.sight not in (*OF_A_CLIENT, Sight.VIEWER) and (
        "client_id" in model.columns()
        or any(target.sight in OF_A_CLIENT for target in refers)
    )  # fmt: skip


@pytest.mark.parametrize("model", EVERY_MODEL, ids=lambda model: model.table())
async def test_what_says_something_about_a_client_is_seen_like_the_client(
    model: type[FirmModel], practice: Database
) -> None:
    assert SIGHT_COLUMNS[model.sight] <= {*model.columns(), "id"}
    assert told_too_widely(model) is (model.table() in TELLS_NO_CLIENT)


@pytest.mark.parametrize("role", Role)
async def test_each_role_has_a_predicate_for_every_entity(role: Role, cast: Cast) -> None:
    viewer = Viewer(firm_id=cast.harbour.id, member_id=cast.harbour.dan.id, role=role)
    async with reading(viewer) as unit:
        for model in EVERY_MODEL:
            rows = f"select from {model.table()} t where {visible(model, viewer)}"
            await unit.fetch(rows)
