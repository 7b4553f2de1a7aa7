"""The pages' HTML, and the way to the sign-in page for whoever is not signed in."""

from collections.abc import Awaitable, Callable
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

import web
from models.errors import PracticeError
from server.authentication import Sessions, cookie_name


def routes(sessions: Sessions, *, secure: bool) -> list[Route]:
    """One route for each page that `web` has, and / to the first of them."""
    first = next(iter(web.PAGES))

    async def home(_: Request) -> Response:
        return RedirectResponse(first, status_code=303)

    pages = [
        Route(path, _page(name, sessions, secure=secure), methods=["GET"])
        for path, name in web.PAGES.items()
    ]
    return [Route("/", home, methods=["GET"]), *pages]


def _page(
    name: str, sessions: Sessions, *, secure: bool
) -> Callable[[Request], Awaitable[Response]]:
    async def page(request: Request) -> Response:
        if name not in web.OPEN_PAGES and not await _signed_in(request, sessions, secure=secure):
            wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
            return RedirectResponse(f"/sign-in?next={quote(wanted, safe='')}", status_code=303)
        # The HTML is the same for everybody: what a page shows, it asks for by GraphQL.
        return HTMLResponse(web.page(name), headers={"cache-control": "no-cache"})

    return page


async def _signed_in(request: Request, sessions: Sessions, *, secure: bool) -> bool:
    token = request.cookies.get(cookie_name(secure=secure))
    try:
        return token is not None and await sessions.viewer(token) is not None
    except PracticeError:
        # The database is busy: the page itself can say so better than a sign-in form.
        return True
