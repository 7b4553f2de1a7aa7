"""What the firm asks its clients for, and what becomes of the job."""

from typing import Any
from uuid import UUID

from models.jobs import Job
from models.requests import ItemKind, Request, RequestItem
from models.unit_of_work import reading, unit_of_work
from models.viewer import Viewer
from tests.cast import House

TWO = (
    {"kind": ItemKind.QUESTION, "text": "Any cars?"},
    {"kind": ItemKind.QUESTION, "text": "Vans?"},
)


async def asked(
    house: House, *items: dict[str, Any], job_id: UUID | None = None, title: str = "Year-end papers"
) -> Request:
    """Dan asks the bakery for something."""
    async with unit_of_work(house.dan):
        return await Request.make(job_id=job_id or house.books, title=title, items=items or TWO)


async def answered_by(contact: Viewer, item: RequestItem, words: str = "None.") -> None:
    async with unit_of_work(contact):
        await (await RequestItem.load(item.id, lock=False)).answer_with(words)


async def items_of(house: House, request: Request) -> list[RequestItem]:
    async with reading(house.ada) as unit:
        rows = await unit.fetch(
            "select * from request_item where request_id = $1 order by number", request.id
        )
    return [RequestItem.from_row(row) for row in rows]


async def job_now(house: House, id: UUID) -> Job:
    async with reading(house.ada):
        return await Job.load(id, lock=False)
