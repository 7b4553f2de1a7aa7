"""Typed comparators: what a filter can ask of a field."""

import strawberry

from models.workflows import WorkCategory
from schema.enums import ClientKind, ClientStatus
from schema.inputs import given_field, input_type
from schema.scalars import Date


@input_type("Asks something of an id.")
class IdFilter:
    eq: strawberry.ID | None = given_field("Is this one.")
    in_: list[strawberry.ID] | None = given_field("Is one of these, at most 250.", name="in")
    is_null: bool | None = given_field("Is absent, or is not.")


@input_type("Asks something of a text. Case does not count.")
class TextFilter:
    eq: str | None = given_field("Reads exactly this.")
    starts_with: str | None = given_field("Begins with this.")


@input_type("Asks something of a date.")
class DateFilter:
    eq: Date | None = given_field("Is this day.")
    lt: Date | None = given_field("Lies before this day.")
    lte: Date | None = given_field("Is this day or lies before it.")
    gt: Date | None = given_field("Lies after this day.")
    gte: Date | None = given_field("Is this day or lies after it.")
    is_null: bool | None = given_field("Is absent, or is not.")


@input_type("Asks something of where work stands.")
class WorkCategoryFilter:
    eq: WorkCategory | None = given_field("Is this.")
    in_: list[WorkCategory] | None = given_field("Is one of these.", name="in")


@input_type("Asks something of a client's status.")
class ClientStatusFilter:
    eq: ClientStatus | None = given_field("Is this.")
    in_: list[ClientStatus] | None = given_field("Is one of these.", name="in")


@input_type("Asks something of a client's kind.")
class ClientKindFilter:
    eq: ClientKind | None = given_field("Is this.")
