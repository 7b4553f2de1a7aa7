"""Runs a door's operations with `schema.execution`: what a call brings becomes its context."""

from typing import Any, cast

import structlog
from graphql import DocumentNode, ExecutionResult, GraphQLSchema

from schema import execution
from schema.engine import Engine
from schema.execution import Context
from server.doors import Call, Stream
from server.metrics import FELL_BACK
from subscriptions.feed import Feeds
from subscriptions.presence import Presences

log = structlog.get_logger("openpractice.engine")


def _told(name: str | None, why: str) -> None:
    """Of an operation that graphql-core ran."""
    FELL_BACK.labels(why).inc()
    log.debug("left to graphql-core", operation=name, why=why)


class Runner:
    """A schema with what its resolvers need of this process, and the engine that runs it."""

    def __init__(
        self, schema: GraphQLSchema, feeds: Feeds | None = None, *, planned: bool = True
    ) -> None:
        self.schema = schema
        self.feeds = feeds
        self.presences: Presences | None = None
        self.engine = Engine(_told, plans=planned)

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
    ) -> Stream | ExecutionResult:
        """Open a subscription's stream."""
        opened = await execution.subscribe(
            self.schema,
            document,
            variables=variables,
            operation_name=operation_name,
            context=self._context(call),
        )
        return cast("Stream | ExecutionResult", opened)

    def _context(self, call: Call) -> Context:
        return Context(
            call.viewer, call.request_id, self.feeds, self.engine,
            presences=self.presences, silence=call.silence,
        )  # fmt: skip
