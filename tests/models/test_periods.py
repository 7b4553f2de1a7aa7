"""What a stretch of days is called."""

from datetime import date

import pytest

from models.periods import period_name


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        (date(2026, 3, 1), date(2026, 3, 31), "March 2026"),
        (date(2026, 7, 1), date(2026, 9, 30), "Jul–Sept 2026"),
        (date(2025, 12, 1), date(2026, 2, 28), "Dec 2025–Feb 2026"),
        (date(2026, 1, 1), date(2026, 12, 31), "2026"),
        (date(2025, 4, 1), date(2026, 3, 31), "2025/26"),
        (date(2026, 1, 5), date(2026, 1, 11), "5 Jan–11 Jan 2026"),
        (date(2025, 12, 29), date(2026, 1, 4), "29 Dec 2025–4 Jan 2026"),
        (date(2026, 1, 5), date(2026, 1, 5), "5 Jan 2026"),
        (date(2026, 2, 1), date(2026, 2, 27), "1 Feb–27 Feb 2026"),
        (None, date(2026, 3, 31), "31 Mar 2026"),
        (date(9999, 12, 1), date(9999, 12, 31), "December 9999"),
        (None, None, ""),
    ],
)
def test_a_period_is_called_as_people_say_it(
    first: date | None, last: date | None, name: str
) -> None:
    assert period_name(first, last, "en-GB") == name


def test_months_are_named_in_the_firms_language() -> None:
    assert period_name(date(2026, 3, 1), date(2026, 3, 31), "pt-PT") == "março 2026"
