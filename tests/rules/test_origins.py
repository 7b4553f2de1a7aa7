"""A nested field is declared, never programmed: each has an origin that the engine can plan."""

from collections.abc import Sequence
from typing import Any

import pytest
from graphql import GraphQLSchema, build_schema, is_object_type

from models.permissions import Permission
from portal.schema import portal
from schema.engine import ORIGIN, Column
from schema.fields import batch
from schema.staff import staff


def one_by_one(schema: GraphQLSchema) -> list[str]:
    """The fields that are resolved for each parent by itself."""
    roots = {schema.query_type, schema.mutation_type, schema.subscription_type}
    return [
        f"{kind.name}.{name}"
        for kind in schema.type_map.values()
        if is_object_type(kind) and kind not in roots and not kind.name.startswith("__")
        for name, field in kind.fields.items()
        if ORIGIN not in field.extensions
    ]


@pytest.mark.parametrize("schema", [staff(), portal()], ids=["staff", "portal"])
def test_every_nested_field_has_an_origin(schema: GraphQLSchema) -> None:
    assert one_by_one(schema) == []


def test_a_field_without_one_is_found() -> None:
    schema = build_schema("type Query { book: Book } type Book { title: String, author: String }")
    book = schema.type_map["Book"]
    assert is_object_type(book)
    book.fields["title"].extensions[ORIGIN] = Column("title")

    assert one_by_one(schema) == ["Book.author"]


def test_fields_that_others_may_call_do_not_share_a_call() -> None:
    async def told(parents: Sequence[Any]) -> list[Any]:
        return [{"hours": 1, "fees": 2} for _ in parents]

    hours, more, fees = (
        batch(told, pick=pick, allow=allow, description="").metadata["origin"].share
        for pick, allow in (
            ("hours", Permission.READ_TIME), ("fees", Permission.READ_TIME),
            ("fees", Permission.READ_BILLING),
        )
    )  # fmt: skip

    assert hours == more
    assert hours != fees
