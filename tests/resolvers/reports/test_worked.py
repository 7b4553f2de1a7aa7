"""Time worked: to the second and to the cent, over what one may see and nothing else."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from models.errors import ValidationError
from models.rates import Rate
from models.time_entries import TimeEntry
from models.unit_of_work import reading, unit_of_work
from models.viewer import Viewer
from resolvers.reading import WILL_READ
from resolvers.reports.billing import billing
from resolvers.reports.utilisation import UtilisationBy, utilisation
from resolvers.reports.worked import WorkedBy, worked
from schema.engine import Read
from tests.billing import priced
from tests.cast import Cast, House
from tests.resolvers.reports.spring import FEBRUARY, JANUARY, MARCH, YEAR, bill, log, pounds, told


async def by(viewer: Viewer, *dimensions: WorkedBy, **asked: Any) -> dict[str, Any]:
    async with reading(viewer):
        return await worked(*YEAR, dimensions, **asked)


async def test_time_is_added_up_by_the_month_of_its_own_day(house: House) -> None:
    report = await by(house.ada, WorkedBy.MONTH)
    assert told(report, "month", "seconds", "billable_seconds", "standard_value") == {
        JANUARY: (3600, 3600, pounds("120.00")),
        FEBRUARY: (10_500, 9000, pounds("300.00")),
        MARCH: (1800, 1800, pounds("60.00")),
    }
    assert report["totals"]["seconds"] == 15_900
    assert report["totals"]["standard_value"] == pounds("480.00")


async def test_what_was_billed_is_spread_over_the_time_to_the_cent(house: House) -> None:
    report = await by(house.ada, WorkedBy.MONTH, WorkedBy.CLIENT)
    # £135.00 are left of £150.00, £90.00 of them for time worth £120.00, £56.67 and £3.33.
    billed = {row["month"]: row["billed"] for row in report["rows"]
              if row["client_id"] == house.bakery}  # fmt: skip
    assert billed == {JANUARY: pounds("60.00"), FEBRUARY: pounds("30.00")}
    assert report["totals"]["billed"] == pounds("90.00")
    assert report["totals"]["realisation"] == Decimal("0.5000")


async def test_however_it_is_grouped_the_rows_sum_to_the_same(house: House) -> None:
    whole = (await by(house.ada))["totals"]
    for dimensions in (tuple(WorkedBy), (WorkedBy.SERVICE, WorkedBy.MEMBER), (WorkedBy.CLIENT,)):
        report = await by(house.ada, *dimensions)
        assert report["totals"] == whole
        assert sum(row["seconds"] for row in report["rows"]) == whole["seconds"]
        assert sum(
            Decimal(amount["amount"]) for row in report["rows"] for amount in row["billed"]
        ) == Decimal("90.00")


async def test_a_filter_leaves_out_what_is_somebody_elses(house: House) -> None:
    report = await by(house.ada, WorkedBy.MEMBER, member={"eq": house.eve.id},
                      service={"eq": house.accounts})  # fmt: skip
    assert told(report, "member_id", "seconds") == {house.eve.id: (1800,)}


async def test_a_restricted_client_shines_through_nowhere(house: House) -> None:
    for person, seconds in ((house.ben, 15_900), (house.cleo, 8700), (house.finn, 6300)):
        report = await by(person, WorkedBy.CLIENT)
        clients = {row["client_id"] for row in report["rows"]}
        assert (house.vault in clients) is (person is house.ben)
        assert report["totals"]["seconds"] == seconds
    async with reading(house.cleo):
        assert (await utilisation(*YEAR, []))["totals"]["seconds"] == 8700


async def test_who_sees_no_billing_reads_hours_and_no_amount(house: House) -> None:
    (row,) = (await by(house.dan))["rows"]
    assert row["seconds"] == 8700
    assert (row["standard_value"], row["billed"], row["realisation"]) == (None, None, None)


async def test_time_without_a_rate_is_told_and_worth_nothing(cast: Cast) -> None:
    await log(cast.harbour.dan, 1800, FEBRUARY, job_id=cast.harbour.books)
    async with unit_of_work(cast.harbour.cleo):
        await Rate.set(from_date=MARCH, hourly=Decimal(99), currency="EUR")
    await log(cast.harbour.dan, 3600, MARCH, job_id=cast.harbour.books)
    (row,) = (await by(cast.harbour.ada))["rows"]
    assert (row["seconds"], row["unpriced_seconds"]) == (5400, 1800)
    assert row["standard_value"] == [{"amount": "99.00", "currency": "EUR"}]


async def test_a_dearer_rate_changes_nothing_that_was_billed(cast: Cast) -> None:
    house = cast.harbour
    await priced(house)
    await log(house.dan, 3600, JANUARY, job_id=house.books)
    await bill(house)
    await log(house.dan, 3600, JANUARY, job_id=house.books)
    async with unit_of_work(house.cleo):
        await Rate.set(from_date=date(2023, 1, 1), hourly=Decimal(200), job_id=house.books)
    assert (await by(house.ada))["totals"]["standard_value"] == pounds("320.00")


async def test_utilisation_is_billable_time_over_the_hours_there_are(house: House) -> None:
    async with reading(house.ada):
        report = await utilisation(*YEAR, [UtilisationBy.MEMBER, UtilisationBy.MONTH],
                                   member={"eq": house.dan.id})  # fmt: skip
    # Eight working days of January are left, 21 of February.
    hours = told(report, "month", "capacity_seconds", "billable_seconds", "utilisation")
    assert hours[JANUARY] == (8 * 3600, 3600, Decimal("0.1250"))
    assert hours[FEBRUARY] == (21 * 3600, 1800, Decimal("0.0238"))
    async with reading(house.finn):
        mine = await utilisation(*YEAR, [UtilisationBy.MEMBER])
    assert mine["rows"] == []


async def test_a_period_that_is_none_is_refused(house: House) -> None:
    for first, last in ((date(2024, 1, 2), date(2024, 1, 1)), (date.min, date.max)):
        async with reading(house.ada):
            with pytest.raises(ValidationError):
                await worked(first, last, [])


@pytest.mark.parametrize("day", [date.min, date.max])
async def test_a_period_at_an_end_of_the_calendar_is_refused_before_anybody_counts_its_days(
    house: House, day: date
) -> None:
    async with reading(house.ada):
        for report in (worked, utilisation, billing):
            with pytest.raises(ValidationError):
                await report(day, day, [])


# ---------------------------------------------------------------- from what is kept by month

_SECONDS = ("seconds", "billable_seconds")
_DIMENSIONS = [(), *((one,) for one in WorkedBy), tuple(WorkedBy)]


async def without_amounts(viewer: Viewer, *dimensions: WorkedBy, **asked: Any) -> dict[str, Any]:
    """The same report for who reads hours alone."""
    rows = Read(frozenset({"client_id", "member_id", "service_id", "month", *_SECONDS}))
    before = WILL_READ.set({"WorkedReport": Read(("rows", "totals")), "WorkedRow": rows,
                            "WorkedSums": Read(_SECONDS)})  # fmt: skip
    try:
        return await by(viewer, *dimensions, **asked)
    finally:
        WILL_READ.reset(before)


def hours(report: dict[str, Any]) -> tuple[Any, ...]:
    rows = [tuple(row[name] for name in (*WorkedBy, *_SECONDS)) for row in report["rows"]]
    return rows, *(report["totals"][name] for name in _SECONDS)


@pytest.mark.parametrize("dimensions", _DIMENSIONS, ids="-".join)
@pytest.mark.parametrize("who", ["ada", "dan", "eve", "finn"])
async def test_hours_are_the_same_whether_added_up_now_or_kept_by_month(
    house: House, who: str, dimensions: tuple[WorkedBy, ...]
) -> None:
    viewer = getattr(house, who)
    for asked in ({}, {"client": {"eq": house.bakery}}, {"service": {"is_null": False}}):
        kept = await without_amounts(viewer, *dimensions, **asked)
        assert "standard_value" not in kept["totals"]
        assert hours(kept) == hours(await by(viewer, *dimensions, **asked))


async def test_what_is_kept_by_month_follows_every_change(cast: Cast) -> None:
    house = cast.harbour
    await log(house.dan, 3600, date(2024, 1, 31), job_id=house.books)
    async with unit_of_work(house.dan):
        other = await TimeEntry.log(seconds=600, local_date=date(2024, 2, 1), job_id=house.books)
    async with unit_of_work(house.dan):
        entry = await TimeEntry.load(other.id)
        await entry.change({"local_date": date(2024, 1, 2), "billing": "no_charge"}, None)
    async with unit_of_work(house.dan):
        await (await TimeEntry.load(other.id)).change({"seconds": 60}, None)

    kept = await without_amounts(house.ada, WorkedBy.MONTH)
    assert told(kept, "month", *_SECONDS) == {JANUARY: (3660, 3600)}

    async with unit_of_work(house.dan):
        await (await TimeEntry.load(other.id)).remove()
    kept = await without_amounts(house.ada, WorkedBy.MONTH)
    assert told(kept, "month", *_SECONDS) == {JANUARY: (3600, 3600)}
