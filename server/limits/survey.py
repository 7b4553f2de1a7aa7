"""One pass over a document, before it is validated: how deep, how wide, how often, what it costs.

Each operation and fragment is walked once, without recursion, and fragments are added up in the
order of their spreads, so the work is proportional to the document however they are nested.
Everything here must bear documents that are wrong: unknown fields, types and fragments are left
for validation to name.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    Node,
    OperationDefinitionNode,
    OperationType,
    SelectionNode,
    get_named_type,
)

from server.limits.arguments import Asked
from server.limits.bounds import Bounds
from server.limits.costs import Bill, price

INTROSPECTION_COST = 100
_INTROSPECTION = ("__schema", "__type")


class Spread(NamedTuple):
    """A fragment used `level` deep in a part; below `__schema` everything is counted apart."""

    name: str
    level: int
    introspecting: bool


@dataclass(slots=True)
class Part:
    """One operation or fragment: first by itself, then with the fragments it spreads."""

    definition: OperationDefinitionNode | FragmentDefinitionNode
    bill: Bill = field(default_factory=Bill)
    asked: Asked = field(default_factory=Asked)
    spreads: list[Spread] = field(default_factory=list)
    depth: int = 0
    deepest: Node | None = None
    """The field that stands right above what is that deep."""
    introspection_depth: int = 0
    aliases: int = 0
    introspection_aliases: int = 0
    directives: int = 0
    repeats: int = 0
    repeated: tuple[str, Node | None] = ("", None)
    root_fields: int = 0
    root_names: set[str] = field(default_factory=set)
    introspects: bool = False
    chain: int = 0
    visited: int = 0

    @property
    def kind(self) -> OperationType | None:
        """None of a fragment."""
        return getattr(self.definition, "operation", None)

    @property
    def name(self) -> str:
        """What it is called in a sentence."""
        own = self.definition.name.value[:100] if self.definition.name else ""
        return f"{'fragment' if self.kind is None else 'operation'} {own}".rstrip()


@dataclass(frozen=True, slots=True)
class Survey:
    """What is known of a document; nothing is added up when its fragments form a cycle."""

    operations: dict[str, Part]
    fragments: dict[str, Part]
    cycle: str | None
    visited: int

    @property
    def bills(self) -> dict[str, Bill]:
        return {name: part.bill for name, part in self.fragments.items()}


def survey(schema: GraphQLSchema, document: DocumentNode, bounds: Bounds) -> Survey:
    """Walk the document once and add up its parts."""
    operations: dict[str, Part] = {}
    fragments: dict[str, Part] = {}
    for number, definition in enumerate(document.definitions):
        if isinstance(definition, FragmentDefinitionNode):
            where, root = fragments, schema.get_type(definition.type_condition.name.value)
        elif isinstance(definition, OperationDefinitionNode):
            where, root = operations, schema.get_root_type(definition.operation)
        else:
            continue
        name = definition.name.value if definition.name else ""
        # Two of one name are an error that validation names; both count until then.
        where[f"{name} {number}" if name in where else name] = _walk(
            schema, definition, root, bounds
        )
    order, cycle = _in_order(fragments)
    parts = [*(fragments[name] for name in order), *operations.values()]
    if cycle is None:
        for part in parts:
            _add_up(part, fragments)
    visited = sum(p.visited for p in [*fragments.values(), *operations.values()])
    return Survey(operations, fragments, cycle, visited)


class _Level(NamedTuple):
    """A selection set still to be walked, and what is known of the place it stands at."""

    selections: Iterable[SelectionNode]
    parent: GraphQLNamedType | None
    bill: Bill
    names: Counter[str]
    level: int
    introspecting: bool


def _walk(
    schema: GraphQLSchema,
    definition: OperationDefinitionNode | FragmentDefinitionNode,
    parent: GraphQLNamedType | None,
    bounds: Bounds,
) -> Part:
    part = Part(definition)
    part.directives = len(definition.directives or ()) + sum(
        len(variable.directives or ()) for variable in definition.variable_definitions or ()
    )
    start = definition.selection_set.selections
    waiting = [_Level(start, parent, part.bill, Counter(), 0, introspecting=False)]
    while waiting:
        here = waiting.pop()
        for node in here.selections:
            part.visited += 1
            part.directives += len(node.directives or ())
            if isinstance(node, FieldNode):
                waiting.extend(_walk_field(part, here, node, bounds))
            elif isinstance(node, FragmentSpreadNode):
                _count(part, here, f"...{node.name.value}", node)
                part.spreads.append(Spread(node.name.value, here.level, here.introspecting))
                if not here.introspecting:
                    here.bill.spreads.append(node.name.value)
            elif isinstance(node, InlineFragmentNode):
                condition = node.type_condition
                inner = schema.get_type(condition.name.value) if condition else here.parent
                waiting.append(
                    here._replace(selections=node.selection_set.selections, parent=inner)
                )
    part.visited += part.asked.visited
    return part


def _walk_field(part: Part, here: _Level, node: FieldNode, bounds: Bounds) -> Iterator[_Level]:
    """Count one field; yield the level below it, if it has one."""
    name = node.name.value
    _count(part, here, node.alias.value if node.alias else name, node)
    part.aliases += node.alias is not None
    if here.level == 0 and name != "__typename":
        part.root_fields += 1
        part.root_names.add(name)
    part.asked.read(node, bounds)
    definition = _definition(here.parent, name)
    bill = here.bill
    introspecting = here.introspecting
    if name in _INTROSPECTION and not introspecting:
        introspecting = part.introspects = True
        bill.fixed += INTROSPECTION_COST
    part.introspection_aliases += introspecting and node.alias is not None
    if definition is not None and not introspecting:
        bill = price(bill, node, definition, bounds)
    if node.selection_set is None:
        return
    # What a connection calls an edge is no level of its own: edges.node counts one.
    below = here.level + (0 if name == "edges" and _is_connection(here.parent) else 1)
    if introspecting:
        part.introspection_depth = max(part.introspection_depth, below)
    elif below > part.depth:
        part.depth, part.deepest = below, node
    named = get_named_type(definition.type) if definition is not None else None
    yield _Level(
        node.selection_set.selections, named, bill, Counter(), below, introspecting=introspecting
    )


def _definition(parent: GraphQLNamedType | None, name: str) -> GraphQLField | None:
    if isinstance(parent, (GraphQLObjectType, GraphQLInterfaceType)):
        found: GraphQLField | None = parent.fields.get(name)
        return found
    return None


def _is_connection(parent: GraphQLNamedType | None) -> bool:
    return isinstance(parent, GraphQLObjectType) and parent.name.endswith("Connection")


def _count(part: Part, here: _Level, response_name: str, node: Node) -> None:
    here.names[response_name] += 1
    if here.names[response_name] > part.repeats:
        part.repeats, part.repeated = here.names[response_name], (response_name, node)


def _in_order(fragments: dict[str, Part]) -> tuple[list[str], str | None]:
    """Fragments so that each comes after those it spreads; the name of one that is in a cycle."""
    order: list[str] = []
    done: set[str] = set()
    for first, part in fragments.items():
        path = [(first, iter(part.spreads))] if first not in done else []
        on_path = {first}
        while path:
            name, spreads = path[-1]
            following = next((s.name for s in spreads if s.name in fragments), None)
            if following is None:
                path.pop()
                on_path.discard(name)
                done.add(name)
                order.append(name)
            elif following in on_path:
                return [], following
            elif following not in done:
                path.append((following, iter(fragments[following].spreads)))
                on_path.add(following)
    return order, None


def _add_up(part: Part, fragments: dict[str, Part]) -> None:
    for name, level, introspecting in part.spreads:
        part.visited += 1
        other = fragments.get(name)
        if other is None:
            continue
        if introspecting:
            below = level + max(other.depth, other.introspection_depth)
            part.introspection_depth = max(part.introspection_depth, below)
            part.introspection_aliases += other.aliases
        else:
            if level + other.depth > part.depth:
                part.depth, part.deepest = level + other.depth, other.deepest
            below = level + other.introspection_depth if other.introspection_depth else 0
            part.introspection_depth = max(part.introspection_depth, below)
            part.introspection_aliases += other.introspection_aliases
        part.aliases += other.aliases
        part.directives += other.directives
        part.introspects |= other.introspects
        part.chain = max(part.chain, other.chain + 1)
        part.asked.page_variables |= other.asked.page_variables
        if level == 0:
            part.root_fields += other.root_fields
            part.root_names |= other.root_names
            part.bill.by_page |= other.bill.by_page
