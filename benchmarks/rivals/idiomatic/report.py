"""The hours by client and month, as Strawberry, Tortoise and DataLoader have them: executed once
for every line that is read, and how long that took is told."""

import json
import os
import sys
import time
from datetime import date
from uuid import UUID

import orjson
import strawberry
import uvloop
from strawberry.extensions import ParserCache, ValidationCache
from tortoise import Tortoise
from tortoise.functions import Sum

from benchmarks.rivals.idiomatic import tables
from benchmarks.rivals.idiomatic.asking import Asking, InOneTransaction
from benchmarks.rivals.idiomatic.schema import Client, Info, visible
from benchmarks.rivals.idiomatic.server import configuration

QUERY = """{ worked(first: "2025-01-01", last: "2025-12-31") {
  month seconds billableSeconds client { id name } } }"""


@strawberry.type
class WorkedRow:
    month: date
    seconds: int
    billable_seconds: int
    client_id: strawberry.Private[UUID]

    @strawberry.field
    async def client(self, info: Info) -> Client | None:
        row = await info.context.clients.load(self.client_id)
        return Client(id=row.id, name=row.name) if row else None


@strawberry.type
class Query:
    @strawberry.field
    async def worked(self, info: Info, first: date, last: date) -> list[WorkedRow]:
        rows = (
            await tables.WorkedMonth.filter(
                visible(info.context.member_id), month__gte=first, month__lte=last
            )
            .annotate(all=Sum("seconds"), charged=Sum("billable_seconds"))
            .group_by("month", "client_id")
            .order_by("month", "client_id")
            .values("month", "client_id", "all", "charged")
        )
        return [
            WorkedRow(month=row["month"], seconds=int(row["all"]), client_id=row["client_id"],
                      billable_seconds=int(row["charged"]))
            for row in rows
        ]  # fmt: skip


_SCHEMA = strawberry.Schema(Query, extensions=[ParserCache, ValidationCache, InOneTransaction])


async def main(firm_id: str, member_id: str) -> None:
    """Answer as often as somebody asks for it: milliseconds, and the answer where it is wanted."""
    await Tortoise.init(config=configuration(os.environ["DATABASE_URL"]),
                        _enable_global_fallback=True)  # fmt: skip
    for line in sys.stdin:
        asking = Asking(UUID(firm_id), UUID(member_id))
        began = time.perf_counter()
        answer = await _SCHEMA.execute(QUERY, context_value=asking)
        body = orjson.dumps({"data": answer.data})
        took = 1000 * (time.perf_counter() - began)
        told = {"ms": took, "errors": [str(error) for error in answer.errors or ()]}
        if line.strip() == "show":
            told["answer"] = json.loads(body)["data"]
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()
    await Tortoise.close_connections()


if __name__ == "__main__":
    uvloop.run(main(*sys.argv[1:]))
