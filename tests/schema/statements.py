"""The statements that questions come to, and what PostgreSQL would do for each."""

import json
import re
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import product
from typing import Any
from uuid import UUID

import asyncpg
from graphql import GraphQLSchema, is_enum_type, parse

from benchmarks.listening import listening
from models.unit_of_work import reading
from models.viewer import Viewer
from resolvers.pages import cursor_of
from schema.engine import Engine
from schema.enums import BoardGrouping, BoardScope
from schema.execution import Context
from tests.stock import DAY, Stock
from tests.walk import FITTING, Place, roots

SMALL = frozenset({
    "firm", "office", "legal_entity", "member", "team", "team_membership", "capacity", "time_off",
    "workflow", "stage", "service", "template", "template_version", "template_step", "rate",
    "recurrence", "api_token", "session", "firm_stream", "invoice_series", "tally_reach",
})  # fmt: skip
"""Tables that grow with the people of a firm and with what it offers, not with its work."""

_SOMEWHERE = cursor_of({"sort_key": DAY.isoformat(), "id": UUID(int=0)})
"""A place in a list, by a day or by a word."""


_OF_FEW = frozenset({"client_restricted", "timer_running_on_task",
                     "job_completed", "task_completed", "message_unread"})  # fmt: skip
"""Indexes by which few rows are looked at, however many a firm has: what is restricted, running or
unread, and what was done within a week."""

_LOOKED_THROUGH = re.compile(r"by filter\.(text|serviceId)$")
_OPEN_OR_DONE = re.compile("(job|task)_(open|by_due_open|of_(team|owner|assignee)(_.*)?)$")
"""What is open or was done within a week is looked through where a board is of some words, or of a
service, and counted: by any of the indexes that have that alone."""

_TAKES_ALL = frozenset({"Aggregate", "Hash", "Materialize", "Sort", "WindowAgg"})
"""What takes all that is below it, whatever limit is above."""

_FIRM = re.compile(r"\(firm_id = \(InitPlan \d+\)\.col\d+\)")
"""The condition of every statement that there is: the firm's wall."""


@dataclass
class Statements:
    """What was sent, each statement once, with values that it was sent with."""

    viewer: Viewer
    sent: dict[str, tuple[str, Any]] = field(default_factory=dict)
    """By the statement: for which question first, and its values."""

    async def ask(self, schema: GraphQLSchema, name: str, request: Mapping[str, Any]) -> None:
        async with reading(self.viewer) as unit, listening(unit) as heard:
            await Engine().execute(
                schema, parse(request["query"]), variables=request["variables"],
                context=Context(self.viewer, name),
            )  # fmt: skip
        for one in heard:
            if one.exception is None and one.args is not None:
                self.sent.setdefault(one.query, (name, one.args))

    async def whole_scans(self, owner: "asyncpg.Connection[Any]") -> list[str]:
        """Where all rows of a large table would be looked at, in words, if the firm were large.

        PostgreSQL is told so in a transaction that leaves nothing behind.
        """
        found = []
        async with _rolled_back(owner):
            await _grow(owner)
            await owner.execute("set local role openpractice_portal" if self.viewer.contact_id
                                else "set local role openpractice_app")  # fmt: skip
            await owner.execute(
                "select set_config('app.firm_id', $1, true), set_config('app.member_id', $2, true),"
                " set_config('app.contact_id', $3, true)",
                *(str(id or "") for id in (self.viewer.firm_id, self.viewer.member_id,
                                           self.viewer.contact_id)),
            )  # fmt: skip
            for sql, (name, args) in self.sent.items():
                told = await owner.fetchval(f"explain (format json) {sql}", *args)
                for node in _whole_scans(json.loads(told)[0]["Plan"]):
                    index = node.get("Index Name", "")
                    if index in _OF_FEW or (
                        _LOOKED_THROUGH.search(name) and _OPEN_OR_DONE.match(index)
                    ):
                        continue
                    found.append(f"{name}: {node['Node Type']} of {node['Relation Name']}: {sql}")
        return found


@asynccontextmanager
async def _rolled_back(connection: "asyncpg.Connection[Any]") -> AsyncIterator[None]:
    transaction = connection.transaction()
    await transaction.start()
    try:
        yield
    finally:
        await transaction.rollback()


async def _grow(owner: "asyncpg.Connection[Any]") -> None:
    """Half a million rows in each large table, five to each that they refer to, as far as the
    planner knows; and no table is small enough to be read as it stands."""
    await owner.execute("set local enable_seqscan = off")
    await owner.execute(
        """select pg_restore_relation_stats('schemaname', 'public', 'relname', relname::text,
             'relpages', 1, 'reltuples', (case when relname = any($1) then 500 else 500000 end)::real)
           from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'""",
        sorted(SMALL),
    )
    await owner.execute(
        """select pg_restore_attribute_stats('schemaname', 'public', 'relname', c.relname::text,
             'attname', a.attname::text, 'inherited', false, 'null_frac', 0::real, 'avg_width', 16,
             'n_distinct', (-0.2)::real)
           from pg_class c join pg_attribute a on a.attrelid = c.oid
           where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
             and a.attname like '%\\_id' and a.attname <> 'firm_id' and not a.attisdropped"""
    )


def questions(schema: GraphQLSchema, stock: Stock) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every root field with all that is below it, and with each of its arguments in turn."""
    for root in roots(schema, "query"):
        yield str(root), root.request(stock, depth=3)
        for place in root.places:
            for value in _values(schema, place):
                yield f"{root} by {place}", root.request(stock, place, value, depth=1)


def boards() -> Iterator[tuple[str, dict[str, Any]]]:
    """Whose board, made into which columns: every way to ask."""
    for (name, cards), whose, by in product(
        (("jobBoard", "jobs"), ("taskBoard", "tasks")), BoardScope, BoardGrouping
    ):
        query = f"""query($filter: BoardFilter!, $by: BoardGrouping!) {{
            {name}(filter: $filter, groupBy: $by) {{
              columns {{ key count remainingSeconds capacitySeconds
                {cards} {{ edges {{ node {{ id title }} }} pageInfo {{ hasNextPage }} }} }} }} }}"""
        variables = {"filter": {"scope": whose.name, "due": "ANY"}, "by": by.name}
        yield f"{name} {whose.name} {by.name}", {"query": query, "variables": variables}


def _values(schema: GraphQLSchema, place: Place) -> list[Any]:
    """Each value of an enum; of anything else one that fits."""
    kind = schema.get_type(place.type_name)
    if kind is not None and is_enum_type(kind):
        return list(kind.values)
    return [_SOMEWHERE if place.type_name == "Cursor" else FITTING]


def _whole_scans(node: Mapping[str, Any], *, limited: bool = False) -> Iterator[Mapping[str, Any]]:
    """Below a limit rows are looked at in the order of an index, until the page is full."""
    apart = node.get("Parent Relationship") in ("InitPlan", "SubPlan")
    limited = limited and not apart and node["Node Type"] not in _TAKES_ALL
    limited = limited or node["Node Type"] == "Limit"
    in_order = limited and "Index" in node["Node Type"]
    if node.get("Relation Name", "") not in {"", *SMALL} and not (in_order or _is_bounded(node)):
        yield node
    for part in node.get("Plans", ()):
        yield from _whole_scans(part, limited=limited)


def _is_bounded(node: Mapping[str, Any]) -> bool:
    """Whether an index leads to some rows of the firm alone: by a value, by none, or by a bitmap."""
    if node["Node Type"] == "Bitmap Heap Scan":
        return bool(re.search("[a-z]", _FIRM.sub("", node["Recheck Cond"])))
    return bool(re.search(" = | IS NULL", _FIRM.sub("", node.get("Index Cond", ""))))
