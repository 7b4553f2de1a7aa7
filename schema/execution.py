"""Running an operation: one read-only snapshot around it, one context through it.

A query reads one REPEATABLE READ transaction, begun at its first fetch. A mutation's field
commits a unit of its own; its payload is then read in the snapshot that begins after it.
"""

from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, aclosing, nullcontext
from dataclasses import dataclass, field
from inspect import isawaitable
from typing import Any

from graphql import (
    DocumentNode,
    ExecutionResult,
    Executor,
    GraphQLSchema,
    create_source_event_stream,
)

from models.unit_of_work import reading
from models.viewer import Viewer
from resolvers.reading import WILL_READ
from schema.engine import Engine, Read
from schema.following import Follow
from schema.loading import Loaders
from subscriptions.feed import Feeds
from subscriptions.firm_presence import Silence
from subscriptions.presence import Presences, never_silent


def _engine() -> Engine:
    """One of its own, for an operation that nobody else's is like."""
    return Engine()


@dataclass
class Context:
    """What one operation carries with it."""

    viewer: Viewer | None
    request_id: str
    feeds: Feeds | None = None
    """The process's feeds; None where nothing can be followed."""
    engine: Engine = field(default_factory=_engine)
    """What runs it; a process has one for all operations, which knows their plans."""
    loaders: Loaders = field(default_factory=Loaders)
    """For what graphql-core runs."""
    session_token: str | None = None
    """Set by signing in and out: the cookie that the answer is to carry ("" ends it)."""
    presences: Presences | None = None
    """Who is where, as the process knows it; None where nobody can be anywhere."""
    silence: Silence = never_silent
    """For how many seconds nothing has been heard of the caller."""

    def will_read(self, reads: Mapping[str, Read]) -> None:
        """What is read of the rows that a resolver now gives."""
        WILL_READ.set(reads)

    def anew(self) -> "Context":
        """The same caller with fresh loaders: for the next event of a subscription."""
        return Context(self.viewer, self.request_id, self.feeds, self.engine)


def snapshot(viewer: Viewer | None) -> AbstractAsyncContextManager[Any]:
    """The viewer's read-only unit; nobody signed in has no firm to read."""
    return nullcontext() if viewer is None else reading(viewer)


async def execute(
    schema: GraphQLSchema,
    document: DocumentNode,
    *,
    variables: Mapping[str, Any] | None = None,
    operation_name: str | None = None,
    context: Context,
    root: Any = None,
) -> ExecutionResult:
    """Run a query, a mutation, or one event (`root`) of a subscription."""
    async with snapshot(context.viewer):
        return await tell(
            schema, document, variables=variables or {}, operation_name=operation_name,
            context=context, root=root,
        )  # fmt: skip


async def tell(
    schema: GraphQLSchema,
    document: DocumentNode,
    *,
    variables: Mapping[str, Any],
    operation_name: str | None,
    context: Context,
    root: Any,
) -> ExecutionResult:
    """Run one event of a subscription in the unit of work that is open, if one is, so that what is
    told is of the snapshot in which it was decided whom to tell."""
    before = WILL_READ.set({})
    try:
        return await context.engine.execute(
            schema, document, variables=variables, operation_name=operation_name,
            context=context, root=root,
        )  # fmt: skip
    finally:
        WILL_READ.reset(before)


async def follow(
    schema: GraphQLSchema,
    document: DocumentNode,
    *,
    variables: Mapping[str, Any],
    operation_name: str | None,
    context: Context,
) -> Follow | ExecutionResult:
    """What a subscription that follows the firm's stream comes down to, or the result that says
    why there is nothing to follow. Raises what its resolver does."""
    source = await _source(schema, document, variables, operation_name, context)
    if isinstance(source, ExecutionResult):
        return source
    async with aclosing(source) as only:
        asked: Follow = await anext(only)
    return asked


async def subscribe(
    schema: GraphQLSchema,
    document: DocumentNode,
    *,
    variables: Mapping[str, Any] | None = None,
    operation_name: str | None = None,
    context: Context,
) -> AsyncIterator[ExecutionResult] | ExecutionResult:
    """Begin a subscription that has a stream of its own: its results, or the one result that says
    why not.

    Each event is executed in a snapshot of its own with fresh loaders, and no connection is
    held while waiting for the next.
    """
    source = await _source(schema, document, variables, operation_name, context)
    if isinstance(source, ExecutionResult):
        return source
    return _results(
        source,
        lambda event: execute(
            schema, document, variables=variables, operation_name=operation_name,
            context=context.anew(), root=event,
        ),
    )  # fmt: skip


async def _source(
    schema: GraphQLSchema,
    document: DocumentNode,
    variables: Mapping[str, Any] | None,
    operation_name: str | None,
    context: Context,
) -> Any:
    executor = Executor.build(
        schema,
        document,
        context_value=context,
        raw_variable_values=dict(variables or {}),
        operation_name=operation_name,
    )
    if not isinstance(executor, Executor):
        return ExecutionResult(None, errors=list(executor))
    source = create_source_event_stream(executor)
    return await source if isawaitable(source) else source


async def _results(
    stream: AsyncIterable[Any], run_event: Callable[[Any], Awaitable[ExecutionResult]]
) -> AsyncIterator[ExecutionResult]:
    try:
        async for event in stream:
            yield await run_event(event)
    finally:
        close = getattr(stream, "aclose", None)
        if close is not None:
            await close()
