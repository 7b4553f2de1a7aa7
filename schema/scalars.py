"""Scalars beyond GraphQL's own, and the words every description uses."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, NewType

import strawberry
from graphql import GraphQLError
from strawberry.types.scalar import ScalarDefinition

from models import money
from models.errors import ValidationError
from schema.engine import Quick

# Python reads weeks and other spellings of ISO 8601 too, which come back as something else.
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_DATETIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)", re.ASCII)


def instant(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str) or len(value) > 1000:
        raise GraphQLError(f"{name} is a text that this server gave out before.")
    return value


def _long(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) >= 2**63:
        raise GraphQLError("Long is a whole number below 2⁶³.")
    return value


def _date(value: Any) -> date:
    try:
        if isinstance(value, str) and _DATE.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise GraphQLError("Date is written as 2026-04-30.")


def _datetime(value: Any) -> datetime:
    try:
        if isinstance(value, str) and _DATETIME.fullmatch(value):
            return datetime.fromisoformat(value).astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise GraphQLError("DateTime is written as 2026-04-30T09:15:00Z, with its zone.")


def _decimal(value: Any) -> Decimal:
    if isinstance(value, str):
        try:
            return money.exact(value)
        except ValidationError as error:
            raise GraphQLError(error.message) from None
    raise GraphQLError('Decimal is a text such as "1234.50", never a number: those are inexact.')


Long = NewType("Long", int)
DecimalText = NewType("DecimalText", str)
Cursor = NewType("Cursor", str)
StreamCursor = NewType("StreamCursor", str)
Date = NewType("Date", date)
DateTime = NewType("DateTime", datetime)

SCALARS: dict[object, ScalarDefinition] = {
    Long: strawberry.scalar(
        name="Long",
        description="A whole number that can pass 2³¹, such as a sum of seconds.",
        serialize=int,
        parse_value=_long,
    ),
    Cursor: strawberry.scalar(
        name="Cursor",
        description="Where a page ends: opaque, and good for the same list and order alone.",
        serialize=str,
        parse_value=lambda value: _text("Cursor", value),
    ),
    StreamCursor: strawberry.scalar(
        name="StreamCursor",
        description="A position in the firm's stream of changes: opaque, and never a page cursor.",
        serialize=str,
        parse_value=lambda value: _text("StreamCursor", value),
    ),
    DecimalText: strawberry.scalar(
        name="Decimal",
        description='An exact number as a text, such as "1234.50": 18 digits at most.',
        serialize=lambda value: value if isinstance(value, str) else f"{value.normalize():f}",
        parse_value=_decimal,
    ),
    Date: strawberry.scalar(
        name="Date",
        description="A calendar date, such as 2026-04-30, with no time and no zone.",
        serialize=lambda value: value.isoformat(),
        parse_value=_date,
    ),
    DateTime: strawberry.scalar(
        name="DateTime",
        description="An instant in UTC, RFC 3339, such as 2026-04-30T09:15:00Z.",
        serialize=instant,
        parse_value=_datetime,
    ),
}
"""What each of them is on the wire; `schema.build` hands them to strawberry."""

QUICK_SCALARS: dict[str, Quick] = {
    "Date": (date, lru_cache(4_000)(date.isoformat)),
    "DateTime": (datetime, instant),
    "Long": (int, int),
}
"""What the engine may write without asking strawberry."""
