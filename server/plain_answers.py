"""Answers in plain words, at the doors where no GraphQL is spoken: documents and exports."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from models.errors import NotFound, PracticeError, Unauthenticated
from models.viewer import Viewer
from server.authentication import Sessions
from server.errors import Refusal, as_refusal


async def reader_of(request: Request, sessions: Sessions, *, secure: bool) -> Viewer:
    """Who asks, by cookie, bearer or Basic: reading changes nothing, so any link may lead here.
    Raises Unauthenticated, or Refusal for a header that cannot be read."""
    given = sessions.credential(request, secure=secure)
    viewer = None if given is None else await sessions.viewer(given.token)
    if viewer is None:
        raise Unauthenticated
    return viewer


def in_words(error: PracticeError | Refusal) -> Response:
    """What is wrong, in one line."""
    refusal = error if isinstance(error, Refusal) else as_refusal(error)
    status = 404 if isinstance(error, NotFound) else refusal.status
    return PlainTextResponse(
        f"{refusal}\n", status, headers={**refusal.headers, "cache-control": "no-store"}
    )
