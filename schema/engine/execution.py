"""The door of the engine: runs an operation by its plan, or leaves it to graphql-core."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from inspect import isawaitable
from typing import Any

from graphql import (
    DocumentNode,
    ExecutionResult,
    Executor,
    GraphQLSchema,
    OperationDefinitionNode,
    VariableNode,
    Visitor,
    visit,
)
from graphql.execution.collect_fields import FragmentDetails
from graphql.execution.values import VariableValues, get_variable_values

from schema.engine.planning import NotPlanned, Plan, Planner
from schema.engine.run import Run

FellBack = Callable[[str | None, str], None]
"""Hears of an operation that graphql-core ran: its name, and why."""


_ANSWERS = 64
"""How many plans of one operation are kept; no honest client has so many."""


@dataclass(slots=True)
class _Planned:
    """An operation with its plans, one for each answer to its conditions."""

    of: tuple[GraphQLSchema, DocumentNode]
    operation: OperationDefinitionNode
    fragments: Mapping[str, FragmentDetails]
    conditions: tuple[str, ...]
    """The variables that decide what is included."""
    plans: dict[tuple[Any, ...], Plan | NotPlanned]

    def values(self, schema: GraphQLSchema, given: Mapping[str, Any]) -> Any:
        """The variables' values, or errors."""
        return get_variable_values(schema, self.operation.variable_definitions or (), dict(given))


class Engine:
    """Plans operations, keeps the plans of those run last, and runs them."""

    def __init__(
        self, fell_back: FellBack = lambda _name, _why: None, *, size: int = 500,
        plans: bool = True,
    ) -> None:  # fmt: skip
        """It keeps the plans of `size` operations; without `plans` graphql-core runs them all."""
        self._fell_back = fell_back
        self._plans = plans
        self._size = size
        self._planned: OrderedDict[tuple[int, int, str | None], _Planned] = OrderedDict()

    async def execute(
        self,
        schema: GraphQLSchema,
        document: DocumentNode,
        *,
        variables: Mapping[str, Any],
        operation_name: str | None = None,
        context: Any = None,
        root: Any = None,
    ) -> ExecutionResult:
        """The result of an operation that has been validated; of a subscription, of one event."""
        key = (id(schema), id(document), operation_name)
        kept = self._planned.get(key)
        found: Any = None if kept is None else kept.values(schema, variables)
        if kept is None or isinstance(found, list):  # which says what is wrong
            executor = _executor(schema, document, operation_name, variables, context, root)
            if not isinstance(executor, Executor):
                return ExecutionResult(None, errors=list(executor))
            kept, found = self._keep(key, document, executor), executor.variable_values
        self._planned.move_to_end(key)
        plan = self._plan(schema, kept, found)
        if isinstance(plan, NotPlanned):
            self._fell_back(operation_name, str(plan))
            executor = _executor(schema, document, operation_name, variables, context, root)
            result: Any = executor.execute_operation()
            return await result if isawaitable(result) else result  # type: ignore[no-any-return]
        run = Run(schema, kept.operation, kept.fragments, found, context, root)
        return await run.result(plan)

    def _keep(self, key: Any, document: DocumentNode, executor: Executor[Any]) -> _Planned:
        # Identity is enough, and holds: what is kept keeps the document and the schema alive.
        kept = _Planned((executor.schema, document), executor.operation, executor.fragments,
                        _conditions(document), {})  # fmt: skip
        self._planned[key] = kept
        if len(self._planned) > self._size:
            self._planned.popitem(last=False)
        return kept

    def _plan(
        self, schema: GraphQLSchema, planned: _Planned, variables: VariableValues
    ) -> Plan | NotPlanned:
        answers = tuple(variables.coerced.get(name) for name in planned.conditions)
        plan = planned.plans.get(answers)
        if plan is None:
            if len(planned.plans) >= _ANSWERS:
                planned.plans.clear()
            plan = planned.plans[answers] = self._new_plan(schema, planned, variables)
        return plan

    def _new_plan(
        self, schema: GraphQLSchema, planned: _Planned, variables: VariableValues
    ) -> Plan | NotPlanned:
        if not self._plans:
            return NotPlanned("the engine is switched off")
        try:
            return Planner(schema, planned.operation, planned.fragments, variables).plan()
        except NotPlanned as why:
            return why


def _executor(
    schema: GraphQLSchema, document: DocumentNode, name: str | None,
    variables: Mapping[str, Any], context: Any, root: Any,
) -> Any:  # fmt: skip
    """graphql-core's own, or the errors that keep it from running."""
    return Executor.build(
        schema, document, root_value=root, context_value=context,
        raw_variable_values=dict(variables), operation_name=name,
    )  # fmt: skip


class _Conditions(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, None] = {}

    def enter_directive(self, node: Any, *_: Any) -> None:
        for argument in node.arguments:
            if isinstance(argument.value, VariableNode):
                self.found[argument.value.name.value] = None


def _conditions(document: DocumentNode) -> tuple[str, ...]:
    """The variables that stand in its directives."""
    conditions = _Conditions()
    visit(document, conditions)
    return tuple(conditions.found)
