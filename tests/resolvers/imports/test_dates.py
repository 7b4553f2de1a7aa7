"""Dates of every order, and how a whole file settles what one date cannot."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from resolvers.imports.dates import DateEvidence, DateOrder, parse_date
from resolvers.imports.refusals import FileRefused, RowRefused

DMY, MDY, YMD = DateOrder.DMY, DateOrder.MDY, DateOrder.YMD


def evidence_of(*texts: str) -> DateEvidence:
    evidence = DateEvidence()
    for row, text in enumerate(texts, start=2):
        evidence.see(row, text)
    return evidence


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("2026-03-04", DMY),
        ("2026/3/4", MDY),
        ("2026.03.04", DMY),
        ("20260304", DMY),
        ("2026-03-04 00:00:00", DMY),
        ("04.03.2026", DMY),
        ("4/3/2026", DMY),
        ("03/04/2026", MDY),
        ("03-04-2026", MDY),
        ("3/4/26", MDY),
        ("26-03-04", YMD),
        ("4 Mar 2026", MDY),
        ("04-March-2026", DMY),
        ("Mar 4, 2026", DMY),
    ],
)
def test_a_date_is_read_in_its_order(text: str, order: DateOrder) -> None:
    assert parse_date(text, order) == date(2026, 3, 4)


@pytest.mark.parametrize("text", ["30.02.2026", "2026-13-01", "yesterday", "", "1/2/3", "4 Mai 26"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(RowRefused, match="not a date"):
        parse_date(text, DMY)


def test_one_day_above_twelve_settles_the_whole_file() -> None:
    assert evidence_of("03/04/2026", "25/04/2026").order() is DMY
    assert evidence_of("03/04/2026", "04/25/2026").order() is MDY


def test_dots_are_day_first_without_further_proof() -> None:
    assert evidence_of("03.04.2026").order() is DMY


def test_a_file_that_leaves_it_open_is_asked_about_with_an_example() -> None:
    evidence = evidence_of("05/05/2026", "03/04/2026")
    assert not evidence.settled
    with pytest.raises(FileRefused, match=r"03/04/2026.*row 3.*--date-order"):
        evidence.order()
    assert evidence.order(MDY) is MDY


def test_dates_that_read_alike_both_ways_ask_nothing() -> None:
    assert evidence_of("2026-03-04", "05/05/2026", "5/05/2026").order() in (DMY, MDY)


def test_a_file_that_contradicts_itself_is_refused_with_both_rows() -> None:
    with pytest.raises(FileRefused, match=r"04/25/2026.*row 2.*25/04/2026.*row 3"):
        evidence_of("04/25/2026", "25/04/2026").order()


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from([
    (DMY, "%d/%m/%Y"), (MDY, "%m/%d/%Y"), (DMY, "%d-%m-%Y"), (MDY, "%m-%d-%Y"),
    (DMY, "%d.%m.%Y"), (YMD, "%Y-%m-%d"), (YMD, "%Y/%m/%d"), (DMY, "%d/%m/%y"), (YMD, "%y/%m/%d"),
]))  # fmt: skip
def test_a_written_date_comes_back_the_same(day: date, dialect: tuple[DateOrder, str]) -> None:
    order, form = dialect
    assert parse_date(day.strftime(form), order) == day


@given(st.lists(st.dates(date(2000, 1, 1), date(2099, 12, 31)), min_size=1, max_size=30),
       st.sampled_from([(DMY, "%d/%m/%Y"), (MDY, "%m/%d/%Y")]))  # fmt: skip
def test_the_evidence_never_settles_on_the_wrong_order(
    days: list[date], dialect: tuple[DateOrder, str]
) -> None:
    order, form = dialect
    evidence = evidence_of(*(day.strftime(form) for day in days))
    assume(any(day.day != day.month for day in days))
    if any(day.day > 12 for day in days):
        assert evidence.order() is order
    else:
        with pytest.raises(FileRefused):
            evidence.order()
