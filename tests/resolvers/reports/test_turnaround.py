"""How long clients took: in business days where the firm is, of what ended in the period."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from models.events import EventKind
from models.firms import Firm
from models.jobs import Job
from models.unit_of_work import reading, unit_of_work
from models.waiting import end_waiting, start_waiting
from models.workflows import WorkCategory
from models.working_days import BusinessDays, is_business_day
from resolvers.reports.turnaround import TurnaroundBy, turnaround
from tests.cast import Cast, House, Person

SUMMER = (date(2025, 6, 1), date(2025, 8, 31))
BY_CLIENT, BY_MONTH = TurnaroundBy.CLIENT, TurnaroundBy.MONTH


def at(day: int, hour: int = 12, *, month: int = 6) -> datetime:
    return datetime(2025, month, day, hour, tzinfo=UTC)


async def waited(house: House, client_id: UUID, since: datetime, until: datetime,
                 whom: str = "client") -> None:  # fmt: skip
    async with unit_of_work(house.ada, at=since):
        job = await Job.open(client_id=client_id, title="Return")
        await start_waiting(job, whom=whom, what="Papers")
    async with unit_of_work(house.ada, at=until):
        await end_waiting(await Job.load(job.id))


async def report(person: Person, *group_by: TurnaroundBy, **client: Any) -> dict[str, Any]:
    async with reading(person):
        return await turnaround(*SUMMER, group_by, **client)


async def a_summer(house: House) -> None:
    """The bakery took 0, 1 and 6 business days, the mill 10, the vault 2."""
    await waited(house, house.bakery, at(2), at(2, 15))
    await waited(house, house.bakery, at(6), at(9))  # from a Friday to a Monday
    await waited(house, house.bakery, at(24), at(2, month=7))
    await waited(house, house.mill, at(2), at(16))
    await waited(house, house.vault, at(2), at(4))


async def test_by_client_and_month_and_of_all(cast: Cast) -> None:
    house = cast.harbour
    await a_summer(house)
    found = await report(house.ada, BY_CLIENT, BY_MONTH)
    told = [(row["client_id"], row["month"], row["count"], row["median_days"], row["mean_days"],
             row["longest_days"]) for row in found["rows"]]  # fmt: skip
    assert told == [
        (house.bakery, date(2025, 6, 1), 2, Decimal("0.5"), Decimal("0.5"), 1),
        (house.bakery, date(2025, 7, 1), 1, Decimal(6), Decimal(6), 6),
        (house.mill, date(2025, 6, 1), 1, Decimal(10), Decimal(10), 10),
        (house.vault, date(2025, 6, 1), 1, Decimal(2), Decimal(2), 2),
    ]
    assert found["totals"] == {
        "count": 5, "median_days": Decimal(2), "mean_days": Decimal("3.8"), "longest_days": 10,
    }  # fmt: skip
    (bakery,) = (await report(house.ada, BY_CLIENT, client={"eq": house.bakery}))["rows"]
    assert (bakery["count"], bakery["median_days"]) == (3, Decimal(1))
    assert bakery["mean_days"] == Decimal("2.3333")


async def test_months_stand_in_their_order_whichever_clients_they_are_of(cast: Cast) -> None:
    house = cast.harbour
    await waited(house, house.bakery, at(1, month=8), at(4, month=8))
    await a_summer(house)
    found = await report(house.ada, BY_MONTH)
    assert [(row["month"].month, row["count"]) for row in found["rows"]] == [(6, 4), (7, 1), (8, 1)]


async def test_nothing_is_told_or_counted_of_clients_that_are_hidden(cast: Cast) -> None:
    house = cast.harbour
    await a_summer(house)
    found = await report(house.cleo, BY_CLIENT)
    assert {row["client_id"] for row in found["rows"]} == {house.bakery, house.mill}
    assert found["totals"]["count"] == 4
    found = await report(house.finn, BY_CLIENT)
    assert {row["client_id"] for row in found["rows"]} == {house.bakery}
    assert found["totals"]["count"] == 3


async def test_days_are_the_firms_own_and_holidays_do_not_count(cast: Cast) -> None:
    """Half past ten in the evening, UTC, is the next day in Zürich in summer, not in London."""
    house = cast.alpine
    await waited(house, house.mill, datetime(2025, 6, 30, 22, 30, tzinfo=UTC), at(1, month=7))
    await waited(house, house.mill, at(29, month=8), datetime(2025, 8, 31, 22, 30, tzinfo=UTC))
    found = await report(house.ada)
    assert found["totals"]["count"] == 1
    assert found["totals"]["longest_days"] == 0
    async with unit_of_work(house.ada):
        await (await Firm.load(house.id)).record(
            EventKind.FIRM_CHANGED, holiday_calendar="england_and_wales"
        )
    # The 25th of August is the summer bank holiday.
    await waited(house, house.bakery, at(22, month=8), at(26, month=8))
    found = await report(house.ada, client={"eq": house.bakery})
    assert found["totals"]["longest_days"] == 1


async def test_what_others_were_waited_for_and_jobs_given_up_do_not_count(cast: Cast) -> None:
    house = cast.harbour
    await waited(house, house.bakery, at(2), at(4), whom="other")
    async with unit_of_work(house.ada, at=at(3)):
        job = await Job.open(client_id=house.mill, title="Return")
        await start_waiting(job, whom="client", what="Papers")
        await job.move(stage=await job.stage_of(WorkCategory.CANCELLED))
        await start_waiting(await Job.load(house.books), whom="client", what="Still")
    assert await report(house.ada, BY_CLIENT) == {
        "rows": [],
        "totals": {"count": 0, "median_days": None, "mean_days": None, "longest_days": None},
    }


@given(
    start=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    before=st.integers(0, 400),
    length=st.integers(0, 400),
    closed=st.sets(st.integers(0, 800), max_size=30),
)
def test_days_counted_at_once_are_those_counted_one_by_one(
    start: date, before: int, length: int, closed: set[int]
) -> None:
    holidays = {start + timedelta(days=number) for number in closed}
    asked = start + timedelta(days=before)
    came = asked + timedelta(days=length)
    plainly = [asked + timedelta(days=number) for number in range(1, length + 1)]

    counted = BusinessDays(start, came, holidays).after(asked, came)

    assert counted == sum(is_business_day(day, holidays) for day in plainly)
