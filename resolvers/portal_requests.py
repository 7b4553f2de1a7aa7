"""What a contact is asked for, where the work for their clients stands, and what they send."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from models import clock
from models.documents import Document
from models.requests import RequestItem
from models.unit_of_work import Row, current
from resolvers.documents import with_form

MOST = 250
THEIRS = "t.client_id = any(array(select id from client))"
"""Of a row `t`. The policies filter by the same; by values an index is entered."""
_JOBS = (
    "select t.id, t.client_id, t.title, t.period_start, t.period_end, t.completed_at,"
    " s.client_facing_name as stage from job t join stage s on s.id = t.stage_id"
)


async def requests() -> list[Row]:
    """What is still open first, by its due date; then the latest."""
    return await current().fetch(
        f"select t.* from request t where {THEIRS} order by (state <> 'open'),"
        f" case when state = 'open' then due_date end, id desc limit {MOST}"
    )


async def jobs() -> list[Row]:
    """What is under way first, then what was done last."""
    return await current().fetch(
        f"{_JOBS} where {THEIRS} order by t.completed_at desc nulls first, t.id limit {MOST}"
    )


async def documents() -> list[Row]:
    """What can be fetched, the latest first."""
    return await current().fetch(
        f"select t.* from document t where {THEIRS} and state = 'clean'"
        f" order by id desc limit {MOST}"
    )


async def messages() -> list[Row]:
    """What was said, the latest first."""
    return await current().fetch(
        f"select t.* from message t where {THEIRS} order by id desc limit {MOST}"
    )


async def job_of(parents: Sequence[Row]) -> list[Row | None]:
    rows = await current().fetch(
        f"{_JOBS} where t.id = any($1)", [row["job_id"] for row in parents]
    )
    found = {row["id"]: row for row in rows}
    return [found.get(row["job_id"]) for row in parents]


async def client_of(parents: Sequence[Row]) -> list[Row | None]:
    rows = await current().fetch(
        "select id, name from client where id = any($1)", [row["client_id"] for row in parents]
    )
    found = {row["id"]: row for row in rows}
    return [found.get(row["client_id"]) for row in parents]


async def overdue(parents: Sequence[Row]) -> list[bool]:
    """Whether each is open past the day it was needed by, where the firm is."""
    today = await clock.today(await current().fetchval("select time_zone from firm"))
    return [row["state"] == "open" and row["due_date"] is not None and row["due_date"] < today
            for row in parents]  # fmt: skip


async def answer_item(*, id: UUID, answer: str) -> RequestItem:
    return await (await RequestItem.load(id, lock=False)).answer_with(answer)


async def start_upload(*, item_id: UUID, **file: Any) -> dict[str, Any]:
    item = await RequestItem.load(item_id, lock=False, path=("itemId",))
    return await with_form(await Document.bring(item, **file))
