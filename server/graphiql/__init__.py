"""GraphiQL, the page in which a developer asks a door by hand; in development only.

Its parts come from the installed npm packages and nothing is fetched from anywhere else.
"""

from collections.abc import Mapping
from html import escape
from pathlib import Path

from starlette.responses import HTMLResponse, Response

import web
from server.doors import Door

_FOLDER = Path(__file__).parent
_PACKAGES = (
    "react/umd/react.production.min.js",
    "react-dom/umd/react-dom.production.min.js",
    "graphiql/graphiql.min.js",
    "graphiql/graphiql.min.css",
)
_PARTS: Mapping[str, Path] = {
    "graphiql/start.js": _FOLDER / "start.js",
    "graphiql/page.css": _FOLDER / "page.css",
    **{f"npm/{path}": web.NODE_MODULES / path for path in _PACKAGES},
}

# Its editor writes style elements; scripts still come from here alone.
_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline';"
    " img-src 'self' data:; font-src 'self' data:; worker-src 'self' blob:; object-src 'none';"
    " base-uri 'none'; frame-ancestors 'none'"
)


def graphiql(door: Door) -> Response:
    """The page for one door."""
    if not all(part.is_file() for part in _PARTS.values()):
        return HTMLResponse(
            "<p>GraphiQL's packages are not installed: run <code>make setup</code>."
        )
    template = (_FOLDER / "page.html").read_text()
    text = template.replace("{{path}}", escape(door.path, quote=True)).replace(
        "{{name}}", escape(door.name)
    )
    return HTMLResponse(text, headers={"content-security-policy": _POLICY, "vary": "Accept"})


def asset(path: str) -> Path | None:
    """The file behind /assets/<path> if it is one of GraphiQL's."""
    part = _PARTS.get(path)
    return part if part is not None and part.is_file() else None
