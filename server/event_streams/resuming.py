"""Where a stream is resumed: clients that were cut off send the last `id` they heard."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from graphql import FieldNode, VariableNode, get_operation_ast

from server.errors import Code, refusal
from server.operations import Operation


@dataclass(frozen=True, slots=True)
class Resumable:
    """The field that is followed, by its name in the answer, and the variable for its `since`."""

    field: str
    variable: str


def resumable(operation: Operation) -> Resumable | None:
    """How the operation can be resumed; None where it takes no cursor by a variable."""
    return next(_found(operation), None)


def resumed(operation: Operation, last_event_id: str | None) -> Operation:
    """The operation from after the last event that was heard, if any. Raises Refusal (400)."""
    if not last_event_id:
        return operation
    how = resumable(operation)
    if how is None:
        raise refusal(
            400, Code.BAD_REQUEST, "To be resumed by Last-Event-ID, give `since` by a variable."
        )
    return replace(operation, variables={**operation.variables, how.variable: last_event_id})


def _found(operation: Operation) -> Iterator[Resumable]:
    definition = get_operation_ast(operation.document, operation.name)
    for node in definition.selection_set.selections if definition else ():
        if not isinstance(node, FieldNode):
            continue
        for argument in node.arguments or ():
            if argument.name.value == "since" and isinstance(argument.value, VariableNode):
                named = node.alias or node.name
                yield Resumable(named.value, argument.value.name.value)
