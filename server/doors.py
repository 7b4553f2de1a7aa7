"""A door: one GraphQL schema open to the outside, with its bounds and what runs it."""

from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from graphql import DocumentNode, ExecutionResult, GraphQLSchema

from models.viewer import Viewer
from server.authentication import Sessions
from server.budgets import Budget, Unlimited
from server.limits import STAFF, Bounds
from server.persisted import Persisted
from server.sign_ins import SignInThrottle
from subscriptions.firm_presence import Silence
from subscriptions.presence import never_silent
from subscriptions.telling import Push

# An event of a stream: a result, or the JSON bytes that many connections share.
StreamItem = ExecutionResult | bytes
Stream = AsyncGenerator[StreamItem, None]

Write = Callable[[ExecutionResult], bytes]
"""A result as it goes out."""


@dataclass(frozen=True, slots=True)
class Together:
    """A stream that runs once for all who ask for the same: still to be told how its results are
    written, which is the same for all of them, and how to send something at once, if one can."""

    stream: Callable[[Write, Push | None], Stream]


@dataclass(slots=True, kw_only=True)
class Call:
    """One operation on its way: who asks, from where, under which id.

    `presented` is the token the caller came with; `session_token` is what an operation gave the
    caller to keep (`""` takes it away): the endpoint makes a cookie of it when the request came
    from one of our own pages. `push` sends an event's JSON bytes at once, where one can. `silence`
    tells for how many seconds nothing has been heard of them, where their line can be heard.
    """

    viewer: Viewer | None
    request_id: str
    address: str
    from_our_page: bool = False
    presented: str | None = None
    session_token: str | None = None
    push: Push | None = None
    silence: Silence = never_silent

    @property
    def payer(self) -> str:
        """Whose budget the operation is paid from."""
        if self.viewer is None:
            return f"address:{self.address}"
        holder = self.viewer.session_id or self.viewer.api_token_id or self.viewer.member_id
        return f"viewer:{self.viewer.firm_id}:{holder}"


class Execute(Protocol):
    """Runs a query or a mutation that has been prepared."""

    async def __call__(
        self,
        document: DocumentNode,
        *,
        variables: dict[str, Any],
        operation_name: str | None,
        call: Call,
    ) -> ExecutionResult: ...


class Subscribe(Protocol):
    """Opens the stream of a subscription, or says by a result why it cannot be opened."""

    async def __call__(
        self,
        document: DocumentNode,
        *,
        variables: dict[str, Any],
        operation_name: str | None,
        call: Call,
    ) -> Stream | Together | ExecutionResult: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """What stands behind one path, and whose sessions open it. `open_house` is development:
    introspection for everybody, GraphiQL, suggestions, queries by GET."""

    name: str
    path: str
    schema: GraphQLSchema
    execute: Execute
    subscribe: Subscribe
    sessions: Sessions
    bounds: Bounds = STAFF
    persisted: Persisted = field(default_factory=Persisted)
    budget: Budget = field(default_factory=Unlimited)
    sign_ins: SignInThrottle = field(default_factory=SignInThrottle)
    open_house: bool = False
