"""Strawberry's own ASGI application with broadcaster over Redis, on uvicorn: `idiomatic` among
those that tell many screens. Written as the two projects' documentation shows it.

It runs in an environment of its own (requirements.lock beside this file).
"""

import json
import os
import socket
import sys
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Annotated, Any, NewType

import strawberry
import uvicorn
from broadcaster import Broadcast
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from strawberry.asgi import GraphQL
from strawberry.schema.config import StrawberryConfig
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.types.scalar import ScalarDefinition

CHANNEL = os.environ["FANOUT_CHANNEL"]
Cursor = NewType("Cursor", str)

broadcast = Broadcast(os.environ["REDIS_URL"])


@strawberry.type
class Member:
    id: strawberry.ID
    name: str


@strawberry.type
class Job:
    id: strawberry.ID
    title: str


@strawberry.type
class Client:
    id: strawberry.ID
    name: str


@strawberry.type
class Task:
    id: strawberry.ID
    title: str
    status: str
    due_date: str | None
    position: str
    assignee: Member | None
    job: Job | None
    client: Client | None

    @classmethod
    def of(cls, card: Mapping[str, Any]) -> "Task":
        return cls(
            id=card["id"], title=card["title"], status=card["status"], due_date=card["dueDate"],
            position=card["position"], assignee=Member(**card["assignee"]), job=Job(**card["job"]),
            client=Client(**card["client"]),
        )  # fmt: skip


@strawberry.type
class TaskChange:
    id: strawberry.ID
    kind: str
    removed: bool
    actor: Member | None
    task: Task | None

    @classmethod
    def of(cls, change: Mapping[str, Any]) -> "TaskChange":
        return cls(
            id=change["id"], kind=change["kind"], removed=change["removed"],
            actor=Member(**change["actor"]), task=Task.of(change["task"]),
        )  # fmt: skip


@strawberry.type
class TaskChanges:
    cursor: Cursor
    changes: list[TaskChange]

    @classmethod
    def of(cls, message: str) -> "TaskChanges":
        item = json.loads(message)
        return cls(cursor=item["cursor"], changes=[TaskChange.of(c) for c in item["changes"]])


@strawberry.type
class Heartbeat:
    cursor: Cursor


@strawberry.type
class Resync:
    reason: str
    cursor: Cursor


Item = Annotated[TaskChanges | Heartbeat | Resync, strawberry.union("TaskChangesItem")]


@strawberry.input
class BoardFilter:
    scope: str | None = None
    due: str | None = None


@strawberry.type
class Query:
    alive: bool = True


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def task_changes(
        self,
        since: Cursor | None = None,  # noqa: ARG002
        filter: BoardFilter | None = None,  # noqa: ARG002
    ) -> AsyncGenerator[Item, None]:
        async with broadcast.subscribe(channel=CHANNEL) as subscriber:
            # It says of itself that it might be None, and of its events, too.
            async for event in subscriber:  # type: ignore[union-attr]
                yield TaskChanges.of(event.message)  # type: ignore[union-attr]


@asynccontextmanager
async def _lifespan(_app: Starlette) -> AsyncIterator[None]:
    await broadcast.connect()
    yield
    await broadcast.disconnect()


def main() -> None:
    """Serve on a free port, which is told."""
    scalars: dict[object, ScalarDefinition] = {Cursor: strawberry.scalar(name="StreamCursor")}
    schema = strawberry.Schema(
        Query, subscription=Subscription, config=StrawberryConfig(scalar_map=scalars)
    )
    endpoint = GraphQL[None, None](
        schema, graphql_ide=None, subscription_protocols=(GRAPHQL_TRANSPORT_WS_PROTOCOL,)
    )
    app = Starlette(routes=[WebSocketRoute("/graphql", endpoint)], lifespan=_lifespan)
    with socket.create_server(("127.0.0.1", 0), backlog=2048) as listener:
        sys.stdout.write(f"running at http://127.0.0.1:{listener.getsockname()[1]}\n")
        sys.stdout.flush()
        config = uvicorn.Config(
            app, loop="uvloop", log_level="warning", access_log=False,
            ws_per_message_deflate=False,
        )  # fmt: skip
        uvicorn.Server(config).run([listener])


if __name__ == "__main__":
    main()
