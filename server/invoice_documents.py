"""An invoice's PDF: at /documents/invoices/<id>.pdf for members who may read billing, and at
/portal/documents/invoices/<id>.pdf for the client's contacts once it was issued."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from models.errors import PracticeError
from models.rendering import Renderer
from resolvers.invoice_documents import invoice_pdf
from schema import ids
from server.authentication import Sessions
from server.errors import Refusal
from server.plain_answers import in_words, reader_of

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
            viewer = await reader_of(request, sessions, secure=secure)
            id = ids.read(request.path_params["id"], "invoice")
            document = await invoice_pdf(viewer, id, renderer)
        except (PracticeError, Refusal) as error:
            return in_words(error)
        shown = "inline" if "inline" in request.query_params else "attachment"
        headers = {**_HEADERS, "content-disposition": f'{shown}; filename="{document.name}"'}
        return Response(document.content, media_type="application/pdf", headers=headers)

    return Route(f"{UNDER[door]}/invoices/{{id}}.pdf", serve, methods=["GET"])
