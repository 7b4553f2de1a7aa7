"""Money on the wire: a decimal text and a currency, never a float."""

from typing import Any

import strawberry

from models import money as practice
from schema.fields import computed, field
from schema.inputs import given_field, input_type
from schema.scalars import DecimalText


@strawberry.type(description="An amount of money.")
class Money:
    amount: DecimalText = field("How much, with as many digits as the currency has.")
    currency: str = field("ISO 4217 code.")


@input_type("An amount of money.")
class MoneyInput:
    amount: DecimalText = given_field(
        "How much: as many digits after the point as the currency has, or fewer.", optional=False
    )
    currency: str = given_field("ISO 4217 code.", optional=False)


def money(column: str, description: str) -> Any:
    """A column of minor units as money of the row's own currency."""
    return computed(description, lambda row: practice.Money(row[column], row["currency"]).row,
                    of=(column, "currency"))  # fmt: skip
