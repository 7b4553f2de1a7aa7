"""How the engine calls a resolver: what GraphQL read of its arguments, as the values it takes.

Strawberry finds out anew for each request what each of its types is made of, which costs a tenth
of a board. Here it is found out when a field is first called.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING
from functools import cache
from typing import Any

from strawberry import Info
from strawberry.schema.name_converter import NameConverter
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.base import (
    StrawberryList,
    StrawberryOptional,
    get_object_definition,
)
from strawberry.types.field import StrawberryField
from strawberry.types.lazy_type import LazyType

from schema.engine import Calling

Convert = Callable[[Any], Any]

NAMES = NameConverter()
"""What fields and arguments are called in GraphQL."""


def calling(field: StrawberryField) -> Calling:
    """How the field's own resolver is called."""
    assert field.base_resolver is not None
    function: Any = field.base_resolver.wrapped_func

    def resolve(root: Any, info: Any, **arguments: Any) -> Any:
        return function(root, Info(_raw_info=info, _field=field), **arguments)

    return Calling(_Arguments(field.arguments), resolve)


class _Arguments:
    """The arguments of one field; what they are made of is found when it is first called."""

    def __init__(self, arguments: Sequence[StrawberryArgument]) -> None:
        self._arguments = arguments
        self._known: list[tuple[str, str, Convert]] | None = None

    def __call__(self, given: Mapping[str, Any]) -> dict[str, Any]:
        if self._known is None:
            self._known = [(NAMES.from_argument(one), one.python_name, _of(one.type))
                           for one in self._arguments]  # fmt: skip
        return {python: convert(given[name]) for name, python, convert in self._known
                if name in given}  # fmt: skip


def _of(kind: Any) -> Convert:
    """What makes a value of that type: scalars and enums are read already."""
    while isinstance(kind, (StrawberryOptional, LazyType)):
        kind = kind.of_type if isinstance(kind, StrawberryOptional) else kind.resolve_type()
    if isinstance(kind, StrawberryList):
        item = _of(kind.of_type)
        return lambda value: None if value is None else [item(one) for one in value]
    return _as_it_is if get_object_definition(kind) is None else _input(kind)


def _as_it_is(value: Any) -> Any:
    return value


@cache
def _input(kind: type) -> Convert:
    """What makes an input of its fields that were sent; the others have their defaults."""
    definition = get_object_definition(kind, strict=True)
    # What may be null and has no default is null where it was left out, as Strawberry has it.
    absent = {one.python_name: None for one in definition.fields
              if one.default_value is MISSING and one.default_factory is MISSING}  # fmt: skip
    known: list[tuple[str, str, Convert]] = []

    def make(value: Mapping[str, Any] | None) -> Any:
        if value is None:
            return None
        if not known:  # when first called: an input may hold one of its own kind
            for one in definition.fields:
                convert = _of(one.resolve_type(type_definition=definition))
                known.append((NAMES.from_field(one), one.python_name, convert))
        sent = {python: convert(value[name]) for name, python, convert in known if name in value}
        return kind(**(absent | sent))

    return make
