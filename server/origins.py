"""Where a request was made: on one of our own pages, or anywhere else."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from server.errors import Code, refusal

OUR_HEADER = "x-openpractice"


@dataclass(frozen=True, slots=True)
class Origin:
    """What the headers tell about the page that sent a request."""

    named: bool  # an Origin header was sent
    foreign: bool  # and it is not ours, or the browser says so itself
    marked: bool  # with the header that only our own pages can add without a preflight
    reading: bool  # GET

    @property
    def ours(self) -> bool:
        """Whether this is surely one of our own pages: same origin, and marked as ours."""
        return self.marked and not self.foreign and (self.named or self.reading)

    def must_be_ours(self) -> None:
        """Raises Refusal (403): a cookie alone could have been sent by any page."""
        if not self.ours:
            raise refusal(
                403,
                Code.CSRF_REFUSED,
                f"A cookie is taken from our own pages only: same Origin, and {OUR_HEADER}: 1.",
            )


def origin_of(connection: HTTPConnection) -> Origin:
    """Read the Origin of a request or a handshake."""
    headers = connection.headers
    origin = headers.get("origin")
    foreign = not same_origin(connection, origin) if origin is not None else False
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        foreign = True
    return Origin(
        named=origin is not None,
        foreign=foreign,
        marked=headers.get(OUR_HEADER) == "1",
        reading=connection.scope.get("method") == "GET",
    )


def same_origin(connection: HTTPConnection, origin: str) -> bool:
    """Whether `origin` is this server as the client names it.

    A proxy that ends TLS makes https into http here, so https is always taken; never the
    other way round.
    """
    try:
        page = urlsplit(origin)
    except ValueError:
        return False
    encrypted = connection.scope["scheme"] in ("https", "wss")
    schemes = ("https",) if encrypted else ("http", "https")
    host = connection.headers.get("host", "").lower()
    return page.scheme in schemes and bool(host) and page.netloc.lower() == host
