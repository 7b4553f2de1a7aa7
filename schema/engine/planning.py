"""From a document to a plan: which levels there are, and what each reads and loads.

A plan holds for one operation of one document, and for one answer to its `@include` and `@skip`.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graphql import (
    GraphQLAbstractType,
    GraphQLError,
    GraphQLField,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    OperationDefinitionNode,
    is_abstract_type,
    is_leaf_type,
    is_non_null_type,
)
from graphql.execution.collect_fields import (
    FieldDetailsList,
    FragmentDetails,
    collect_fields,
    collect_subfields,
)
from graphql.execution.values import VariableValues

from .arguments import Call
from .building import Building
from .inrow import from_rows, inline, needs_of, typename
from .joins import join_of, level_joined
from .lacking import without_origin
from .levels import Field, Level
from .loads import Called, Keyed
from .origins import (
    ORIGIN,
    ByKey,
    Column,
    Computed,
    Made,
    OfParents,
    Origin,
    Read,
    Reads,
    read_together,
)
from .reads import read_below, reads_of
from .shapes import EitherShape, LeafShape, ListShape, Place, RowShape, Shape

INTROSPECTION = ("__schema", "__type")


class NotPlanned(Exception):
    """graphql-core runs this operation; says why."""


@dataclass(frozen=True, slots=True)
class RootField:
    """A field of the operation itself: resolved once, its value completed."""

    key: str
    definition: GraphQLField
    details: FieldDetailsList
    call: Call
    shape: Shape
    reads: Reads
    """What is read of the rows that it gives."""


class Planned:
    """How much is planned, by fields; a level counts as one more, and so do each 500 characters of
    the keys in it."""

    __slots__ = ("size",)

    def __init__(self) -> None:
        self.size = 0

    def add(self, level: Collection[str]) -> None:
        self.size += 1 + len(level) + sum(map(len, level)) // 500


@dataclass(frozen=True, slots=True)
class Plan:
    """What an operation does: its fields, of which one that is a string is a `__typename` of the
    root, by the key that it has in the answer."""

    root: GraphQLObjectType
    fields: Sequence[RootField | str]
    planned: Planned
    """Grows as the plan is run: the levels of an interface are planned when rows of them come."""


class Planner:
    """Plans one operation."""

    def __init__(
        self,
        schema: GraphQLSchema,
        operation: OperationDefinitionNode,
        fragments: Mapping[str, FragmentDetails],
        conditions: Mapping[str, Any],
    ) -> None:
        """`conditions` are the values of the variables that decide what is included: no others, for
        the plan keeps them."""
        self._schema = schema
        self._operation = operation
        self._fragments = dict(fragments)
        self._variables = VariableValues({}, dict(conditions))
        self._planned = Planned()

    def plan(self) -> Plan:
        """The whole of it. Raises NotPlanned."""
        root = self._schema.get_root_type(self._operation.operation)
        if root is None:
            raise NotPlanned("the schema has no such operation")
        if any(fragment.variable_signatures for fragment in self._fragments.values()):
            raise NotPlanned("a fragment has variables of its own")
        selected = self._operation.selection_set
        if name := without_origin(self._schema, self._fragments, root, selected):
            raise NotPlanned(f"{name} is resolved one by one")
        grouped = collect_fields(
            self._schema, self._fragments, self._variables, root, self._operation
        ).grouped_field_set
        self._planned.add(grouped)
        fields = [self._root_field(root, key, found) for key, found in grouped.items()]
        return Plan(root, fields, self._planned)

    def _root_field(
        self, root: GraphQLObjectType, key: str, details: FieldDetailsList
    ) -> RootField | str:
        name = details[0].node.name.value
        if name in INTROSPECTION:
            raise NotPlanned("introspection")
        if name == "__typename":
            return key
        definition = root.fields[name]
        shape = self._shape(root, definition, details)
        call = Call(definition, details[0].node)
        return RootField(key, definition, details, call, shape, reads_of(shape))

    def _shape(
        self, parent: GraphQLObjectType, definition: GraphQLField, details: FieldDetailsList
    ) -> Shape:
        nodes = [one.node for one in details]
        place = Place(f"{parent.name}.{nodes[0].name.value}", nodes)
        return self._of_type(definition.type, details, place)

    def _of_type(self, kind: GraphQLOutputType, details: FieldDetailsList, place: Place) -> Shape:
        required = is_non_null_type(kind)
        if isinstance(kind, GraphQLNonNull):
            kind = kind.of_type
        if isinstance(kind, GraphQLList):
            item = self._of_type(kind.of_type, details, place)
            return ListShape(item, place, required=required)
        if is_leaf_type(kind):
            return LeafShape(kind, place, required=required)
        if is_abstract_type(kind):
            return EitherShape(self._levels(kind, details), place, required=required)
        assert isinstance(kind, GraphQLObjectType)
        return RowShape(self._level(kind, details), place, required=required)

    def _levels(
        self, kind: GraphQLAbstractType, details: FieldDetailsList
    ) -> Callable[[str], Level]:
        """What plans the level of one of its types. That raises GraphQLError for any other."""
        kinds = {possible.name: possible for possible in self._schema.get_possible_types(kind)}

        def level(name: str) -> Level:
            if name not in kinds:
                raise GraphQLError(_not_of(self._schema, kind, name))
            return self._level(kinds[name], details)

        return level

    def _level(self, kind: GraphQLObjectType, details: FieldDetailsList) -> Level:
        grouped = collect_subfields(
            self._schema, self._fragments, self._variables, self._operation, kind, details
        ).grouped_field_set
        self._planned.add(grouped)
        fields: list[Field] = []
        reads: list[Read] = []
        for key, found in grouped.items():
            field, read = self._field(kind, key, found)
            fields.append(field)
            reads.append(read)
        read = read_together(reads)
        joined = {join.by for join in read.joins}
        joins = [field for field in fields if isinstance(field, Keyed)
                 and field.origin.by in joined and level_joined(field)]  # fmt: skip
        return Level(kind.name, fields, read, Building(fields, joins).of, joins)

    def _field(
        self, kind: GraphQLObjectType, key: str, details: FieldDetailsList
    ) -> tuple[Field, Read]:
        """The field, and what it reads of its row."""
        name = details[0].node.name.value
        if name == "__typename":
            return typename(kind, key, [one.node for one in details]), Read(())
        definition = kind.fields[name]
        shape = self._shape(kind, definition, details)
        origin: Origin = definition.extensions[ORIGIN]
        match origin:
            case ByKey():
                return _keyed(Keyed(key, shape, origin, read_below(shape)))
            case OfParents():
                share = None if definition.args else origin.share
                reads = reads_of(shape) if share is None else {}  # others may read more of it
                call = self._resolver(kind, definition, details, reads)
                called = Called(key, shape, call, share=share, pick=origin.pick)
                return called, Read(origin.needs)
            case Column() | Made() | Computed() if isinstance(shape, LeafShape):
                return inline(key, origin, shape), Read(needs_of(origin))
            case _:
                called = Called(key, shape, from_rows(origin), in_row=True)
                return called, Read(needs_of(origin))

    def _resolver(
        self, kind: GraphQLObjectType, definition: GraphQLField, details: FieldDetailsList,
        reads: Reads,
    ) -> Callable[[Any, Any], Awaitable[Sequence[Any]]]:  # fmt: skip
        """What calls the field's resolver with all parents."""
        call = Call(definition, details[0].node)

        def called(run: Any, parents: Any) -> Awaitable[Sequence[Any]]:
            run.announce(reads)
            info = run.info(kind, definition, details, None)
            told: Awaitable[Sequence[Any]] = call(parents, info)
            return told

        return called


def _keyed(field: Keyed) -> tuple[Keyed, Read]:
    """The field, and what it reads of its row: its key, or the row of that key joined to it."""
    level = level_joined(field)
    return field, Read((field.origin.by,)) if level is None else Read((), (join_of(field, level),))


def _not_of(schema: GraphQLSchema, kind: GraphQLAbstractType, name: str) -> str:
    """What is wrong with a row of that type, in graphql-core's words."""
    found = schema.get_type(name)
    if found is None:
        return (
            f"Abstract type '{kind}' was resolved to a type '{name}' that does not exist inside"
            " the schema."
        )
    if not isinstance(found, GraphQLObjectType):
        return f"Abstract type '{kind}' was resolved to a non-object type '{name}'."
    return f"Runtime Object type '{name}' is not a possible type for '{kind}'."
