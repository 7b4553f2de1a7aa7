"""The cards that change, and what a screen is told of each."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from benchmarks.screens.tally import title
from models.tasks import Task
from models.unit_of_work import reading
from models.viewer import Viewer

Row = Mapping[str, Any]

_CURSOR = "MDE5YWI0ZjMtN2I3ZC03MDAwLTgwMDAtMDAwMDAwMDAwMDAwOjEyMzQ1Ng"
"""As long as one of ours."""


def named(item: Row, number: int) -> Row:
    """The item of that event."""
    change = item["changes"][0]
    return {**item, "changes": [{**change, "task": {**change["task"], "title": title(number)}}]}


_OPEN = """
  select t.id, t.status, t.due_date, t.position, m.id as member_id, m.name as member,
    j.id as job_id, j.title as job, c.id as client_id, c.name as client
  from task t join member m on m.id = t.assignee_id join job j on j.id = t.job_id
    join client c on c.id = t.client_id
  where t.status in ('ready', 'in_progress', 'in_review') order by t.position, t.id"""


async def open_tasks(viewer: Viewer) -> tuple[list[Task], list[Row]]:
    """The cards that are to change, and what a screen is told of each."""
    async with reading(viewer) as unit:
        rows = await unit.fetch(_OPEN)
        tasks = await unit.fetch("select * from task where id = any($1)", [r["id"] for r in rows])
        actor = await unit.fetchrow("select id, name from member where id = $1", viewer.member_id)
    assert actor is not None
    by_id = {row["id"]: Task.from_row(row) for row in tasks}
    return [by_id[row["id"]] for row in rows], [_item(row, actor) for row in rows]


def _item(row: Row, actor: Row) -> Row:
    task = {
        "id": _id("task", row["id"]), "title": "", "status": row["status"].upper(),
        "dueDate": row["due_date"], "position": row["position"],
        "assignee": {"id": _id("member", row["member_id"]), "name": row["member"]},
        "job": {"id": _id("job", row["job_id"]), "title": row["job"]},
        "client": {"id": _id("client", row["client_id"]), "name": row["client"]},
    }  # fmt: skip
    change = {
        "id": task["id"], "kind": "task.changed", "removed": False,
        "actor": {"id": _id("member", actor["id"]), "name": actor["name"]}, "task": task,
    }  # fmt: skip
    return {"__typename": "TaskChanges", "cursor": _CURSOR, "changes": [change]}


def _id(prefix: str, id: UUID) -> str:
    return f"{prefix}_{id.hex}"


def holder(item: Row) -> str:
    """Whose card it is."""
    return str(item["changes"][0]["task"]["assignee"]["id"])
