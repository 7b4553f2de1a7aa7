"""What every answer carries, whatever made it: a request id, and headers that close doors."""

import os
import re
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

import web

_TAKEN = re.compile(r"[A-Za-z0-9._-]{8,64}")

# Pages load from here alone. Their one inline script, the import map, is allowed by its hash.
PAGE_POLICY = (
    f"default-src 'self'; script-src 'self' '{web.IMPORT_MAP_SHA256}'; style-src 'self';"
    " img-src 'self' data:; object-src 'none'; base-uri 'none';"
    " form-action 'self'; frame-ancestors 'none'"
)


def page_policy(files_at: str) -> str:
    """With a file store there is one place more that pages may send to."""
    if not files_at:
        return PAGE_POLICY
    place = urlsplit(files_at)
    return f"{PAGE_POLICY}; connect-src 'self' {place.scheme}://{place.netloc}"


class Envelope:
    """Gives each request its id and each answer its security headers."""

    def __init__(self, app: ASGIApp, *, production: bool, files_at: str = "") -> None:
        self._app = app
        headers = {
            "content-security-policy": page_policy(files_at),
            "x-content-type-options": "nosniff",
            "x-frame-options": "DENY",
            "referrer-policy": "no-referrer",
            "cross-origin-opener-policy": "same-origin",
            "cross-origin-resource-policy": "same-origin",
            "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=()",
        }
        if production:
            headers["strict-transport-security"] = "max-age=63072000; includeSubDomains"
        self._headers = [(name.encode(), value.encode()) for name, value in headers.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        scope.setdefault("state", {})["request_id"] = _request_id(scope)

        async def send_in_envelope(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                given = list(message.get("headers", ()))
                named = {name for name, _ in given}
                message["headers"] = [
                    *(header for header in given if header[0] != b"x-request-id"),
                    (b"x-request-id", request_id_of(scope).encode()),
                    *(header for header in self._headers if header[0] not in named),
                ]
            await send(message)

        await self._app(scope, receive, send_in_envelope)


def request_id_of(scope: Scope) -> str:
    """The id under which this request is answered and logged."""
    request_id: str = scope["state"]["request_id"]
    return request_id


def _request_id(scope: Scope) -> str:
    """A proxy's id where it reads like one; everything else gets one of ours."""
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _TAKEN.fullmatch(value.decode("latin-1")):
            given: str = value.decode("latin-1")
            return given
    return os.urandom(16).hex()
