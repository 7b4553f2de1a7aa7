"""What reports are asked of by id: another firm's and hidden things are what does not exist."""

from typing import Any
from uuid import UUID

import pytest
from uuid_utils.compat import uuid7

from models.unit_of_work import reading
from resolvers.reports.billing import BillingBy, billing
from resolvers.reports.receivables import aged
from resolvers.reports.turnaround import TurnaroundBy, turnaround
from resolvers.reports.utilisation import UtilisationBy, utilisation
from resolvers.reports.worked import WorkedBy, worked
from tests.cast import House
from tests.resolvers.reports.spring import YEAR


async def all_reports(id: UUID) -> list[dict[str, Any]]:
    """Every report, asked of this id alone in every way."""
    only: Any = {"eq": id}
    return [
        *[await worked(*YEAR, [WorkedBy.CLIENT], **{name: only})
          for name in ("client", "job", "member", "service")],
        await utilisation(*YEAR, [UtilisationBy.MEMBER], member=only),
        await billing(*YEAR, [BillingBy.CLIENT], client=only),
        await aged(YEAR[1], client=only),
        await turnaround(*YEAR, [TurnaroundBy.CLIENT], client=only),
    ]  # fmt: skip


@pytest.mark.parametrize("hidden", ["vault", "secret"])
async def test_a_hidden_id_is_answered_like_an_unknown_one(house: House, hidden: str) -> None:
    async with reading(house.cleo):
        assert await all_reports(getattr(house, hidden)) == await all_reports(uuid7())
    async with reading(house.ben):
        assert await all_reports(getattr(house, hidden)) != await all_reports(uuid7())


@pytest.mark.parametrize("theirs", ["bakery", "books", "bookkeeping"])
async def test_another_firms_id_is_answered_like_an_unknown_one(house: House, theirs: str) -> None:
    async with reading(house.ada):
        assert await all_reports(getattr(house.neighbour, theirs)) == await all_reports(uuid7())
    async with reading(house.neighbour.ada):
        assert await all_reports(getattr(house.neighbour, theirs)) != await all_reports(uuid7())
