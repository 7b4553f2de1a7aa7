"""Subscriptions that follow the firm's stream: what they come down to, and which are alike."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from graphql import (
    DocumentNode,
    GraphQLObjectType,
    GraphQLSchema,
    TypeInfo,
    TypeInfoVisitor,
    VariableNode,
    Visitor,
    visit,
)

from schema.engine.shelf import Shelf
from subscriptions.cursors import StreamCursor
from subscriptions.interest import Interest
from subscriptions.items import Item

_CHARACTERS = 300_000
"""Of all documents whose shapes are kept."""


@dataclass(frozen=True, slots=True)
class Follow:
    """What such a subscription comes down to: what is followed, since when, and how it reads."""

    interest: Interest[Any]
    since: StreamCursor | None
    row: Callable[[Item[Any]], dict[str, Any]]
    """An item of it as a GraphQL row."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Whether a document follows the stream, which of its variables decide what is selected (not
    those that only say what is followed), and whether anything selected is for one member alone."""

    document: DocumentNode
    follows: bool
    variables: tuple[str, ...]
    personal: bool

    def name(self, operation_name: str | None, variables: Mapping[str, Any]) -> Hashable:
        """Equal for those whose selections are the same."""
        values = {name: variables[name] for name in self.variables if name in variables}
        written = orjson.dumps(values, option=orjson.OPT_SORT_KEYS)
        return id(self.document), operation_name, written


class Shapes:
    """The shapes of one schema's subscriptions, of those asked for last."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema
        self._kept: Shelf[Shape] = Shelf(_CHARACTERS)

    def of(self, document: DocumentNode) -> Shape:
        """The shape of a validated document with one subscription."""
        kept = self._kept.get(id(document))  # which holds: the shape keeps the document alive
        if kept is None:
            kept = self._new(document)
            self._kept.put(id(document), kept, document.loc.end if document.loc else _CHARACTERS)
        return kept

    def _new(self, document: DocumentNode) -> Shape:
        info = TypeInfo(self._schema)
        looking = _Looking(info, self._schema.subscription_type)
        visit(document, TypeInfoVisitor(info, looking))
        return Shape(document, looking.follows, tuple(sorted(looking.variables)), looking.personal)


class _Looking(Visitor):
    """Looks through a document for what makes a difference to the answers."""

    def __init__(self, info: TypeInfo, root: GraphQLObjectType | None) -> None:
        super().__init__()
        self.variables: set[str] = set()
        self.follows = False
        self.personal = False
        self._info = info
        self._root = root

    def enter_variable_definition(self, *_: Any) -> Any:
        return self.SKIP

    def enter_variable(self, node: VariableNode, *_: Any) -> None:
        self.variables.add(node.name.value)

    def enter_field(self, *_: Any) -> None:
        definition = self._info.get_field_def()
        declared = getattr(definition, "extensions", {}).get("strawberry-definition")
        metadata = getattr(declared, "metadata", {})
        self.follows |= bool(metadata.get("follows"))
        self.personal |= bool(metadata.get("personal"))

    def enter_argument(self, *_: Any) -> Any:
        # What a root field is given says what is followed, not what is told of it.
        of_root = self._info.get_directive() is None and self._info.get_parent_type() is self._root
        return self.SKIP if of_root else None
