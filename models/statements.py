"""The statements that write: each changes rows and inserts their events in one go.

Rows arrive as one JSON parameter and are typed by the table itself (`jsonb_populate_recordset`),
so one statement serves one row and ten thousand. An event's payload is `{column: [old, new]}`.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, ClassVar, Protocol

import orjson


class Table(Protocol):
    """A model, as far as statements are made of it."""

    secret: ClassVar[frozenset[str]]

    @classmethod
    def table(cls) -> str: ...

    @classmethod
    def columns(cls) -> tuple[str, ...]: ...


_EVENT = """insert into event
  (firm_id, kind, entity, entity_id, entity_version, client_id, payload, actor_id, request_id, at)
  select firm_id, $4, '{table}', id, version, {client}, payload, $5, $6, updated_at from written
  returning id as event_id, entity_id, entity_version, at"""


def encode(value: Any) -> str:
    """Rows as the JSON that PostgreSQL's own types read back."""
    return orjson.dumps(value, default=_as_text).decode()


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as they stand in an event's payload."""
    decoded: dict[str, Any] = orjson.loads(encode(dict(values)))
    return decoded


def _as_text(value: Any) -> Any:
    if isinstance(value, bytes):
        return "\\x" + value.hex()
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    return str(value)


@cache
def insert(model: type[Table], named: tuple[str, ...], *, told: bool = True) -> str:
    """$1 rows, $2 firm, $3 moment or null, $4 kind, $5 actor, $6 request. Tells the rows, or of
    each the event alone."""
    table = model.table()
    columns = ", ".join(named)
    pairs = _payload(model, named, lambda name: f"null, w.{name}")
    return f"""with made as (
  insert into {table} (firm_id, id, version, created_at, updated_at, {columns})
  select $2, id, 1, moment, moment, {columns}
  from jsonb_populate_recordset(null::{table}, $1::text::jsonb),
       (select coalesce($3::timestamptz, clock_timestamp()) as moment) m
  on conflict (firm_id, id) do nothing returning *
), written as (select w.*, {pairs} as payload from made w), noted as (
  {_event(model)}
) {
        "select made.*, noted.event_id from made join noted on noted.entity_id = made.id"
        if told
        else "select event_id from noted"
    }"""


@cache
def update(model: type[Table], named: tuple[str, ...]) -> str:
    """$1 the row's id and new values, $2 version before, then as `insert` from $3."""
    table = model.table()
    columns = ", ".join(f"{name} = n.{name}" for name in named)
    pairs = _payload(model, named, lambda name: f"old.{name}, new.{name}")
    return f"""with written as (
  update {table} t set {columns}, version = t.version + 1,
    updated_at = coalesce($3::timestamptz, clock_timestamp())
  from jsonb_populate_record(null::{table}, $1::text::jsonb) n
  where t.id = n.id and t.version = $2
  returning new.*, {pairs} as payload
) {_event(model)}"""


@cache
def update_all(model: type[Table], named: tuple[str, ...]) -> str:
    """$1 the rows' ids, versions before and new values, then as `insert` from $2."""
    table = model.table()
    columns = ", ".join(f"{name} = n.{name}" for name in named)
    pairs = _payload(model, named, lambda name: f"old.{name}, new.{name}")
    return f"""with written as (
  update {table} t set {columns}, version = t.version + 1,
    updated_at = coalesce($3::timestamptz, clock_timestamp())
  from jsonb_populate_recordset(null::{table}, $1::text::jsonb) n
  where t.firm_id = $2 and t.id = n.id and t.version = n.version
  returning new.*, {pairs} as payload
) {_event(model)}"""


@cache
def delete(model: type[Table]) -> str:
    """$1 id, $2 version, then as `insert` from $3."""
    pairs = _payload(model, model.columns(), lambda name: f"old.{name}, null")
    # The row's own moment is its last change; the removal happens now.
    return f"""with written as (
  delete from {model.table()} t where t.id = $1 and t.version = $2
  returning old.*, {pairs} as payload
) {
        _event(model)
        .replace(" version,", " version + 1,", 1)
        .replace("updated_at from", "coalesce($3::timestamptz, clock_timestamp()) from")
    }"""


def _event(model: type[Table]) -> str:
    return _EVENT.format(table=model.table(), client=_client(model))


def _client(model: type[Table]) -> str:
    """Which client an event concerns: what decides who may see it."""
    if model.table() == "client":
        return "id"
    return "client_id" if "client_id" in model.columns() else "null::uuid"


def _payload(model: type[Table], named: Sequence[str], pair: Callable[[str], str]) -> str:
    parts = (f"'{name}', jsonb_build_array({pair(name)})" for name in named
             if name not in model.secret)  # fmt: skip
    return f"jsonb_build_object({', '.join(parts)})"
