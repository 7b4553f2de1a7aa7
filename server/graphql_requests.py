"""The parameters of one GraphQL request, the same over HTTP and over a socket."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from server.errors import Code, refusal
from server.persisted import Persisted, document_id, is_sha256_of


@dataclass(frozen=True, slots=True)
class GraphQLRequest:
    """What somebody asks to be run; `trusted` when the text is a document known beforehand."""

    text: str
    operation_name: str | None
    variables: dict[str, Any]
    trusted: bool


def read_request(given: Mapping[str, Any], persisted: Persisted) -> GraphQLRequest:
    """Check every parameter's type. Raises Refusal (400), naming the one that is wrong."""
    text = _string(given, "query")
    operation_name = _string(given, "operationName")
    variables = _object(given, "variables")
    asked = document_id(given, _object(given, "extensions"))
    if text is None and asked is None:
        raise refusal(400, Code.BAD_REQUEST, "`query` is missing.")
    if text is None and asked is not None:
        return GraphQLRequest(persisted.text(asked), operation_name, variables, trusted=True)
    text = text or ""
    if asked is not None and not is_sha256_of(asked, text):
        raise refusal(400, Code.BAD_REQUEST, "The document is not the one its hash names.")
    return GraphQLRequest(text, operation_name, variables, trusted=text in persisted)


def _string(given: Mapping[str, Any], name: str) -> str | None:
    found = given.get(name)
    if found is None or isinstance(found, str):
        return found
    raise refusal(400, Code.BAD_REQUEST, f"`{name}` must be a string.")


def _object(given: Mapping[str, Any], name: str) -> dict[str, Any]:
    found = given.get(name)
    if found is None:
        return {}
    if isinstance(found, dict):
        return found
    raise refusal(400, Code.BAD_REQUEST, f"`{name}` must be an object.")
