"""Running a plan: the root's fields one after the other, all below them level by level."""

from collections.abc import Mapping
from dataclasses import dataclass
from inspect import isawaitable
from typing import Any

from graphql import (
    ExecutionResult,
    GraphQLError,
    GraphQLField,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    OperationDefinitionNode,
)
from graphql.execution.collect_fields import FieldDetailsList, FragmentDetails
from graphql.execution.values import VariableValues
from graphql.pyutils import Path

from .faults import BROKEN, Fault
from .origins import Reads
from .planning import Plan, RootField
from .shapes import Completed


@dataclass(slots=True)
class Run:
    """One operation as it runs: what it was called with."""

    schema: GraphQLSchema
    operation: OperationDefinitionNode
    fragments: Mapping[str, FragmentDetails]
    variables: VariableValues
    context: Any
    root: Any

    def info(
        self, parent: GraphQLObjectType, definition: GraphQLField, details: FieldDetailsList,
        path: Path | None,
    ) -> GraphQLResolveInfo[Any]:  # fmt: skip
        """What a resolver is told of its place; the path is a root field's alone."""
        nodes = [one.node for one in details]
        definitions = {name: known.definition for name, known in self.fragments.items()}
        return GraphQLResolveInfo(
            nodes[0].name.value, nodes, definition.type, parent, path or Path(None, "", None),
            self.schema, definitions, self.root, self.operation, self.variables, self.context,
            isawaitable, None, None,  # type: ignore[arg-type]  # nothing here is run in parts
        )  # fmt: skip

    def announce(self, reads: Reads) -> None:
        """Tell a context that has `will_read` what somebody reads of the rows that a resolver is
        now asked for, by the name of their type."""
        will_read = getattr(self.context, "will_read", None)
        if will_read is not None:
            will_read({name: read.admitted(self.context) for name, read in reads.items()})

    async def result(self, plan: Plan) -> ExecutionResult:
        """The answer, null as far up as the schema has it for what failed; once that is all of it,
        nothing further is resolved."""
        data: dict[str, Any] = {}
        faults: list[Fault] = []
        for field in plan.fields:
            if isinstance(field, str):
                data[field] = plan.root.name
                continue
            (value,), wrong = await self._root_field(plan.root, field)
            faults += [fault.below(field.key) for fault in (wrong or {}).get(0, ())]
            if value is BROKEN:
                return ExecutionResult(None, _located(faults))
            data[field.key] = value
        return ExecutionResult(data, _located(faults))

    async def _root_field(self, root: GraphQLObjectType, field: RootField) -> Completed:
        shape = field.shape
        try:
            value = await self._resolved(root, field)
        except Exception as error:  # noqa: BLE001  (a resolver's fault is the field's)
            return shape.settled(([BROKEN], {0: [shape.place.fault(error)]}))
        return shape.settled(await shape.complete([value], self))

    async def _resolved(self, root: GraphQLObjectType, field: RootField) -> Any:
        info = self.info(root, field.definition, field.details, Path(None, field.key, root.name))
        self.announce(field.reads)
        value = field.call(self.root, info)
        return await value if isawaitable(value) else value


def _located(faults: list[Fault]) -> list[GraphQLError] | None:
    return [fault.located() for fault in faults] or None
