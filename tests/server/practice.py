"""A practice in small: a schema with everything in it that can go wrong behind a wire."""

import asyncio
from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass, field
from inspect import isawaitable
from typing import Any, NewType
from uuid import UUID

import strawberry
from graphql import ExecutionResult, GraphQLError, GraphQLSchema
from graphql import execute as run
from graphql import subscribe as follow
from strawberry import Info

from models.errors import Forbidden, Overloaded
from models.permissions import Role
from models.viewer import Viewer
from server.doors import Call

ANNA_TOKEN = "op_live_" + "a" * 43
BEN_TOKEN = "op_live_" + "b" * 43
FIRM = UUID(int=1)
SECRET = "password=hunter2"
THE_END = "the end"
"""With which news even `forever` is over."""

ANNA = Viewer(firm_id=FIRM, member_id=UUID(int=2), role=Role.OWNER, session_id=UUID(int=3))
BEN = Viewer(firm_id=FIRM, member_id=UUID(int=4), role=Role.STAFF, session_id=UUID(int=5))


@strawberry.type
class Person:
    name: str

    @strawberry.field
    def friend(self) -> "Person":
        return Person(name="Ben")

    @strawberry.field
    def tags(self) -> list[str]:
        return ["one"]

    @strawberry.field
    def friends(self, first: int = 50) -> "PersonConnection":
        return _page("Ben", first)


@strawberry.type
class PersonEdge:
    node: Person


@strawberry.type
class PersonConnection:
    edges: list[PersonEdge]


def _page(name: str, size: int) -> PersonConnection:
    return PersonConnection(edges=[PersonEdge(node=Person(name=name))][:size])


def _read_amount(sent: object) -> str:
    if not isinstance(sent, str):
        raise GraphQLError("An amount is a decimal string.")
    if not sent.replace(".", "", 1).isdigit():
        raise GraphQLError("An amount is digits with one point.")
    return sent


Amount = NewType("Amount", str)
Clumsy = NewType("Clumsy", str)
SCALARS: dict[object, Any] = {
    Amount: strawberry.scalar(name="Amount", parse_value=_read_amount, serialize=str),
    Clumsy: strawberry.scalar(name="Clumsy", parse_value=len, serialize=str),
}


@strawberry.input
class SignIn:
    email: str
    password: str


@strawberry.type
class Query:
    @strawberry.field
    def greeting(self, name: str = "you") -> str:
        return f"Hello {name}"

    @strawberry.field
    def whoami(self, info: Info) -> str | None:
        viewer = info.context.viewer
        return None if viewer is None else viewer.role.value

    @strawberry.field
    def person(self) -> Person:
        return Person(name="Anna")

    @strawberry.field
    def people(self, first: int = 50, last: int | None = None) -> PersonConnection:
        return _page("Anna", last or first)

    @strawberry.field(metadata={"sized_by": "ids"})  # type: ignore[untyped-decorator]
    def nodes(self, ids: list[strawberry.ID]) -> list[Person]:
        return [Person(name=one) for one in ids]

    @strawberry.field(metadata={"cost": 40})  # type: ignore[untyped-decorator]
    def report(self) -> str:
        return "figures"

    @strawberry.field
    def number(self, value: int) -> int:
        return value

    @strawberry.field
    def amount(self, value: Amount) -> Amount:
        return value

    @strawberry.field
    def clumsy(self, value: Clumsy) -> str:
        return str(value)

    @strawberry.field
    def fault(self) -> str:
        raise RuntimeError(SECRET)

    @strawberry.field
    def nullable_fault(self) -> str | None:
        raise RuntimeError(SECRET)

    @strawberry.field
    def too_wide(self) -> int:
        return 2**31

    @strawberry.field
    def forbidden(self) -> str | None:
        raise Forbidden("This needs the permission clients:edit.")

    @strawberry.field
    def overloaded(self) -> str | None:
        raise Overloaded

    @strawberry.field
    async def endless(self) -> str:
        await asyncio.Event().wait()
        raise AssertionError


@strawberry.type
class Mutation:
    @strawberry.mutation
    def rename(self, info: Info, name: str) -> str:
        info.context.practice.names.append(name)
        return name

    @strawberry.mutation
    async def rename_in_time(self, info: Info, name: str) -> str:
        practice = info.context.practice
        practice.begun.set()
        await practice.go_on.wait()
        practice.names.append(name)
        practice.ended.set()
        return name

    @strawberry.mutation
    def sign_in(self, info: Info, input: SignIn) -> bool:
        info.context.practice.tries.append(input.email)
        if input.password != "secret":
            return False
        info.context.call.session_token = ANNA_TOKEN
        return True

    @strawberry.mutation
    def sign_out(self, info: Info) -> bool:
        info.context.call.session_token = ""
        return True


@strawberry.type
class Entry:
    cursor: str
    entry: str


async def _allowed() -> bool:
    return False


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def ticks(self, count: int = 3) -> AsyncIterator[int]:
        for number in range(count):
            yield number

    @strawberry.subscription
    async def forever(self, info: Info) -> AsyncIterator[str]:
        practice = info.context.practice
        news: asyncio.Queue[str] = asyncio.Queue()
        practice.followers.append(news)
        try:
            yield "ready"
            while (told := await news.get()) != THE_END:
                yield told
        finally:
            practice.followers.remove(news)
            practice.left.set()

    @strawberry.subscription
    async def log(self, since: str | None = None) -> AsyncIterator[Entry]:
        for number in range(int(since or 0) + 1, 4):
            yield Entry(cursor=str(number), entry=f"entry {number}")

    @strawberry.subscription
    async def flood(self) -> AsyncIterator[str]:
        while True:
            yield "x" * 50_000

    @strawberry.subscription
    async def breaks(self) -> AsyncIterator[int]:
        yield 1
        raise RuntimeError(SECRET)

    @strawberry.subscription
    async def refuses(self) -> AsyncIterator[int]:
        if not await _allowed():
            raise Forbidden("Not yours to follow.")
        yield 1


SCHEMA: GraphQLSchema = strawberry.Schema(
    Query, Mutation, Subscription, scalar_overrides=SCALARS
)._schema


@dataclass
class Practice:
    """What the small schema did, and what it is told to say."""

    names: list[str] = field(default_factory=list)
    tries: list[str] = field(default_factory=list)
    followers: list[asyncio.Queue[str]] = field(default_factory=list)
    left: asyncio.Event = field(default_factory=asyncio.Event)
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    go_on: asyncio.Event = field(default_factory=asyncio.Event)
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    """What a change that takes its time waits for, and tells."""
    broken: Exception | None = None
    followed: Call | None = None
    asked: list[int] = field(default_factory=list)
    """About how many tokens at a time the practice was asked."""
    holders: dict[str, Viewer] = field(default_factory=lambda: {ANNA_TOKEN: ANNA, BEN_TOKEN: BEN})

    def tell(self, news: str) -> None:
        for follower in self.followers:
            follower.put_nowait(news)

    async def holders_of(self, tokens: Collection[str]) -> dict[str, Viewer]:
        if self.broken is not None:
            raise self.broken
        self.asked.append(len(tokens))
        return {token: self.holders[token] for token in tokens if token in self.holders}

    async def execute(
        self, document: Any, *, variables: Any, operation_name: Any, call: Call
    ) -> ExecutionResult:
        result = run(
            SCHEMA,
            document,
            context_value=_Context(self, call),
            variable_values=variables,
            operation_name=operation_name,
        )
        return await result if isawaitable(result) else result

    async def subscribe(
        self, document: Any, *, variables: Any, operation_name: Any, call: Call
    ) -> Any:
        self.followed = call
        opened = follow(
            SCHEMA,
            document,
            context_value=_Context(self, call),
            variable_values=variables,
            operation_name=operation_name,
        )
        return await opened if isawaitable(opened) else opened


@dataclass
class _Context:
    practice: Practice
    call: Call

    @property
    def viewer(self) -> Viewer | None:
        return self.call.viewer
