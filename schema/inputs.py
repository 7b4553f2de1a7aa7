"""What was given: GraphQL inputs as plain keyword arguments, absent ones left out."""

import dataclasses
import inspect
from collections.abc import Callable
from dataclasses import MISSING
from functools import cache
from typing import Any, NamedTuple, get_args

import strawberry
from strawberry import UNSET
from strawberry.utils.str_converters import to_camel_case

from models.base import FirmModel
from models.errors import ValidationError
from schema import ids


def input_type(description: str) -> Callable[[type], type]:
    """Publish a class as a GraphQL input.

    A field whose annotation excludes None can be left out, but null is refused by `given`: the
    wire has no other way to say so.
    """

    def declare(cls: type) -> type:
        own = inspect.get_annotations(cls)
        never_null = {
            name for name, kind in own.items()
            if getattr(cls.__dict__[name], "default", MISSING) is UNSET
            and type(None) not in get_args(kind)
        }  # fmt: skip
        cls.__annotations__ = {
            name: kind | None if name in never_null else kind for name, kind in own.items()
        }
        inherited: frozenset[str] = getattr(cls, "never_null", frozenset())
        setattr(cls, "never_null", inherited | never_null)  # noqa: B010  (not an input field)
        return strawberry.input(cls, name=name_of(cls), description=description)

    return declare


def name_of(cls: type) -> str:
    """Verbs' inputs end in Input; filters and parts are called what they are."""
    return cls.__name__ + ("Input" if hasattr(cls, "idempotency_key") else "")


def given_field(description: str, *, optional: bool = True, **more: Any) -> Any:
    """An input field; an optional one that is absent is not the same as one that is null."""
    if optional:
        more.setdefault("default", UNSET)
    return strawberry.field(description=description, **more)


def reference(model: type[FirmModel], description: str, *, optional: bool = True) -> Any:
    """An input field that holds an id (or ids) of one kind of thing."""
    return given_field(description, optional=optional, metadata={"prefix": ids.PREFIX_OF[model]})


def own_id(model: type[FirmModel]) -> Any:
    prefix = ids.PREFIX_OF[model]
    return given_field(
        f"An id of your own making (`{prefix}_` and a UUIDv7 in hexadecimal digits): sending it"
        " twice creates once.",
        metadata={"prefix": prefix, "own": True},
    )


def given(value: Any, path: tuple[str, ...] = (), filtering: str | None = None) -> dict[str, Any]:
    """The fields of an input that were sent, ids as UUIDs, nested inputs as dicts.

    `filtering` is the prefix of the ids that an id filter compares. Raises ValidationError for a
    null where there is none, a list that is too long, and an own id that is none.
    """
    sent: dict[str, Any] = {}
    for entry in _entries(value.__class__):
        item = getattr(value, entry.name)
        if item is UNSET:
            continue
        place = (*path, entry.key)
        if item is None and entry.never_null:
            raise ValidationError("Leave it out or give a value; null is none.", path=place)
        prefix = entry.prefix or (filtering if entry.name in ("eq", "in_") else None)
        if entry.own and item is not None:
            sent[entry.name] = ids.own(item, entry.prefix, place)
        else:
            sent[entry.name] = _plain(item, prefix, place)
    return sent


class _Entry(NamedTuple):
    """A field of an input; `key` is its name on the wire, `prefix` that of the ids it holds."""

    name: str
    key: str
    never_null: bool
    prefix: str
    own: bool


@cache
def _entries(kind: type) -> list[_Entry]:
    never_null: frozenset[str] = getattr(kind, "never_null", frozenset())
    return [
        _Entry(
            name=field.name,
            key=to_camel_case(field.name.rstrip("_")),
            never_null=field.name in never_null,
            prefix=field.metadata.get("prefix", ""),
            own="own" in field.metadata,
        )
        for field in dataclasses.fields(kind)
    ]


def _plain(item: Any, prefix: str | None, place: tuple[str, ...]) -> Any:
    if item is None:
        return None
    if isinstance(item, list):
        if len(item) > 250:
            raise ValidationError("At most 250 items at a time.", path=place)
        return [_plain(part, prefix, (*place, str(at))) for at, part in enumerate(item)]
    if dataclasses.is_dataclass(item):
        return given(item, place, filtering=prefix)
    return item if prefix is None else ids.read(item, prefix)
