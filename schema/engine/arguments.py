"""What a field is called with."""

from typing import Any

from graphql import BREAK, FieldNode, GraphQLField, Visitor, visit
from graphql.execution.values import VariableValues, get_argument_values


class Arguments:
    """A field's arguments; where no variable stands in them they are read once for all calls."""

    __slots__ = ("_definition", "_fixed", "_node", "_read")

    def __init__(self, definition: GraphQLField, node: FieldNode) -> None:
        self._definition = definition
        self._node = node
        self._fixed = not _names_variables(node)
        self._read: dict[str, Any] | None = None if definition.args else {}

    def of(self, variables: VariableValues) -> dict[str, Any]:
        """Their values. Raises GraphQLError for one that its type does not take."""
        if self._read is not None:
            return self._read
        values = get_argument_values(self._definition, self._node, variables)
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
