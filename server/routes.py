"""The routes of this server, put together from what the composition root gives."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.types import Lifespan

from models.rendering import Renderer
from server import dev_mail, export, invoice_documents, pages
from server.assets import Assets
from server.doors import Door
from server.endpoints import GraphQLEndpoint
from server.envelope import Envelope, request_id_of
from server.errors import Refusal, mask
from server.health import Check, health_routes
from server.mail import Inbox
from server.metrics import metrics
from server.operations import encode, refused
from server.sockets.endpoint import SocketEndpoint
from server.sockets.registry import Sockets


@dataclass(frozen=True, kw_only=True)
class Site:
    """What stands behind the routes."""

    doors: Sequence[Door]
    sockets: Sockets
    checks: Mapping[str, Check] = field(default_factory=dict)
    inbox: Inbox | None = None
    renderer: Renderer | None = None
    production: bool = False
    files_at: str = ""
    """Where pages send files; empty where none are kept."""


def build(site: Site, lifespan: Lifespan[Any] | None = None) -> Starlette:
    """The ASGI application."""
    secure = site.production
    # The doors come first: routes are tried in order, and most of what comes is for them.
    routes: list[Any] = [
        *(route for door in site.doors for route in (
            Route(door.path, GraphQLEndpoint(door, site.sockets, secure=secure)),
            WebSocketRoute(door.path, SocketEndpoint(door, site.sockets, secure=secure)),
        )),
        *pages.routes({door.name: door.sessions for door in site.doors}, secure=secure),
        *health_routes(site.checks),
        Route("/metrics", metrics),
        Mount("/assets", Assets(with_graphiql=not site.production)),
    ]  # fmt: skip
    if site.inbox is not None:
        routes.append(dev_mail.route(site.inbox))
    routes += [export.route(door.sessions, secure=secure)
               for door in site.doors if door.name == "staff"]  # fmt: skip
    if site.renderer is not None:
        routes += [invoice_documents.route(door.name, door.sessions, site.renderer, secure=secure)
                   for door in site.doors]  # fmt: skip
    return Starlette(
        routes=routes,
        middleware=[Middleware(Envelope, production=site.production, files_at=site.files_at)],
        exception_handlers={Exception: _fault},
        lifespan=lifespan,
    )


async def _fault(request: Request, fault: Exception) -> Response:
    """The last net under every route: masked, logged, answered with the request's id."""
    request_id = request_id_of(request.scope)
    response = refused(Refusal(500, [mask(fault, request_id)]), request_id)
    return Response(
        encode(response, request_id),
        status_code=500,
        headers={"content-type": "application/json; charset=utf-8", "x-request-id": request_id},
    )
