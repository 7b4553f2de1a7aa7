"""From types to a schema that graphql-core runs."""

from collections.abc import Callable
from operator import getitem
from typing import Any

import strawberry
from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
)
from strawberry.schema.config import StrawberryConfig

from schema.calling import NAMES, calling
from schema.engine import CALLING, ORIGIN, QUICK, Column, Origin
from schema.scalars import QUICK_SCALARS, SCALARS

# One for both schemas: the resolver is written onto fields that they share.
CONFIG = StrawberryConfig(default_resolver=getitem, scalar_map=SCALARS, name_converter=NAMES)


def built(**parts: Any) -> strawberry.Schema:
    """The schema, its abstract types told apart by the `__typename` that rows carry."""
    schema = strawberry.Schema(config=CONFIG, **parts)
    core = core_of(schema)
    for name, quick in QUICK_SCALARS.items():
        if name in core.type_map:
            core.type_map[name].extensions[QUICK] = quick
    for kind in core.type_map.values():
        if isinstance(kind, (GraphQLInterfaceType, GraphQLUnionType)):
            kind.resolve_type = _type_name
        elif isinstance(kind, GraphQLObjectType):
            kind.is_type_of = None
            for field in kind.fields.values():
                field.resolve = _direct(field) or field.resolve
                field.extensions |= _said(field)
    return schema


def core_of(schema: strawberry.Schema) -> GraphQLSchema:
    """What graphql-core runs."""
    return schema._schema  # noqa: SLF001


def _direct(field: GraphQLField) -> Callable[..., Any] | None:
    """How a field without arguments is read from its row, none of Strawberry's machinery between.

    That reads arguments and looks for extensions anew for each value, which is half of what a
    board of 200 cards costs.
    """
    declared = field.extensions.get("strawberry-definition")
    if declared is None:
        return None
    if declared.base_resolver is not None:
        resolve: Callable[..., Any] | None = declared.metadata.get("direct")
        return resolve
    name = declared.python_name
    return lambda row, _info: row[name]


def _said(field: GraphQLField) -> dict[str, Any]:
    """What the engine is told of it: where its values come from, as it was declared, and how it is
    called; a field without a resolver is a column."""
    declared = field.extensions.get("strawberry-definition")
    if declared is None or declared.is_subscription:
        return {}  # a subscription's own resolver is its stream; what is run is each event of it
    if declared.base_resolver is None:
        return {ORIGIN: Column(declared.python_name)}
    said: dict[str, Any] = {}
    if "direct" not in declared.metadata:
        said[CALLING] = calling(declared)
    origin: Origin | None = declared.metadata.get("origin")
    return said if origin is None else said | {ORIGIN: origin}


def _type_name(row: Any, *_: Any) -> str:
    return str(row["__typename"])
