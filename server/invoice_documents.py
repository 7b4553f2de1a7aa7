"""An invoice's PDF: at /documents/invoices/<id>.pdf for members who may read billing, and at
/portal/documents/invoices/<id>.pdf for the client's contacts once it was issued."""

from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from models.errors import NotFound, PracticeError, Unauthenticated
from models.rendering import Renderer
from models.viewer import Viewer
from resolvers.invoice_documents import invoice_pdf
from schema import ids
from server.authentication import Sessions
from server.errors import Refusal, as_refusal

# A page of ours may show it in a frame; it is a document, and brings nothing along.
_HEADERS = {
    "cache-control": "private, no-store",
    "vary": "Authorization, Cookie",
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "content-security-policy": "default-src 'none'; frame-ancestors 'self'",
}


UNDER = {"staff": "/documents", "portal": "/portal/documents"}
"""Where each door serves them."""


def route(door: str, sessions: Sessions, renderer: Renderer, *, secure: bool) -> Route:
    """Shown in the browser with `?inline`, saved as a file otherwise."""

    async def serve(request: Request) -> Response:
        try:
            viewer = await _viewer(request, sessions, secure=secure)
            id = ids.read(request.path_params["id"], "invoice")
            document = await invoice_pdf(viewer, id, renderer)
        except PracticeError as error:
            return _refused(error)
        except Refusal as error:
            return _told(error.status, str(error), error.headers)
        shown = "inline" if "inline" in request.query_params else "attachment"
        headers = {**_HEADERS, "content-disposition": f'{shown}; filename="{document.name}"'}
        return Response(document.content, media_type="application/pdf", headers=headers)

    return Route(f"{UNDER[door]}/invoices/{{id}}.pdf", serve, methods=["GET"])


async def _viewer(request: Request, sessions: Sessions, *, secure: bool) -> Viewer:
    """Who asks, by cookie or bearer: reading a document changes nothing, so any link may lead
    here. Raises Unauthenticated, or Refusal for a header that cannot be read."""
    given = sessions.credential(request, secure=secure)
    viewer = None if given is None else await sessions.viewer(given.token)
    if viewer is None:
        raise Unauthenticated
    return viewer


def _refused(error: PracticeError) -> Response:
    if isinstance(error, NotFound):
        return _told(404, error.message, {})
    refusal = as_refusal(error)
    return _told(refusal.status, error.message, refusal.headers)


def _told(status: int, words: str, headers: Any) -> Response:
    return PlainTextResponse(f"{words}\n", status, headers={**headers, "cache-control": "no-store"})
