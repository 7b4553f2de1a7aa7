"""What a field's resolver is called with: arguments, made once where no variable stands in them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from graphql import BREAK, FieldNode, GraphQLField, Visitor, visit
from graphql.execution.values import VariableValues, get_argument_values

CALLING = "engine-calling"
"""Where a field's `extensions` have its Calling, if it has one."""


@dataclass(frozen=True, slots=True)
class Calling:
    """A field's resolver in the place of graphql-core's, and what makes the arguments that it takes
    of those that graphql-core reads. They may serve several calls, so nobody may change them."""

    convert: Callable[[dict[str, Any]], dict[str, Any]]
    resolve: Callable[..., Any]


class Call:
    """A field's resolver with its arguments; where no variable stands in them they are read once
    for all calls."""

    __slots__ = ("_calling", "_definition", "_fixed", "_node", "_read")

    def __init__(self, definition: GraphQLField, node: FieldNode) -> None:
        self._definition = definition
        self._node = node
        self._fixed = not _names_variables(node)
        self._read: dict[str, Any] | None = None if definition.args else {}
        self._calling: Calling | None = definition.extensions.get(CALLING)

    def __call__(self, parent: Any, info: Any) -> Any:
        """What the resolver gives. Raises GraphQLError for an argument that its type does not
        take, and what the resolver raises."""
        resolve = self._definition.resolve if self._calling is None else self._calling.resolve
        assert resolve is not None
        return resolve(parent, info, **self._arguments(info.variable_values))

    def _arguments(self, variables: VariableValues) -> dict[str, Any]:
        if self._read is not None:
            return self._read
        values = get_argument_values(self._definition, self._node, variables)
        if self._calling is not None:
            values = self._calling.convert(values)
        if self._fixed:
            self._read = values
        return values


class _Variables(Visitor):
    found = False

    def enter_variable(self, *_: Any) -> Any:
        self.found = True
        return BREAK


def _names_variables(node: FieldNode) -> bool:
    variables = _Variables()
    for argument in node.arguments or ():
        visit(argument, variables)
    return variables.found
