"""A walk along the contract: every root field, every place in its arguments, a request for each.

All of it is read from the schema. What cannot be filled from there alone (which ids an argument
of a query takes, an address, a time zone) is said at the top; a field that this does not cover
fails the walk by its name.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_enum_type,
    is_input_object_type,
    is_leaf_type,
    is_list_type,
    is_object_type,
    is_required_argument,
    is_required_input_field,
    is_union_type,
)

from schema.ids import PREFIX_OF, PREFIXES
from schema.nodes import TYPE_NAMES
from tests.stock import DAY, Stock

ANY = "any"
"""The prefix of a place that takes every kind of id."""

FITTING = object()
"""Stands for whatever value of the stock's fits."""

_PREFIX_OF_TYPE = {name: PREFIX_OF[model] for model, name in TYPE_NAMES.items()}
_BY_NAME: dict[str, Any] = {
    "email": "{}@post.example", "password": "long enough {}", "timeZone": "Europe/London",
    "currency": "GBP", "locale": "en-GB", "mediaType": "application/pdf", "sha256": "0" * 64, "first": 20, "due": "ANY",
    "scope": "EVERYTHING", "stages.category": "DONE",
    "rule": "FREQ=MONTHLY", "country": "GB",
}  # fmt: skip
_BY_TYPE: dict[str, Any] = {
    "Int": 1, "Long": 60, "Boolean": True, "Date": DAY.isoformat(), "Decimal": "1.50",
    "DateTime": f"{DAY}T00:00:00Z", "String": "Text {}",
}  # fmt: skip
_ALWAYS = ("first", "since")
"""Arguments that are always said: small pages keep the cost down, and a stream is replayed."""
_WORDS_OF_NODES = {"Client": "name", "Job": "title", "Task": "title", "Comment": "body",
                   "Waiting": "what", "Timer": "note", "Member": "name", "Firm": "name"}  # fmt: skip
_LENGTHS = {"weekdaySeconds": 7}
_LONG = 5_000
"""Characters from which on a document comes near the tokens that are read."""
_LEAVES: dict[str, set[str]] = {}
"""Of which kinds of things these are the leaves, all of them."""
_ALSO = {"BoardFilter": ("scope", "due"), "CalendarFilter": ("scope",),
         "AddCommentInput": ("jobId",), "DraftInvoiceInput": ("jobId",),
         "SetExternalIdInput": ("clientId",), "RemoveExternalIdInput": ("clientId",),
         "SetClientKeyDateInput": ("date",)}  # fmt: skip
"""What an input needs although its schema does not say so."""
_BEGIN_AT = {"RecordPaymentInput": {"invoice": 1}, "CreditInvoiceInput": {"invoice": 1}}
"""Inputs that are about a later thing of the stock: an invoice that was issued."""
_NAMED = {"place": ANY, "holds": "job"}
"""Which ids an argument takes that is not called by their kind."""
_INSTEAD = {"taskId": "jobId", "jobId": "clientId"}
"""Which of these is left out again where the other one is tried."""


@dataclass(frozen=True)
class Place:
    """A leaf among a root field's arguments: how to get there, and what it takes."""

    path: tuple[str, ...]
    type_name: str
    prefix: str | None = None
    required: bool = False

    def __str__(self) -> str:
        return ".".join(self.path)


@dataclass(frozen=True)
class Root:
    """A root field of the contract."""

    kind: str
    name: str
    field: GraphQLField

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"

    @property
    def places(self) -> list[Place]:
        """Every leaf of its arguments."""
        return [place for name, argument in self.field.args.items()
                for place in _leaves(argument.type, (name,), _of_argument(self, name),
                                     is_required_argument(argument))]  # fmt: skip

    @property
    def id_places(self) -> list[Place]:
        return [place for place in self.places if place.type_name == "ID"]

    def place(self, *path: str) -> Place:
        """The one at the end of that path."""
        return next(place for place in self.places if place.path == path)

    def request(
        self, stock: Stock, place: Place | None = None, value: Any = FITTING, depth: int = 2, *,
        asked: str | None = None, also: str = "",
    ) -> dict[str, Any]:  # fmt: skip
        """A request that does what it asks for; `place` is filled too, with `value` if given.

        `asked` is the selection, every leaf unless said; `also` declares further variables.
        """
        filler, way = _Filler(stock, value), place.path if place else ("",)
        variables = {
            name: filler.fill(argument.type, (name,), way[1:] if name == way[0] else None,
                              _of_argument(self, name))
            for name, argument in self.field.args.items()
            if is_required_argument(argument) or name in (way[0], *_ALWAYS)
        }  # fmt: skip
        declared = [f"${name}: {self.field.args[name].type}" for name in variables]
        given = [f"{name}: ${name}" for name in variables]
        head = _bracketed([*declared, also] if also else declared)
        found = selection(self.field.type, depth) if asked is None else asked
        text = f"{self.kind}{head} {{ {self.name}{_bracketed(given)} {found} }}"
        return {"query": _within_bounds(text), "variables": variables}


def _bracketed(parts: list[str]) -> str:
    return f"({', '.join(parts)})" if parts else ""


def roots(schema: GraphQLSchema, *kinds: str) -> list[Root]:
    """The root fields of these kinds of operation."""
    found = {"query": schema.query_type, "mutation": schema.mutation_type,
             "subscription": schema.subscription_type}  # fmt: skip
    return [Root(kind, name, field) for kind in kinds
            for name, field in _known(found[kind]).fields.items()]  # fmt: skip


def streams(schema: GraphQLSchema) -> list[Root]:
    """Those that can be resumed."""
    return [root for root in roots(schema, "subscription") if "since" in root.field.args]


def _known(found: Any) -> Any:
    assert found is not None
    return found


def _of_argument(root: Root, name: str) -> str | None:
    """Which ids an argument takes: `id` one of what comes back, `jobId` a job's."""
    if get_named_type(root.field.args[name].type).name != "ID":
        return None
    returned = get_named_type(root.field.type).name
    prefix = ANY if returned == "Node" else _PREFIX_OF_TYPE.get(returned)
    if name not in ("id", "ids"):
        prefix = _NAMED.get(name, name.removesuffix("Id").lower())
    assert prefix == ANY or prefix in PREFIXES, f"{root}: which ids does {name} take?"
    return prefix


def _leaves(
    kind: Any, path: tuple[str, ...], prefix: str | None, required: bool
) -> Iterator[Place]:
    kind = get_nullable_type(kind)
    if is_list_type(kind):
        yield from _leaves(kind.of_type, (*path, "0"), prefix, required)
    elif is_input_object_type(kind):
        for name, part in kind.fields.items():
            yield from _leaves(part.type, (*path, name), _of_part(kind, name, prefix),
                               required and is_required_input_field(part))  # fmt: skip
    else:
        if kind.name == "ID":
            assert prefix, f"{'.'.join(path)}: its declaration does not say which ids it takes"
        yield Place(path, kind.name, prefix if kind.name == "ID" else None, required)


def _of_part(kind: GraphQLInputObjectType, name: str, filtering: str | None) -> str | None:
    """Which ids a part of an input takes: as declared, or as the filter around it compares."""
    declared = kind.fields[name].extensions["strawberry-definition"].metadata.get("prefix")
    return declared or filtering


class _Filler:
    """Fills arguments with what the stock has; `value` goes to the end of the way."""

    _numbers = count(1)

    def __init__(self, stock: Stock, value: Any) -> None:
        self._stock = stock
        self._value = value
        self._number = next(self._numbers)
        self._used: dict[str, int] = {}

    def fill(
        self, kind: Any, path: tuple[str, ...], way: Sequence[str] | None, prefix: str | None
    ) -> Any:
        """`way` is what is left of the way to the place; None beside it."""
        kind = get_nullable_type(kind)
        if way is not None and not way and self._value is not FITTING:
            return self._value
        if is_list_type(kind):
            first = self.fill(kind.of_type, path, None if way is None else way[1:], prefix)
            return [first, *(self.fill(kind.of_type, path, None, prefix)
                             for _ in range(_LENGTHS.get(path[-1], 1) - 1))]  # fmt: skip
        if is_input_object_type(kind):
            self._used |= _BEGIN_AT.get(kind.name, {})
            return {name: self.fill(part.type, (*path, name), way[1:] if way and way[0] == name
                                    else None, _of_part(kind, name, prefix))
                    for name, part in kind.fields.items() if _wanted(kind, name, part, way)}  # fmt: skip
        if kind.name == "ID":
            return self._id(prefix)
        if kind.name == "StreamCursor":
            return self._stock.beginning
        return self._plain(kind, path)

    def _id(self, prefix: str | None) -> str:
        """The next one of its kind: two places of one call are about two things."""
        prefix = "client" if prefix in (None, ANY) else prefix
        number = self._used.get(prefix, 0)
        self._used[prefix] = number + 1
        return self._stock.written(prefix, number)

    def _plain(self, kind: Any, path: tuple[str, ...]) -> Any:
        named = _BY_NAME.get(".".join(path[-2:]), _BY_NAME.get(path[-1]))
        if is_enum_type(kind):
            return named if named in kind.values else next(iter(kind.values))
        value = _BY_TYPE[kind.name] if named is None else named
        return value.format(self._number) if isinstance(value, str) else value


def _wanted(kind: Any, name: str, part: Any, way: Sequence[str] | None) -> bool:
    if way and way[0] == name:
        return True
    if name in _ALSO.get(kind.name, ()):
        return not (way and _INSTEAD.get(way[0]) == name)
    return bool(is_required_input_field(part))


@cache
def selection(kind: Any, depth: int = 2) -> str:
    """Every leaf, and of what lies deeper the leaves again."""
    named = get_named_type(kind)
    if is_leaf_type(named):
        return ""
    if is_union_type(named):
        parts = " ".join(f"... on {one.name} {selection(one, depth)}" for one in named.types)
        return f"{{ __typename {parts} }}"
    if named.name == "Node":
        return _of_nodes()
    text = f"{{ __typename {' '.join(_fields(named, depth))} }}"
    if text.count("{") == 1:
        _LEAVES.setdefault(text, set()).add(named.name)
    return text


def _within_bounds(text: str) -> str:
    """The same document; of a long one, the leaves that are asked for often are said once."""
    if len(text) < _LONG:
        return text
    for leaves in dict.fromkeys(re.findall(r"\{ __typename [^{}]*\}", text)):
        kinds = _LEAVES.get(leaves, ())
        if len(kinds) == 1 and text.count(leaves) > 2:
            (kind,) = kinds
            text = text.replace(leaves, f"{{ ...{kind}Leaves }}")
            text += f" fragment {kind}Leaves on {kind} {leaves}"
    return text


def _fields(kind: Any, depth: int) -> Iterator[str]:
    """What comes a second time of one kind is looked into less deep: a document has its bounds."""
    paged, known = "nodes" in kind.fields, set[Any]()
    for name, field in kind.fields.items():
        inner = get_named_type(field.type)
        if any(is_required_argument(argument) for argument in field.args.values()):
            continue
        if is_leaf_type(inner):
            yield name
        elif name == "errors":
            yield "errors { __typename message path code }"
        elif is_object_type(inner) and name not in ("edges", "activity") and (depth > 0 or paged):
            yield f"{name} {selection(inner, min(0, depth - 1) if inner in known else depth - 1)}"
            known.add(inner)


def _of_nodes() -> str:
    parts = (f"... on {kind} {{ {name} }}" for kind, name in _WORDS_OF_NODES.items())
    return f"{{ __typename id {' '.join(parts)} }}"
