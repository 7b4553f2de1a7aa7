"""GraphQL over HTTP: one request read, judged, run and answered."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from graphql import OperationType
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from server.authentication import viewer_of
from server.decoding import decode_object, read_body
from server.doors import Call, Door
from server.envelope import request_id_of
from server.errors import Code, Refusal, reason_of, refusal
from server.event_streams.frames import COMPLETE, HEADERS, following
from server.event_streams.resuming import resumed
from server.event_streams.stream import EventStream, may_listen
from server.graphiql import graphiql
from server.graphql_requests import GraphQLRequest, read_request
from server.metrics import REFUSALS
from server.negotiation import Media, answer_media, must_be_json
from server.operations import Operation, answer, choose, encode, pay, refused
from server.origins import origin_of
from server.sockets.registry import Sockets

_WAYS_TO_SUBSCRIBE = (
    "Subscribe over a WebSocket (graphql-transport-ws), or accept text/event-stream"
    " (GraphQL over SSE, distinct connections)."
)
_PARAMETERS = {"query", "operationName", "variables", "extensions", "documentId"}


class GraphQLEndpoint:
    """A door as an ASGI application for HTTP."""

    def __init__(self, door: Door, sockets: Sockets, *, secure: bool) -> None:
        self._door = door
        self._sessions = door.sessions
        self._sockets = sockets
        self._secure = secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        response = await self._respond(request)
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> ASGIApp:
        request_id = request_id_of(request.scope)
        media = Media.JSON
        try:
            media = answer_media(
                request.headers.get("accept"),
                pages=self._door.open_house and request.method == "GET" and not request.url.query,
            )
            if media is Media.HTML:
                return graphiql(self._door)
            call, operation = await self._read(request, request_id, media)
            if operation.kind is OperationType.SUBSCRIPTION:
                return EventStream(self._door, self._sockets, operation, call)
            return self._answered(await answer(self._door, operation, call), call, media)
        except Exception as fault:  # noqa: BLE001  (the last net: masked, logged, answered)
            return self._refuse(reason_of(fault, request_id), request_id, media)

    async def _read(
        self, request: Request, request_id: str, media: Media
    ) -> tuple[Call, Operation]:
        if request.method not in ("GET", "POST"):
            raise refusal(405, Code.METHOD_NOT_ALLOWED, "Use POST, or GET.", allow="GET, POST")
        if request.method == "POST":
            headers = request.headers
            must_be_json(headers.get("content-type"), headers.get("content-encoding"))
        origin = origin_of(request)
        viewer, given = await viewer_of(request, self._sessions, origin, secure=self._secure)
        asked = await self._parameters(request)
        call = Call(
            viewer=viewer,
            request_id=request_id,
            address=request.client.host if request.client else "unknown",
            from_our_page=origin.ours,
            presented=given.token if given else None,
        )
        operation = choose(self._door, asked, call)
        if operation.kind is OperationType.SUBSCRIPTION:
            if media is not Media.EVENTS:
                raise refusal(400, Code.USE_A_SOCKET, _WAYS_TO_SUBSCRIBE)
            may_listen(call, self._sockets)
            operation = resumed(operation, request.headers.get("last-event-id"))
        if operation.kind is OperationType.MUTATION and request.method == "GET":
            raise refusal(405, Code.METHOD_NOT_ALLOWED, "Send mutations by POST.", allow="POST")
        await pay(self._door, operation, call)
        return call, operation

    async def _parameters(self, request: Request) -> GraphQLRequest:
        bounds = self._door.bounds
        if request.method == "POST":
            body = await read_body(
                request.receive,
                limit=bounds.body_bytes,
                within=bounds.body_seconds,
                announced=request.headers.get("content-length"),
            )
            given: Mapping[str, Any] = decode_object(body, depth=bounds.json_depth)
        else:
            given = _query_parameters(request.scope["query_string"], bounds.json_depth)
        asked = read_request(given, self._door.persisted)
        if request.method == "GET" and not (asked.trusted or self._door.open_house):
            raise refusal(
                405,
                Code.DOCUMENT_REQUIRED,
                "By GET, ask for a persisted document by its id; send others by POST.",
                allow="POST",
            )
        return asked

    def _answered(self, response: dict[str, Any], call: Call, media: Media) -> Response:
        body = encode(response, call.request_id)
        answered = Response(_written(body, media), headers=_headers(media))
        if call.session_token is not None:
            if call.presented is not None:
                self._sessions.forget(call.presented)
            if call.from_our_page:
                answered.headers["set-cookie"] = self._sessions.cookie(
                    call.session_token, secure=self._secure
                )
        return answered

    def _refuse(self, reason: Refusal, request_id: str, media: Media) -> Response:
        response = refused(reason, request_id)
        REFUSALS.labels(self._door.name, response["errors"][0]["extensions"]["code"]).inc()
        if not reason.well_formed and media is Media.EVENTS:
            media = Media.JSON  # no stream begins, and only by its status do clients see that
        # GraphQL over HTTP, §6.4.1: to plain JSON, a well-formed request is always answered 200;
        # GraphQL over SSE tells what is wrong with a document by an event.
        fine = reason.well_formed and media in (Media.JSON, Media.EVENTS)
        return Response(
            _written(encode(response, request_id), media),
            status_code=200 if fine else reason.status,
            headers={**_headers(media), **reason.headers},
        )


def _written(body: bytes, media: Media) -> bytes:
    return following(body) + COMPLETE if media is Media.EVENTS else body


def _headers(media: Media) -> dict[str, str]:
    if media is Media.EVENTS:
        return dict(HEADERS)
    written = Media.JSON if media is Media.HTML else media
    return {
        "content-type": f"{written}; charset=utf-8",
        "cache-control": "no-store",
        "vary": "Accept, Authorization, Cookie",
    }


def _query_parameters(query_string: bytes, depth: int) -> dict[str, Any]:
    try:
        pairs = parse_qsl(
            query_string.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=20
        )
    except ValueError:
        raise refusal(400, Code.BAD_REQUEST, "The query string cannot be read.") from None
    found: dict[str, Any] = {}
    for name, given in pairs:
        if name in found:
            raise refusal(400, Code.BAD_REQUEST, f"`{name[:50]}` is given twice.")
        if name in ("variables", "extensions") and given not in ("", "null"):
            found[name] = decode_object(given.encode(), depth=depth, what=f"`{name}`")
        elif name in _PARAMETERS:
            found[name] = given or None
    return found
