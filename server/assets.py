"""The pages' files: what `web` lets out, and GraphiQL's parts in development."""

import gzip
from collections import OrderedDict
from email.utils import formatdate
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

import web
from server.graphiql import asset as graphiql_asset

_COMPRESSIBLE = ("text/", "image/svg", "application/manifest")


class Assets:
    """Serves files below one path; asks for a check each time, which a 304 answers cheaply."""

    def __init__(self, *, with_graphiql: bool) -> None:
        self._with_graphiql = with_graphiql
        self._compressed: OrderedDict[tuple[Path, int], bytes] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = self._respond(scope)
        await response(scope, receive, send)

    def _respond(self, scope: Scope) -> Response:
        if scope["method"] not in ("GET", "HEAD"):
            return PlainTextResponse("Use GET.\n", 405, headers={"allow": "GET, HEAD"})
        found = self._find(scope["path"].removeprefix(scope["root_path"]).lstrip("/"))
        if found is None:
            return PlainTextResponse("There is no such file.\n", 404)
        file, media_type = found
        stat = file.stat()
        tag = f'W/"{stat.st_mtime_ns:x}-{stat.st_size:x}"'
        headers = {
            "etag": tag,
            "cache-control": "no-cache",
            "last-modified": formatdate(stat.st_mtime, usegmt=True),
            "vary": "Accept-Encoding",
        }
        asked = Headers(scope=scope)
        if tag in (part.strip() for part in asked.get("if-none-match", "").split(",")):
            return Response(status_code=304, headers=headers)
        body = file.read_bytes()
        if media_type.startswith(_COMPRESSIBLE) and "gzip" in asked.get("accept-encoding", ""):
            headers["content-encoding"] = "gzip"
            body = self._compress((file, stat.st_mtime_ns), body)
        return Response(body, media_type=media_type, headers=headers)

    def _find(self, path: str) -> tuple[Path, str] | None:
        if self._with_graphiql and (part := graphiql_asset(path)) is not None:
            return part, web.MEDIA_TYPES[part.suffix]
        return web.asset(path)

    def _compress(self, key: tuple[Path, int], body: bytes) -> bytes:
        if key not in self._compressed:
            self._compressed[key] = gzip.compress(body, 6, mtime=0)
            if len(self._compressed) > 500:
                self._compressed.popitem(last=False)
        return self._compressed[key]
