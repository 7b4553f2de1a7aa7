"""Random operations that a schema allows: deep, aliased, in fragments, with conditions."""

from collections.abc import Callable
from typing import Any

from graphql import (
    GraphQLSchema,
    NoUnusedVariablesRule,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
    is_required_argument,
    specified_rules,
)
from hypothesis import strategies as st

Draw = Callable[[Any], Any]

PERIOD = 'period: {first: "2025-12-01", last: "2026-06-30"}'
_ARGUMENTS = {"period": PERIOD, "groupBy": "groupBy: []"}
"""What is said for the arguments that nested fields require."""
_SOMETIMES = {"first": ("first: 2", "first: $few", "first: $size", "first: 0")}
"""What may be said for others; of no rows nobody may ask."""
_PASSING = ("serverTime",)
"""What is another thing each time it is asked."""
_CONDITIONS = ("", "", "", " @include(if: $yes)", " @include(if: $no)", " @skip(if: $no)",
               " @skip(if: $yes) @include(if: $yes)", " @include(if: $maybe)")  # fmt: skip
VARIABLES = {"yes": True, "no": False}
DECLARED = "$yes: Boolean!, $no: Boolean!, $maybe: Boolean = true, $few: Int = 2, $size: Int"
RULES = [rule for rule in specified_rules if rule is not NoUnusedVariablesRule]
"""What makes an operation valid; it need not use what is declared."""


class Writer:
    """Writes the selections of one document, and the fragments that they come to use."""

    def __init__(self, schema: GraphQLSchema, draw: Draw) -> None:
        self.fragments: list[str] = []
        self._schema = schema
        self._draw = draw
        self._number = 0

    def selection(self, kind: Any, depth: int) -> str:
        """What is asked of a field of this type; nothing of a leaf."""
        named = get_named_type(kind)
        if is_leaf_type(named):
            return ""
        if is_abstract_type(named):
            return f" {{ __typename {self._of_some(named, depth)} }}"
        return f" {{ {self._fields(named, depth)} }}"

    def _of_some(self, kind: Any, depth: int) -> str:
        kinds = sorted(self._schema.get_possible_types(kind), key=str)
        some = self._draw(st.lists(st.sampled_from(kinds), max_size=3, unique=True))
        own = self._fields(kind, 0) if hasattr(kind, "fields") else ""
        return own + "".join(f" ... on {one} {{ {self._fields(one, depth)} }}" for one in some)

    def _fields(self, kind: Any, depth: int) -> str:
        names = [name for name, field in kind.fields.items()
                 if (depth > 0 or is_leaf_type(get_named_type(field.type)))
                 and _can_be_said(name, field)]  # fmt: skip
        chosen = self._draw(st.lists(st.sampled_from(["__typename", *names]), min_size=1,
                                     max_size=4))  # fmt: skip
        return " ".join(self._field(kind, name, depth) for name in chosen)

    def _field(self, kind: Any, name: str, depth: int) -> str:
        alias = f"{self._new('a')}: " if self._draw(st.booleans()) else ""
        condition = self._draw(st.sampled_from(_CONDITIONS))
        if name == "__typename":
            return f"{alias}__typename{condition}"
        field = kind.fields[name]
        arguments = self._arguments(field)
        if arguments and not alias:
            alias = f"{self._new('a')}: "  # two with other arguments could not be merged
        text = f"{alias}{name}{arguments}{condition}{self.selection(field.type, depth - 1)}"
        return self._wrapped(kind, text)

    def _wrapped(self, kind: Any, text: str) -> str:
        match self._draw(st.integers(0, 11)):
            case 0:
                return f"... on {kind} {{ {text} }}"
            case 1:
                return (
                    f"... @include(if: ${self._draw(st.sampled_from(['yes', 'no']))}) {{ {text} }}"
                )
            case 2:
                name = self._new("F")
                self.fragments.append(f"fragment {name} on {kind} {{ {text} }}")
                return f"...{name}"
            case _:
                return text

    def _arguments(self, field: Any) -> str:
        said = [_ARGUMENTS[name] for name, argument in field.args.items()
                if is_required_argument(argument)]  # fmt: skip
        said += [self._draw(st.sampled_from(_SOMETIMES[name])) for name in field.args
                 if name in _SOMETIMES and self._draw(st.booleans())]  # fmt: skip
        return f"({', '.join(said)})" if said else ""

    def _new(self, letter: str) -> str:
        self._number += 1
        return f"{letter}{self._number}"


def _can_be_said(name: str, field: Any) -> bool:
    return name not in _PASSING and all(
        not is_required_argument(argument) or taken in _ARGUMENTS
        for taken, argument in field.args.items()
    )


def variables() -> st.SearchStrategy[dict[str, Any]]:
    """Values of what is declared; null, or nothing at all where that is allowed."""
    return st.fixed_dictionaries(
        {"yes": st.booleans(), "no": st.booleans()},
        optional={"maybe": st.sampled_from([True, False, None]),
                  "few": st.sampled_from([1, 2, None]), "size": st.sampled_from([3, 0, None])},
    )  # fmt: skip


@st.composite
def selections(draw: Any, schema: GraphQLSchema, kind: Any, depth: int = 4) -> tuple[str, str]:
    """A selection on a type, and the fragments that belong into its document."""
    writer = Writer(schema, draw)
    text = writer.selection(kind, depth)
    return text, " ".join(writer.fragments)
