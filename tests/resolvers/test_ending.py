"""What would end with some engagements, told for all of them at once."""

from datetime import timedelta
from uuid import UUID

from models import clock
from models.engagements import Engagement
from models.jobs import Job
from models.unit_of_work import Row, current, reading, unit_of_work
from resolvers import engagements
from tests.cast import Cast

MANY = engagements.MOST_SHOWN + 1


async def test_of_each_its_own_is_told_and_of_much_the_first_and_how_much(cast: Cast) -> None:
    house, ids = cast.harbour, list[UUID]()
    async with unit_of_work(house.cleo):
        for count in (0, 1, MANY):
            made = await Engagement.start(client_id=house.bakery, name=f"{count} jobs")
            ids.append(made.id)
            for number in range(count):
                await Job.open(client_id=house.bakery, title=f"Job {number}",
                               engagement_id=made.id)  # fmt: skip
        today = await clock.today("Europe/London")

    async with reading(house.dan):
        rows = {row["id"]: row for row in await _engagements(ids)}
        now = await engagements.endings([rows[id] for id in ids], on=None)
        later = await engagements.endings([rows[id] for id in ids], on=today + timedelta(days=9))

    assert [one["job_count"] for one in now] == [0, 1, MANY]
    assert [len(one["jobs"]) for one in now] == [0, 1, engagements.MOST_SHOWN]
    assert {row["engagement_id"] for row in now[2]["jobs"]} == {ids[2]}
    assert [one["job_count"] for one in later] == [0, 0, 0]


async def _engagements(ids: list[UUID]) -> list[Row]:
    return await current().fetch("select * from engagement where id = any($1)", ids)
