"""Runs a door's operations with `schema.execution`: what a call brings becomes its context."""

from collections.abc import Mapping
from typing import Any, cast

import structlog
from graphql import DocumentNode, ExecutionResult, GraphQLSchema

from models.viewer import Viewer
from schema import execution
from schema.engine import Engine
from schema.execution import Context
from schema.following import Shapes
from server.documents import is_ours
from server.doors import Call, Stream, Together, Write
from server.errors import cause_of
from server.metrics import FELL_BACK
from subscriptions.feed import Feeds
from subscriptions.items import Item
from subscriptions.presence import Presences
from subscriptions.telling import Push, Telling
from subscriptions.watch import AWAY

log = structlog.get_logger("openpractice.engine")


def _told(name: str | None, why: str) -> None:
    """Of an operation that graphql-core ran."""
    FELL_BACK.labels(why).inc()
    log.debug("left to graphql-core", operation=name, why=why)


def _must_be_whole(result: ExecutionResult) -> None:
    """Of an event that many are told: what could not be read because the database went away is
    read again, not told as null. Raises what kept it from being read."""
    for error in result.errors or ():
        cause = cause_of(error)
        if isinstance(cause, AWAY):
            raise cause


def _is_worth_keeping(document: DocumentNode, context: Context) -> bool:
    """Who is not signed in may ask anything, and so fill whatever is kept: only documents of our
    own are planned once for them."""
    return context.viewer is not None or is_ours(document)


class Runner:
    """A schema with what its resolvers need of this process, and the engine that runs it."""

    def __init__(
        self, schema: GraphQLSchema, feeds: Feeds | None = None, *, planned: bool = True
    ) -> None:
        self.schema = schema
        self.feeds = feeds
        self.presences: Presences | None = None
        self.engine = Engine(_told, keeps=_is_worth_keeping, plans=planned)
        self._shapes = Shapes(schema)

    async def execute(
        self,
        document: DocumentNode,
        *,
        variables: dict[str, Any],
        operation_name: str | None,
        call: Call,
    ) -> ExecutionResult:
        """Run a query or a mutation; a session it opens or ends is left on the call."""
        context = self._context(call)
        result = await execution.execute(
            self.schema,
            document,
            variables=variables,
            operation_name=operation_name,
            context=context,
        )
        call.session_token = context.session_token
        return result

    async def subscribe(
        self,
        document: DocumentNode,
        *,
        variables: dict[str, Any],
        operation_name: str | None,
        call: Call,
    ) -> Stream | Together | ExecutionResult:
        """Open a subscription's stream."""
        asked: dict[str, Any] = {"variables": variables, "operation_name": operation_name}
        if self._shapes.of(document).follows:
            return await self._follow(document, asked, call)
        context = self._context(call)
        opened = await execution.subscribe(self.schema, document, **asked, context=context)
        return cast("Stream | ExecutionResult", opened)

    async def _follow(
        self, document: DocumentNode, asked: Mapping[str, Any], call: Call
    ) -> Together | ExecutionResult:
        context = self._context(call)
        follow = await execution.follow(self.schema, document, **asked, context=context)
        if isinstance(follow, ExecutionResult):
            return follow
        shape, request_id = self._shapes.of(document), call.request_id

        def stream(write: Write, push: Push | None) -> Stream:
            # It outlives whoever came first: of theirs it keeps what they asked and under which id,
            # never the call, which has their token and their socket.
            async def written(viewer: Viewer, item: Item[Any]) -> bytes:
                context = Context(viewer, request_id, self.feeds, self.engine)
                root = follow.row(item)
                result = await execution.tell(
                    self.schema, document, **asked, context=context, root=root
                )
                _must_be_whole(result)
                return write(result)

            assert self.feeds is not None
            assert call.viewer is not None
            telling = Telling(shape.name(**asked), written, shape.personal)
            return self.feeds.follow_written(
                call.viewer, follow.since, follow.interest, telling, push
            )

        return Together(stream)

    def _context(self, call: Call) -> Context:
        return Context(
            call.viewer, call.request_id, self.feeds, self.engine,
            presences=self.presences, silence=call.silence,
        )  # fmt: skip
