"""What goes wrong, as it is told outside: a sentence, a stable code, the request's id.

Refusals of the practice (`PracticeError`) and of this server (`Refusal`) are told as they are.
Anything else is a fault of ours: masked, and logged with its trace under the request's id.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

import structlog
from graphql import FieldNode, GraphQLError
from graphql.language import ValueNode
from graphql.validation.validate import ValidationAbortedError

from models.errors import Overloaded, PracticeError, Unavailable

log = structlog.get_logger("openpractice.errors")

MASK = "Something went wrong on our side."
LONGEST_MESSAGE = 500


class Code(StrEnum):
    """Every code this server gives itself; those of the practice are in models/errors.py."""

    BAD_REQUEST = "BAD_REQUEST"
    BAD_INPUT = "BAD_INPUT"
    BATCHING_REFUSED = "BATCHING_REFUSED"
    BODY_TOO_LARGE = "BODY_TOO_LARGE"
    BODY_TOO_SLOW = "BODY_TOO_SLOW"
    CSRF_REFUSED = "CSRF_REFUSED"
    DEADLINE_EXCEEDED = "DEADLINE_EXCEEDED"
    DOCUMENT_NOT_FOUND = "PERSISTED_QUERY_NOT_FOUND"
    DOCUMENT_REQUIRED = "PERSISTED_QUERY_REQUIRED"
    INTERNAL = "INTERNAL"
    INTROSPECTION_CLOSED = "INTROSPECTION_CLOSED"
    METHOD_NOT_ALLOWED = "METHOD_NOT_ALLOWED"
    NOT_ACCEPTABLE = "NOT_ACCEPTABLE"
    OPERATION_NOT_FOUND = "OPERATION_NOT_FOUND"
    PARSE_FAILED = "GRAPHQL_PARSE_FAILED"
    THROTTLED = "THROTTLED"
    TOO_COMPLEX = "TOO_COMPLEX"
    TOO_MANY_OPERATIONS = "TOO_MANY_OPERATIONS"
    UNAUTHENTICATED = "UNAUTHENTICATED"
    UNSUPPORTED_MEDIA_TYPE = "UNSUPPORTED_MEDIA_TYPE"
    USE_A_SOCKET = "USE_A_SOCKET"
    VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED"


class Refusal(Exception):
    """A request answered without being run.

    `well_formed` says that it was a proper GraphQL request whose content was refused: clients
    that ask for plain `application/json` then get status 200, as GraphQL over HTTP wants it.
    """

    def __init__(
        self,
        status: int,
        errors: Iterable[GraphQLError],
        *,
        headers: Mapping[str, str] | None = None,
        well_formed: bool = False,
    ) -> None:
        self.status = status
        self.errors = list(errors)
        self.headers = dict(headers or {})
        self.well_formed = well_formed
        super().__init__("; ".join(error.message for error in self.errors))


class Throttled(PracticeError):
    """Too much was asked in a short time; `retry_after` is in seconds."""

    code = Code.THROTTLED

    def __init__(self, retry_after: float) -> None:
        self.retry_after = max(retry_after, 0.001)
        super().__init__("Too much was asked in a short time. Wait a moment and try again.")


def refusal(status: int, code: Code, message: str, **headers: str) -> Refusal:
    """A refusal with one error; header names are written with `_` for `-`."""
    told = {name.replace("_", "-"): text for name, text in headers.items()}
    return Refusal(status, [coded(message, code)], headers=told)


def coded(message: str, code: str, nodes: Any = None, **more: Any) -> GraphQLError:
    """A GraphQL error that carries its code, meant to be shown."""
    return GraphQLError(message, nodes, extensions={"code": str(code), **more})


def as_refusal(error: PracticeError) -> Refusal:
    """How a refusal by the practice that came before anything was run is told over HTTP."""
    status = {"UNAUTHENTICATED": 401, "FORBIDDEN": 403, "THROTTLED": 429}.get(error.code, 400)
    headers: dict[str, str] = {}
    if isinstance(error, (Overloaded, Unavailable)):
        status, headers = 503, {"retry-after": "1"}
    if isinstance(error, Throttled):
        headers = {"retry-after": str(int(error.retry_after) + 1)}
    if status == 401:
        headers = {"www-authenticate": 'Bearer realm="openpractice"'}
    wrapped = GraphQLError(error.message, original_error=error)
    return Refusal(status, [wrapped], headers=headers)


def reason_of(fault: Exception, request_id: str, **where: Any) -> Refusal:
    """What an operation that failed by `fault` is answered; a fault of ours is masked."""
    match fault:
        case Refusal():
            return fault
        case PracticeError():
            return as_refusal(fault)
        case GraphQLError():
            return Refusal(400, [fault])
        case _:
            return Refusal(500, [mask(fault, request_id, **where)])


def present(errors: Iterable[GraphQLError], request_id: str) -> list[dict[str, Any]]:
    """The errors as they go out: message, code and request id; faults masked and logged."""
    return [_present(error, request_id) for error in errors]


def mask(fault: BaseException, request_id: str, **where: Any) -> GraphQLError:
    """The error to show for a fault of ours; the fault itself goes to the log, with its trace."""
    log.error("fault", request_id=request_id, exc_info=fault, **where)
    return coded(MASK, Code.INTERNAL)


def _present(error: GraphQLError, request_id: str) -> dict[str, Any]:
    shown = _shown(error, request_id)
    told: dict[str, Any] = {"message": shown.message[:LONGEST_MESSAGE]}
    if error.locations:
        told["locations"] = [{"line": at.line, "column": at.column} for at in error.locations]
    if error.path is not None:
        told["path"] = error.path
    told["extensions"] = {**(shown.extensions or {}), "requestId": request_id}
    return told


def _shown(error: GraphQLError, request_id: str) -> GraphQLError:
    cause = cause_of(error)
    if isinstance(cause, PracticeError):
        return coded(cause.message, cause.code, **_more(cause))
    if not isinstance(cause, GraphQLError):
        if error.path is None and error.nodes and _is_about_a_value(error):
            return coded("A value that was sent cannot be read.", Code.BAD_INPUT)
        return mask(cause, request_id, path=error.path)
    extensions = {**(cause.extensions or {}), **(error.extensions or {})}
    if "code" in extensions:
        return GraphQLError(error.message, extensions=extensions)
    if error.path is not None and not _is_about_a_value(error):
        # Raised by graphql-core while it put the answer together: our values did not fit.
        return mask(error, request_id, path=error.path)
    code = Code.BAD_INPUT if _is_about_a_value(error) else Code.VALIDATION_FAILED
    return coded(error.message, code)


def cause_of(error: GraphQLError) -> Exception:
    """What it was made of, at the bottom; the error itself when that is GraphQL's own."""
    cause: Exception = error
    while isinstance(cause, GraphQLError) and cause.original_error is not None:
        cause = cause.original_error
    return cause


def _is_about_a_value(error: GraphQLError) -> bool:
    """Whether the error points at something that was sent: a literal, an argument, a variable.

    A scalar that refuses a literal says so without pointing anywhere.
    """
    if not error.nodes:
        return error.path is None and not isinstance(error, ValidationAbortedError)
    node = error.nodes[0]
    return isinstance(node, ValueNode) or (
        error.path is not None and not isinstance(node, FieldNode)
    )


def _more(cause: PracticeError) -> dict[str, Any]:
    if isinstance(cause, Throttled):
        return {"retryAfterMs": int(cause.retry_after * 1000) + 1, "retryable": True}
    if isinstance(cause, (Overloaded, Unavailable)):
        return {"retryable": True}
    return {"argument": list(cause.path)} if cause.path else {}
