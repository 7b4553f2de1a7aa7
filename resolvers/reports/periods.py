"""The days a report looks at, and how many rows it may have."""

from collections.abc import Sequence
from datetime import date

from models.errors import ValidationError

MOST_ROWS = 20_000
_LONGEST = 3_660
"""Days: ten years."""


def must_be_a_period(first: date, last: date) -> None:
    """Raise ValidationError for one that ends before it begins, lasts more than ten years, or
    reaches an end of the calendar."""
    if first == date.min or last == date.max:  # to the database, days without end
        raise ValidationError("The calendar's own first and last day are in no period.",
                              path=("period", "last"))  # fmt: skip
    if last < first:
        raise ValidationError("The last day lies before the first.", path=("period", "last"))
    if (last - first).days >= _LONGEST:
        raise ValidationError("A period lasts ten years at most.", path=("period", "last"))


def must_not_be_too_many(rows: Sequence[object]) -> None:
    """Raise ValidationError for more rows than a report has; `rows` may hold one more."""
    if len(rows) > MOST_ROWS:
        raise ValidationError(f"That is more than {MOST_ROWS} rows: ask for a shorter period, or"
                              " group by less.", code="TOO_MANY_ROWS")  # fmt: skip
