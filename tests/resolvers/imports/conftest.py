"""Two firms in a real database: Fern, into which is imported, and Rival, which must not notice."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from uuid_utils.compat import uuid7

from models.database import Database
from models.firms import Firm
from models.members import Member
from models.unit_of_work import reading, unit_of_work
from models.viewer import Viewer
from models.workflows import STANDARD_STAGES, Workflow


@dataclass(frozen=True)
class TestFirm:
    """A firm, and what its tables hold."""

    __test__ = False

    viewer: Viewer
    members: dict[str, UUID]

    async def fetch(self, sql: str, *args: Any) -> list[Any]:
        async with reading(self.viewer) as unit:
            return await unit.fetch(sql, *args)

    async def value(self, sql: str, *args: Any) -> Any:
        async with reading(self.viewer) as unit:
            return await unit.fetchval(sql, *args)

    async def events(self) -> int:
        return int(await self.value("select seq from firm_stream"))


async def found(name: str, zone: str, people: dict[str, str]) -> TestFirm:
    viewer = Viewer.system(uuid7(), "test")
    members = {}
    async with unit_of_work(viewer):
        await Firm.found(name=name, country="DE", currency="EUR", locale="en", time_zone=zone)
        await Workflow.design(name="Standard", stages=STANDARD_STAGES)
        for email, person in people.items():
            members[email] = (await Member.join(email=email, name=person, role="staff")).id
    return TestFirm(viewer, members)


@pytest.fixture
async def fern(practice: Database) -> TestFirm:
    return await found(
        "Fern Accounting",
        "Europe/Berlin",
        {"ada@fern.example": "Ada Byron", "ben@fern.example": "Ben Osei"},
    )


@pytest.fixture
async def rival(practice: Database) -> TestFirm:
    return await found("Rival Ledgers", "America/New_York", {"jan@rival.example": "Jan Rival"})
