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
    VariableNode,
    Visitor,
    visit,
)

from schema.engine.planning import NotPlanned, Plan, Planner
from schema.engine.run import Run

FellBack = Callable[[str | None, str], None]
"""Hears of an operation that graphql-core ran: its name, and why."""


_ANSWERS = 64
"""How many plans of one operation are kept; no honest client has so many."""


@dataclass(slots=True)
class _Planned:
    """An operation with its plans, one for each answer to its conditions."""

    conditions: tuple[str, ...]
    """The variables that decide what is included."""
    plans: dict[tuple[Any, ...], Plan | NotPlanned]


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
        self._planned: OrderedDict[tuple[int, int, str | None], tuple[Any, _Planned]] = (
            OrderedDict()
        )

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
        executor = Executor.build(
            schema, document, root_value=root, context_value=context,
            raw_variable_values=dict(variables), operation_name=operation_name,
        )  # fmt: skip
        if not isinstance(executor, Executor):
            return ExecutionResult(None, errors=list(executor))
        plan = self._plan(schema, document, operation_name, executor)
        if isinstance(plan, NotPlanned):
            self._fell_back(operation_name, str(plan))
            result: Any = executor.execute_operation()
            return await result if isawaitable(result) else result  # type: ignore[no-any-return]
        run = Run(schema, executor.operation, executor.fragments, executor.variable_values,
                  context, root)  # fmt: skip
        return await run.result(plan)

    def _plan(
        self,
        schema: GraphQLSchema,
        document: DocumentNode,
        name: str | None,
        executor: Executor[Any],
    ) -> Plan | NotPlanned:
        # Identity is enough, and holds: what is kept keeps the document and the schema alive.
        key = (id(schema), id(document), name)
        kept = self._planned.get(key)
        if kept is None:
            kept = (schema, document), _Planned(_conditions(document), {})
            self._planned[key] = kept
            if len(self._planned) > self._size:
                self._planned.popitem(last=False)
        else:
            self._planned.move_to_end(key)
        planned = kept[1]
        values = executor.variable_values.coerced
        answers = tuple(values.get(condition) for condition in planned.conditions)
        plan = planned.plans.get(answers)
        if plan is None:
            if len(planned.plans) >= _ANSWERS:
                planned.plans.clear()
            plan = planned.plans[answers] = self._new_plan(schema, executor)
        return plan

    def _new_plan(self, schema: GraphQLSchema, executor: Executor[Any]) -> Plan | NotPlanned:
        if not self._plans:
            return NotPlanned("the engine is switched off")
        planner = Planner(schema, executor.operation, executor.fragments, executor.variable_values)
        try:
            return planner.plan()
        except NotPlanned as why:
            return why


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
