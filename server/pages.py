"""The pages' HTML, and the way to a sign-in page for whoever is not signed in."""

import gzip
from collections.abc import Awaitable, Callable, Mapping
from functools import lru_cache
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

import web
from models.errors import PracticeError
from server.authentication import Sessions


def routes(sessions: Mapping[str, Sessions], *, secure: bool) -> list[Route]:
    """One route for each page of these doors that `web` has, and / to the first of them."""
    pages = {path: page for path, page in web.PAGES.items() if page.door in sessions}
    first = next(iter(pages))

    async def home(_: Request) -> Response:
        return RedirectResponse(first, status_code=303)

    return [
        Route("/", home, methods=["GET"]),
        *(
            Route(path, _page(page, sessions[page.door], secure=secure), methods=["GET"])
            for path, page in pages.items()
        ),
    ]


def _page(
    page: web.Page, sessions: Sessions, *, secure: bool
) -> Callable[[Request], Awaitable[Response]]:
    async def show(request: Request) -> Response:
        if page.sign_in is not None and not await _signed_in(request, sessions, secure=secure):
            wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
            return RedirectResponse(f"{page.sign_in}?next={quote(wanted, safe='')}", 303)
        # The HTML is the same for everybody: what a page shows, it asks for by GraphQL.
        body = web.page(page.name).encode()
        headers = {"cache-control": "no-cache", "vary": "accept-encoding"}
        if "gzip" in request.headers.get("accept-encoding", ""):
            # It holds no secret whose length could tell something.
            body, headers["content-encoding"] = _compressed(body), "gzip"
        return HTMLResponse(body, headers=headers)

    return show


@lru_cache(maxsize=16)
def _compressed(body: bytes) -> bytes:
    return gzip.compress(body, 6, mtime=0)


async def _signed_in(request: Request, sessions: Sessions, *, secure: bool) -> bool:
    token = request.cookies.get(sessions.cookie_name(secure=secure))
    try:
        return token is not None and await sessions.viewer(token) is not None
    except PracticeError:
        # The database is busy: the page itself can say so better than a sign-in form.
        return True
