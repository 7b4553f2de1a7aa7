"""All that a firm owns, looked at at one moment, to be compared with another."""

from dataclasses import dataclass, field
from typing import Any

import orjson
from uuid_utils.compat import uuid7

from models.base import FirmModel
from models.unit_of_work import reading
from models.viewer import Viewer
from tests.cast import House

UNEVENTED = {
    "event": "the events themselves",
    "firm_stream": "the stream's head: what numbering leaves behind",
    "idempotency": "what a key answered: no fact of the practice",
    "tally": "sums of cards, whose events tell of each change",
    "tally_reach": "up to which event they are added up",
    "tallied": "the cards as they are in the sums",
    "worked_month": "sums of time entries, whose events tell of each change",
}
"""Firm-owned tables whose rows change without an event, and why."""

Row = dict[str, Any]
Rows = dict[tuple[str, str], Row]
Columns = dict[str, tuple[str, ...]]


@dataclass
class Picture:
    """All that a firm owns at one moment."""

    seq: int
    rows: Rows
    columns: Columns = field(compare=False)
    """Which of each table are looked at."""


async def picture(house: House) -> Picture:
    """Every row of every table that the firm owns, secrets aside."""
    async with reading(house.system) as unit:
        columns = await _columns()
        whole = " union all ".join(
            f"select '{table}' as entity, id::text, to_jsonb(t) as fields"
            f" from {table} t where firm_id = $1"
            for table in columns
        )
        rows = await unit.fetch(whole, house.id)
        seq = await unit.fetchval("select seq from firm_stream where firm_id = $1", house.id)
    found: Rows = {}
    for row in rows:
        fields = orjson.loads(row["fields"])
        found[row["entity"], row["id"]] = {
            name: fields[name] for name in columns[row["entity"]] if name in fields
        }
    return Picture(seq, found, columns)


_known: Columns = {}


async def _columns() -> Columns:
    """The columns, secrets aside, of every table that has events."""
    if _known:
        return _known
    async with reading(Viewer.system(uuid7(), "test")) as unit:
        rows = await unit.fetch(
            """select table_name::text as name, array_agg(column_name::text) as columns
               from information_schema.columns where table_schema = 'public'
               group by 1 having 'firm_id' = any (array_agg(column_name::text))"""
        )
    secrets = {model.table(): model.secret for model in FirmModel.kinds()}
    for row in rows:
        if row["name"] not in UNEVENTED:
            secret = secrets.get(row["name"], frozenset())
            _known[row["name"]] = tuple(c for c in row["columns"] if c not in secret)
    return _known
