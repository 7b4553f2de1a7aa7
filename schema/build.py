"""From types to a schema that graphql-core runs."""

from operator import getitem
from typing import Any

import strawberry
from graphql import GraphQLInterfaceType, GraphQLObjectType, GraphQLSchema, GraphQLUnionType
from strawberry.schema.config import StrawberryConfig

from schema.scalars import SCALARS

# One for both schemas: the resolver is written onto fields that they share.
CONFIG = StrawberryConfig(default_resolver=getitem, scalar_map=SCALARS)


def built(**parts: Any) -> strawberry.Schema:
    """The schema, its abstract types told apart by the `__typename` that rows carry."""
    schema = strawberry.Schema(config=CONFIG, **parts)
    core = core_of(schema)
    for kind in core.type_map.values():
        if isinstance(kind, (GraphQLInterfaceType, GraphQLUnionType)):
            kind.resolve_type = _type_name
        elif isinstance(kind, GraphQLObjectType):
            kind.is_type_of = None
    return schema


def core_of(schema: strawberry.Schema) -> GraphQLSchema:
    """What graphql-core runs."""
    return schema._schema  # noqa: SLF001


def _type_name(row: Any, *_: Any) -> str:
    return str(row["__typename"])
