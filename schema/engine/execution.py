"""The door of the engine: runs an operation by its plan, or leaves it to graphql-core."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from inspect import isawaitable
from typing import Any

from graphql import (
    DocumentNode,
    ExecutionResult,
    Executor,
    GraphQLIncludeDirective,
    GraphQLSchema,
    GraphQLSkipDirective,
    OperationDefinitionNode,
    VariableNode,
    Visitor,
    visit,
)
from graphql.execution.collect_fields import FragmentDetails
from graphql.execution.values import VariableValues, get_variable_values

from .planning import NotPlanned, Plan, Planner
from .run import Run
from .shelf import Shelf

FellBack = Callable[[str | None, str], None]
"""Hears of an operation that graphql-core ran: its name, and why."""

Keeps = Callable[[DocumentNode, Any], bool]
"""Whether it is worth keeping what a context asks for by a document."""

_CONDITIONAL = (GraphQLIncludeDirective.name, GraphQLSkipDirective.name)

_FIELD = 5
"""What a planned field weighs, by the nodes of a document."""


@dataclass(frozen=True, slots=True)
class _Operation:
    """An operation of a document, and the schema that it is asked of: `of` keeps both alive.

    It weighs as much as the document has nodes, and one for a hundred characters: a text may be
    long.
    """

    of: tuple[GraphQLSchema, DocumentNode]
    definition: OperationDefinitionNode
    fragments: Mapping[str, FragmentDetails]
    conditions: tuple[str, ...]
    """The variables that decide what is included."""
    weight: int

    @property
    def name(self) -> str | None:
        """Its own, whether or not it was asked for by that."""
        return self.definition.name.value if self.definition.name else None

    def values(self, given: Mapping[str, Any]) -> Any:
        """The variables' values, or errors."""
        schema, _ = self.of
        return get_variable_values(schema, self.definition.variable_definitions or (), dict(given))

    def answers(self, variables: VariableValues) -> tuple[Any, ...]:
        """What the variables say to its conditions."""
        return tuple(map(variables.coerced.get, self.conditions))


_OperationKey = Hashable
"""Which operation it is: the schema, the document, and the name by which it was asked for."""

_PlanKey = tuple[_OperationKey, tuple[Any, ...]]
"""What a plan holds for: an operation, and one answer to its conditions."""

_Kept = tuple[_Operation, Plan | str | None]
"""Under an operation's key the operation and None, for its conditions are asked of it first; under
a plan's key the operation again, and its plan or why it has none."""


class Engine:
    """Plans operations, keeps the plans of those run last, and runs them."""

    def __init__(
        self, fell_back: FellBack = lambda _name, _why: None, *,
        keeps: Keeps = lambda _document, _context: True, most: int = 100_000, plans: bool = True,
    ) -> None:  # fmt: skip
        """It keeps as much as `most` nodes of documents weigh, 0.3 KB each; without `plans`
        graphql-core runs all."""
        self._fell_back = fell_back
        self._keeps = keeps
        self._plans = plans
        self.kept: Shelf[_Kept] = Shelf(most)

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
        # Identity is enough, and holds: what is kept keeps the document and the schema alive.
        operation_key = (id(schema), id(document), operation_name)
        operation, _ = self.kept.get(operation_key) or (None, None)
        found: Any = None if operation is None else operation.values(variables)
        if operation is None or isinstance(found, list):  # which says what is wrong
            executor = _executor(schema, document, operation_name, variables, context, root)
            if not isinstance(executor, Executor):
                return ExecutionResult(None, errors=list(executor))
            operation, found = _operation_of(document, executor), executor.variable_values
        key = operation_key, operation.answers(found)
        plan = self._plan(key, operation, context)
        if isinstance(plan, str):
            self._fell_back(operation.name, plan)
            return await _by_core(schema, document, operation_name, variables, context, root)
        size = plan.planned.size
        try:
            run = Run(schema, operation.definition, operation.fragments, found, context, root)
            return await run.result(plan)
        finally:
            if plan.planned.size > size:  # levels of an interface were planned on the way
                self._keep(key, operation, plan, context)

    def _plan(self, key: _PlanKey, operation: _Operation, context: Any) -> Plan | str:
        """Its plan, or why it has none: kept or new, and nothing is awaited in between."""
        _, plan = self.kept.get(key) or (None, None)
        if plan is None:
            _, answers = key
            plan = self._new_plan(operation, answers)
            self._keep(key, operation, plan, context)
        return plan

    def _keep(self, key: _PlanKey, operation: _Operation, plan: Plan | str, context: Any) -> None:
        if self._keeps(operation.of[1], context):
            planned = plan.planned.size * _FIELD if isinstance(plan, Plan) else 0
            operation_key, _ = key
            self.kept.put(operation_key, (operation, None), operation.weight)
            self.kept.put(key, (operation, plan), operation.weight + planned)

    def _new_plan(self, operation: _Operation, answers: Sequence[Any]) -> Plan | str:
        # It stays for other callers: nothing may stand in it, nor in the traceback of why there is
        # none, that only this one said.
        if not self._plans:
            return "the engine is switched off"
        if None in answers:  # an error of each field that it stands at, but for those of no row
            return "a condition is null"
        schema, _ = operation.of
        conditions = dict(zip(operation.conditions, answers, strict=True))
        try:
            return Planner(schema, operation.definition, operation.fragments, conditions).plan()
        except NotPlanned as why:
            return str(why)
        except RecursionError:
            return "its selections are nested too deeply"


def _executor(
    schema: GraphQLSchema, document: DocumentNode, name: str | None,
    variables: Mapping[str, Any], context: Any, root: Any,
) -> Any:  # fmt: skip
    """graphql-core's own executor, or the errors that keep it from running."""
    return Executor.build(
        schema, document, root_value=root, context_value=context,
        raw_variable_values=dict(variables), operation_name=name,
    )  # fmt: skip


async def _by_core(*asked: Any) -> ExecutionResult:
    """The result as graphql-core has it; that it can build an executor was seen before."""
    result: Any = _executor(*asked).execute_operation()
    return await result if isawaitable(result) else result  # type: ignore[no-any-return]


class _Looking(Visitor):
    """Counts a document's nodes, and finds the variables in its conditions."""

    def __init__(self) -> None:
        super().__init__()
        self.nodes = 0
        self.found: dict[str, None] = {}

    def enter(self, *_: Any) -> None:
        self.nodes += 1

    def enter_directive(self, node: Any, *_: Any) -> None:
        self.nodes += 1  # graphql-core calls this in the place of `enter`
        for argument in node.arguments if node.name.value in _CONDITIONAL else ():
            if isinstance(argument.value, VariableNode):
                self.found[argument.value.name.value] = None


def _operation_of(document: DocumentNode, executor: Executor[Any]) -> _Operation:
    """The one that is to be run."""
    looking = _Looking()
    visit(document, looking)
    length = len(document.loc.source.body) if document.loc else 0
    declared = {one.variable.name.value for one in executor.operation.variable_definitions or ()}
    conditions = tuple(name for name in looking.found if name in declared)  # others' are not its
    return _Operation((executor.schema, document), executor.operation, executor.fragments,
                      conditions, looking.nodes + length // 100)  # fmt: skip
