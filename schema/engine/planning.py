"""From a document to a plan: which levels there are, and what each reads and loads.

A plan holds for one operation of one document, and for one answer to its `@include` and `@skip`.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from graphql import (
    FieldNode,
    GraphQLAbstractType,
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

from schema.engine.arguments import Call
from schema.engine.joins import join_of, level_joined
from schema.engine.leaves import AS_IT_IS, QUICK
from schema.engine.levels import Field, Inline, Level
from schema.engine.loads import Called, Keyed, Reads, read_of
from schema.engine.origins import (
    ORIGIN,
    ByKey,
    Column,
    Columns,
    Computed,
    Made,
    OfParents,
    Origin,
    Read,
    Row,
)
from schema.engine.reads import read_below, reads_of
from schema.engine.shapes import EitherShape, LeafShape, ListShape, Place, RowShape, Shape
from schema.engine.source import builder

InRow = Column | Made | Computed
"""What is told by the row alone."""

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
    """How much is planned, by fields; a level counts as one more."""

    __slots__ = ("size",)

    def __init__(self) -> None:
        self.size = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """What an operation does; a field that is a text is a key under which its root tells its own
    name."""

    root: GraphQLObjectType
    fields: Sequence[RootField | str]
    planned: Planned
    """Which grows: the levels of an interface are planned when rows of them come."""


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
        grouped = collect_fields(
            self._schema, self._fragments, self._variables, root, self._operation
        ).grouped_field_set
        self._planned.size += 1 + len(grouped)
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
        """What plans the level of one of its types. Raises NotPlanned if any of them cannot be."""
        kinds = {possible.name: possible for possible in self._schema.get_possible_types(kind)}
        for name in _incomplete(self._schema) & kinds.keys():
            raise NotPlanned(f"{kind.name} may be {name}, of which a field is resolved one by one")
        return lambda name: self._level(kinds[name], details)

    def _level(self, kind: GraphQLObjectType, details: FieldDetailsList) -> Level:
        grouped = collect_subfields(
            self._schema, self._fragments, self._variables, self._operation, kind, details
        ).grouped_field_set
        self._planned.size += 1 + len(grouped)
        fields: list[Field] = []
        reads: list[Read] = []
        for key, found in grouped.items():
            field, read = self._field(kind, key, found)
            fields.append(field)
            reads.append(read)
        read = read_of(reads)
        joined = {join.by for join in read.joins}
        joins = [field for field in fields if isinstance(field, Keyed)
                 and field.origin.by in joined and level_joined(field)]  # fmt: skip
        built = builder(fields, joins) if joins else None
        return Level(kind.name, fields, read, builder(fields), joins, built)

    def _field(
        self, kind: GraphQLObjectType, key: str, details: FieldDetailsList
    ) -> tuple[Field, Read]:
        """The field, and what it reads of its row."""
        name = details[0].node.name.value
        if name == "__typename":
            return _typename(kind, key, [one.node for one in details]), Read(())
        definition = kind.fields[name]
        shape = self._shape(kind, definition, details)
        match origin := _origin(kind, name, definition):
            case ByKey():
                return _keyed(Keyed(key, shape, origin, read_below(shape)))
            case OfParents():
                share = None if definition.args else origin.share
                reads = reads_of(shape) if share is None else {}  # others may read more of it
                call = self._resolver(kind, definition, details, reads)
                called = Called(key, shape, call, share=share, pick=origin.pick)
                return called, Read(origin.needs)
            case Column() | Made() | Computed() if isinstance(shape, LeafShape):
                return _inline(key, origin, shape), Read(_needs(origin))
            case _:
                called = Called(key, shape, _from_rows(origin), in_row=True)
                return called, Read(_needs(origin))

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


def _origin(kind: GraphQLObjectType, name: str, definition: GraphQLField) -> Origin:
    origin: Origin | None = definition.extensions.get(ORIGIN)
    if origin is None:
        raise NotPlanned(f"{kind.name}.{name} is resolved one by one")
    return origin


@lru_cache(maxsize=8)
def _incomplete(schema: GraphQLSchema) -> frozenset[str]:
    """The types of which some field has no origin."""
    return frozenset(
        kind.name
        for kind in schema.type_map.values()
        if isinstance(kind, GraphQLObjectType)
        and any(ORIGIN not in field.extensions for field in kind.fields.values())
    )


def _typename(kind: GraphQLObjectType, key: str, nodes: list[FieldNode]) -> Inline:
    name = kind.name
    return Inline(key, lambda _: name, str, True, Place(f"{name}.__typename", nodes), always=name)


def _inline(key: str, origin: InRow, shape: LeafShape) -> Inline:
    inline = Inline(key, _reader(origin), shape.write, shape.required, shape.place,
                    as_it_is=AS_IT_IS.get(shape.kind),
                    quick=shape.kind.extensions.get(QUICK))  # fmt: skip
    if not isinstance(origin, Computed):
        (inline.column,) = _needs(origin) or ()
        if isinstance(origin, Made):
            inline.make, inline.code = origin.make, origin.code
    return inline


def _reader(origin: InRow) -> Callable[[Row], Any]:
    match origin:
        case Computed():
            return origin.read
        case Made(column, make, _):
            return lambda row: make(row[column])
        case Column(name):
            return lambda row: row[name]


def _needs(origin: InRow) -> Columns:
    match origin:
        case Computed():
            return origin.needs
        case Made(column, _, _) | Column(column):
            return (column,)


def _from_rows(origin: InRow) -> Callable[[Any, Any], Awaitable[Sequence[Any]]]:
    """Objects and lists that stand in the row itself, or are made from it."""
    read = _reader(origin)

    async def values(_run: Any, parents: Sequence[Row]) -> list[Any]:
        found: list[Any] = []
        for row in parents:
            try:
                found.append(read(row))
            except Exception as error:  # noqa: BLE001  (it is the field's, of this row)
                found.append(error)
        return found

    return values
