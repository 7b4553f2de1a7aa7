"""One operation, from its parameters to its answer; the same for HTTP and for sockets."""

import asyncio
import time
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import orjson
from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    OperationDefinitionNode,
    OperationType,
)
from graphql.execution import get_variable_values

from models.errors import PracticeError
from server.documents import prepare
from server.doors import Call, Door, Stream, Together, Write
from server.errors import Code, Refusal, as_refusal, cause_of, coded, mask, present
from server.graphql_requests import GraphQLRequest
from server.limits import cost, wrong_in
from server.metrics import OPERATION_COST, OPERATIONS, SECONDS
from server.sign_ins import FIELDS, account_in

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation that may be run, what it costs, and the account it tries to sign in, if any."""

    document: DocumentNode
    kind: OperationType
    name: str | None
    variables: dict[str, Any]
    cost: int
    cost_limit: int
    signs_in: str | None = None

    @property
    def extensions(self) -> dict[str, Any]:
        """What every answer carries besides its data."""
        return {"cost": {"points": self.cost, "limit": self.cost_limit}}


def choose(door: Door, request: GraphQLRequest, call: Call) -> Operation:
    """Find the operation and weigh it. Raises Refusal: bad document, variables, or too costly."""
    known = door.open_house or call.viewer is not None
    prepared = prepare(
        door.schema,
        request.text,
        bounds=door.bounds,
        trusted=request.trusted,
        hide_suggestions=not known,
    )
    if prepared.document is None or prepared.analysis is None or prepared.errors:
        raise Refusal(400, prepared.errors, well_formed=True)
    definition = _named(prepared.document, request.operation_name)
    part = prepared.analysis.operations[definition.name.value if definition.name else ""]
    if part.introspects and not known:
        raise _refused("Sign in to ask about the schema.", Code.INTROSPECTION_CLOSED)
    found = get_variable_values(
        door.schema,
        definition.variable_definitions or (),
        request.variables,
        max_errors=10,
        hide_suggestions=not known,
    )
    if isinstance(found, list):
        raise Refusal(400, [_about_variables(error) for error in found], well_formed=True)
    wrong = list(wrong_in(found.coerced, part.asked.page_variables, door.bounds))
    if wrong:
        raise Refusal(400, wrong, well_formed=True)
    points = cost(prepared.analysis, part, found.coerced)
    if points > door.bounds.cost:
        raise _refused(
            f"The operation costs {points:,} points; at most {door.bounds.cost:,} are allowed."
            " Ask for smaller pages or fewer fields.",
            Code.TOO_COMPLEX,
            cost={"points": points, "limit": door.bounds.cost},
        )
    return Operation(
        prepared.document,
        definition.operation,
        request.operation_name,
        request.variables,
        points,
        door.bounds.cost,
        account_in(door.schema, prepared.document, definition, found)
        if part.kind is OperationType.MUTATION and FIELDS & part.root_names
        else None,
    )


async def pay(door: Door, operation: Operation, call: Call) -> None:
    """Take the operation's points from the caller's budget. Raises Refusal (429)."""
    OPERATION_COST.labels(door.name).observe(operation.cost)
    try:
        await door.budget.spend(call.payer, max(operation.cost, 1))
        if operation.signs_in is not None:
            await door.sign_ins.attempt(operation.signs_in, call.address)
    except PracticeError as error:
        OPERATIONS.labels(door.name, operation.kind.value, "THROTTLED").inc()
        raise as_refusal(error) from None


async def answer(door: Door, operation: Operation, call: Call) -> dict[str, Any]:
    """Run a query or a mutation; whatever happens, the answer is a GraphQL response.

    A mutation that was begun comes to its end, also when who asked for it goes or is sent away.
    """
    if operation.kind is OperationType.MUTATION:
        return await _to_its_end(_answer(door, operation, call))
    return await _answer(door, operation, call)


async def _to_its_end(work: Coroutine[Any, Any, T]) -> T:
    """What the work comes to. Who waits for it may be cut off; then they wait until it is done."""
    task = asyncio.create_task(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise


async def _answer(door: Door, operation: Operation, call: Call) -> dict[str, Any]:
    began = time.perf_counter()
    deadline = asyncio.timeout(door.bounds.deadline_seconds)
    try:
        async with deadline:
            result = await door.execute(
                operation.document,
                variables=operation.variables,
                operation_name=operation.name,
                call=call,
            )
    except (Exception, asyncio.CancelledError) as fault:  # a fault of ours is an answer too
        if isinstance(fault, asyncio.CancelledError) and _is_sent_away():
            raise
        late = isinstance(fault, TimeoutError) and deadline.expired()
        result = ExecutionResult(None, [_too_late(door) if late else _located(fault)])
    if operation.signs_in is not None and call.session_token:
        door.sign_ins.succeeded(operation.signs_in, call.address)
    response = told(result, operation, call.request_id)
    errors = response.get("errors")
    outcome = errors[0]["extensions"].get("code", "ERROR") if errors else "OK"
    OPERATIONS.labels(door.name, operation.kind.value, outcome).inc()
    SECONDS.labels(door.name, operation.kind.value).observe(time.perf_counter() - began)
    return response


def _is_sent_away() -> bool:
    """Whether it is this task that is to end, and not just something that it waited for."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


async def open_stream(door: Door, operation: Operation, call: Call) -> Stream:
    """Open a subscription's stream. Raises Refusal when it cannot be opened."""
    deadline = asyncio.timeout(door.bounds.deadline_seconds)
    try:
        async with deadline:
            opened = await door.subscribe(
                operation.document,
                variables=operation.variables,
                operation_name=operation.name,
                call=call,
            )
    except Exception as fault:
        late = isinstance(fault, TimeoutError) and deadline.expired()
        raise Refusal(200, [_too_late(door) if late else _located(fault)]) from fault
    if isinstance(opened, ExecutionResult):
        raise Refusal(200, opened.errors or [], well_formed=True)
    if isinstance(opened, Together):
        return opened.stream(_writing(operation, call.request_id), call.push)
    return opened


def _writing(operation: Operation, request_id: str) -> Write:
    """How results are written for all who share them. It outlives whoever came first, so it keeps
    what they asked and under which id, never the call, which has their token and their socket."""
    return lambda result: encode(told(result, operation, request_id), request_id)


def told(result: ExecutionResult, operation: Operation, request_id: str) -> dict[str, Any]:
    """The response to a result: errors presented, the cost among the extensions."""
    response: dict[str, Any] = {"data": result.data}
    if result.errors:
        response["errors"] = present(result.errors, request_id)
    response["extensions"] = {**(result.extensions or {}), **operation.extensions}
    return response


def refused(reason: Refusal, request_id: str) -> dict[str, Any]:
    """The response to a request that was not run: it has no `data`."""
    response: dict[str, Any] = {"errors": present(reason.errors, request_id)}
    costs = [e["extensions"].pop("cost") for e in response["errors"] if "cost" in e["extensions"]]
    response["extensions"] = {"cost": costs[0] if costs else {"points": 0}}
    return response


def encode(response: Mapping[str, Any], request_id: str) -> bytes:
    """JSON bytes; data that JSON cannot carry is a fault of ours like any other."""
    try:
        return orjson.dumps(response)
    except (TypeError, ValueError) as fault:
        errors = present([mask(fault, request_id)], request_id)
        return orjson.dumps({"data": None, "errors": errors})


def _named(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    operations = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]
    if name is None:
        if len(operations) == 1:
            return operations[0]
        raise _refused(
            "The document has several operations: say by `operationName` which is meant."
            if operations
            else "The document has no operation.",
            Code.OPERATION_NOT_FOUND,
        )
    for operation in operations:
        if operation.name and operation.name.value == name:
            return operation
    raise _refused(f"The document has no operation {name[:100]!a}.", Code.OPERATION_NOT_FOUND)


def _about_variables(error: GraphQLError) -> GraphQLError:
    """Shown when graphql-core or a scalar of ours said it; Python's own words are not."""
    cause = cause_of(error)
    if isinstance(cause, GraphQLError):
        return coded(error.message, Code.BAD_INPUT, error.nodes)
    name = error.message.partition("'")[2].partition("'")[0]
    said = cause.message if isinstance(cause, PracticeError) else "its value cannot be read."
    return coded(f"Variable '{name}' is not taken: {said}", Code.BAD_INPUT, error.nodes)


def _refused(message: str, code: Code, **more: Any) -> Refusal:
    return Refusal(400, [coded(message, code, **more)], well_formed=True)


def _too_late(door: Door) -> GraphQLError:
    return coded(
        f"This took longer than {door.bounds.deadline_seconds:g} s and was stopped."
        " If it was to change something, look before trying again.",
        Code.DEADLINE_EXCEEDED,
    )


def _located(fault: BaseException) -> GraphQLError:
    if isinstance(fault, GraphQLError):
        return fault
    cause = fault if isinstance(fault, Exception) else RuntimeError(repr(fault))
    return GraphQLError(str(cause), original_error=cause)
