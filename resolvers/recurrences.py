"""Recurrences: starting and ending them, and what they will make."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from itertools import islice
from typing import Any
from uuid import UUID

from models.clients import Client
from models.engagements import Engagement
from models.errors import ValidationError
from models.firms import Firm
from models.recurrences import Occurrence, Recurrence
from models.unit_of_work import Row
from resolvers.filters import Where
from resolvers.pages import Order, Window
from resolvers.pages import page as page_of
from resolvers.reading import by_ids

MOST_UPCOMING = 50
_NEWEST = Order("t.id", "uuid", descending=True)


async def page(
    window: Window, *, client: Mapping[str, Any] | None = None,
    template: Mapping[str, Any] | None = None, next_date: Mapping[str, Any] | None = None,
) -> Row:  # fmt: skip
    where = Where()
    for column, asked in (("client_id", client), ("template_id", template),
                          ("next_date", next_date)):  # fmt: skip
        where.compare(f"t.{column}", asked)
    return await page_of(Recurrence, _NEWEST, window, where)


async def upcoming(parents: Sequence[Row], *, first: int) -> list[list[dict[str, Any]]]:
    """The next periods that have no job yet, of each recurrence; none for a former client."""
    if not 1 <= first <= MOST_UPCOMING:
        raise ValidationError(f"From 1 to {MOST_UPCOMING} periods.", path=("first",))
    known = [row["engagement_id"] for row in parents]
    ids = [id for id in dict.fromkeys(known) if id is not None]
    ends = {row["id"]: row["end_date"] for row in await by_ids(Engagement, ids) if row is not None}
    clients = dict.fromkeys(row["client_id"] for row in parents)
    served = {row["id"] for row in await by_ids(Client, list(clients))
              if row is not None and Client.from_row(row).is_served}  # fmt: skip
    holidays = await (await Firm.mine()).holidays()
    return [_shown(Recurrence.from_row(row), ends.get(row["engagement_id"]), first, holidays)
            if row["client_id"] in served else [] for row in parents]  # fmt: skip


def _shown(
    recurrence: Recurrence, last: date | None, first: int, holidays: Container[date]
) -> list[dict[str, Any]]:
    if recurrence.next_date is None:
        return []
    coming = (one for one in recurrence.occurrences(recurrence.next_date, holidays)
              if last is None or one.period_end <= last)  # fmt: skip
    return [_row(one) for one in islice(coming, first)]


def _row(occurrence: Occurrence) -> dict[str, Any]:
    return {**asdict(occurrence), "key": occurrence.key, "start_date": occurrence.start_date}


async def start(**given: Any) -> Recurrence:
    return await Recurrence.start(**given)


async def end(*, id: UUID, ended_on: date | None = None) -> Recurrence:
    return await (await Recurrence.load(id)).end(ended_on)
