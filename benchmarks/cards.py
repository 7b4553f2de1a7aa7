"""What the board query has to answer: read by SQL from the tables, and found in each answer."""

from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg

CARDS = 200

_TRUTH = """
select t.id, t.title, t.status, t.due_date::text, t.position, m.id, m.name, j.id, j.title,
       c.id, c.name
from task t
  left join member m on m.firm_id = t.firm_id and m.id = t.assignee_id
  left join job j on j.firm_id = t.firm_id and j.id = t.job_id
  left join client c on c.firm_id = t.firm_id and c.id = t.client_id
where t.status in ('ready', 'in_progress', 'in_review')
order by t.position, t.id limit $1"""


class Card(NamedTuple):
    """One task of the board, with the names that stand on it."""

    task: UUID
    title: str
    status: str
    due_date: str
    position: str
    assignee: UUID
    assignee_name: str
    job: UUID
    job_title: str
    client: UUID
    client_name: str


async def truth(migrate_database_url: str) -> list[Card]:
    """The board's first cards as the tables have them: the database holds one firm alone."""
    connection = await asyncpg.connect(migrate_database_url)
    try:
        return [Card(*row) for row in await connection.fetch(_TRUTH, CARDS)]
    finally:
        await connection.close()


def card(node: Mapping[str, Any], *, id: str) -> Card:
    """The card that a GraphQL answer in the shape of board.graphql shows; `id` is what it calls
    the id of a thing."""
    assignee, job, client = node["assignee"], node["job"], node["client"]
    return Card(
        _uuid(node[id]), node["title"], node["status"].lower(), node["dueDate"], node["position"],
        _uuid(assignee[id]), assignee["name"], _uuid(job[id]), job["title"],
        _uuid(client[id]), client["name"],
    )  # fmt: skip


def _uuid(id: str) -> UUID:
    """Peers write ids in their own way; a UUID stands at the end of each."""
    return UUID(id.rpartition("_")[2])
