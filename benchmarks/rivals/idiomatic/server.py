"""Strawberry's own ASGI application in Starlette on uvicorn: `idiomatic` in the figures."""

import os
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

import orjson
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from tortoise import Tortoise

from benchmarks.rivals.idiomatic.asking import Asking
from benchmarks.rivals.idiomatic.schema import schema


class Endpoint(GraphQL[Asking, None]):
    """The endpoint, with who asks as the context of their request."""

    async def get_context(
        self,
        request: Request | WebSocket,
        response: Response | WebSocket,  # noqa: ARG002
    ) -> Asking:
        return await Asking.of(request.headers["authorization"])

    def encode_json(self, data: object) -> bytes:
        return orjson.dumps(data)


def configuration(database_url: str) -> dict[str, Any]:
    """Ten connections, each of them told once what every transaction on it is."""
    url = urlsplit(database_url)
    credentials = {
        "host": url.hostname, "port": url.port, "user": url.username, "password": url.password,
        "database": url.path.removeprefix("/"), "minsize": 10, "maxsize": 10,
        "server_settings": {
            "role": "openpractice_app",
            "default_transaction_isolation": "repeatable read",
            "default_transaction_read_only": "on",
        },
    }  # fmt: skip
    return {
        "connections": {
            "default": {"engine": "tortoise.backends.asyncpg", "credentials": credentials}
        },
        "apps": {"models": {"models": ["benchmarks.rivals.idiomatic.tables"]}},
    }


@asynccontextmanager
async def _lifespan(_app: Starlette) -> AsyncIterator[None]:
    await Tortoise.init(
        config=configuration(os.environ["DATABASE_URL"]), _enable_global_fallback=True
    )
    yield
    await Tortoise.close_connections()


def main() -> None:
    """Serve on a free port, which is told."""
    endpoint = Endpoint(schema, graphql_ide=None)
    app = Starlette(routes=[Route("/graphql", endpoint)], lifespan=_lifespan)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        sys.stdout.write(f"running at http://127.0.0.1:{listener.getsockname()[1]}\n")
        sys.stdout.flush()
        config = uvicorn.Config(app, loop="uvloop", log_level="warning", access_log=False)
        uvicorn.Server(config).run([listener])


if __name__ == "__main__":
    main()
