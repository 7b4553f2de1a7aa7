"""Runs a door's operations with `schema.execution`: what a call brings becomes its context."""

from typing import Any, cast

from graphql import DocumentNode, ExecutionResult, GraphQLSchema

from schema import execution
from schema.execution import Context
from server.doors import Call, Stream
from subscriptions.feed import Feeds


class Runner:
    """A schema with what its resolvers need of this process."""

    def __init__(self, schema: GraphQLSchema, feeds: Feeds | None = None) -> None:
        self.schema = schema
        self.feeds = feeds

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
        return Context(viewer=call.viewer, request_id=call.request_id, feeds=self.feeds)
