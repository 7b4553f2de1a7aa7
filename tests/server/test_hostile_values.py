"""Every argument of every root field of the real contract, given what nobody sane would send."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from graphql import (
    GraphQLField,
    GraphQLObjectType,
    GraphQLOutputType,
    get_named_type,
    get_nullable_type,
    is_enum_type,
    is_input_object_type,
    is_leaf_type,
    is_list_type,
    is_object_type,
    is_required_argument,
    is_required_input_field,
)

from schema.staff import staff
from server.running import Runner
from server.sign_ins import SignInThrottle
from tests.cast import Cast
from tests.server.wire import ANNA_TOKEN, Wire, wire

TEXTS = ["", "a\0b", "\u202e\uffff", "x" * 40_000, "9" * 300, "1,00", "2026-02-30", "10000-01-01",
         "'; drop table member; --", "%s{}", "task_" + "0" * 32, "task_zz"]  # fmt: skip
NUMBERS = [0, -1, 251, 2**31, 2**53 + 1, 2**64, 10**300, 1.5, 1e300, True]
SHAPES: list[Any] = [None, [], {}, ["x"], [None], {"a": 1}]
LEAVES: list[Any] = [*TEXTS, *NUMBERS, *SHAPES]

SCHEMA = staff()
PLAIN = {"Int": 1, "Long": 1, "Boolean": True, "ID": "task_" + "0" * 32, "Date": "2026-01-31",
         "DateTime": "2026-01-31T00:00:00Z"}  # fmt: skip


def plain(kind: Any) -> Any:
    """A value of the right form."""
    kind = get_nullable_type(kind)
    if is_list_type(kind):
        return [plain(kind.of_type)]
    if is_enum_type(kind):
        return next(iter(kind.values))
    if is_input_object_type(kind):
        return {n: plain(f.type) for n, f in kind.fields.items() if is_required_input_field(f)}
    return PLAIN.get(get_named_type(kind).name, "text")


def hostile(kind: Any, depth: int = 0) -> Iterator[Any]:
    """Values of the wrong form, and of the right form where one place is wrong."""
    kind = get_nullable_type(kind)
    if is_list_type(kind):
        yield [plain(kind.of_type)] * 251
        yield from ([item] for item in hostile(kind.of_type, depth))
    elif is_input_object_type(kind):
        yield from SHAPES
        for name, part in kind.fields.items() if depth < 2 else ():
            yield from ({**plain(kind), name: item} for item in hostile(part.type, depth + 1))
    elif is_enum_type(kind):
        yield from ("NOPE", 1, "", None)
    else:
        yield from LEAVES


def selection(kind: GraphQLOutputType) -> str:
    named = get_named_type(kind)
    if is_leaf_type(named):
        return ""
    if not is_object_type(named):
        return "{ __typename }"
    leaves = [
        name for name, field in named.fields.items()
        if is_leaf_type(get_named_type(field.type))
        and not any(is_required_argument(argument) for argument in field.args.values())
    ]  # fmt: skip
    errors = " errors { code path }" if "errors" in named.fields else ""
    return f"{{ __typename {' '.join(leaves[:6])}{errors} }}"


def asked(kind: str, name: str, field: GraphQLField) -> Iterator[dict[str, Any]]:
    """The requests for one root field: one argument hostile, the others plain."""
    for bad in field.args:
        others = {
            other: plain(argument.type) for other, argument in field.args.items()
            if other != bad and is_required_argument(argument)
        }  # fmt: skip
        declared = ", ".join(f"${n}: {field.args[n].type}" for n in (bad, *others))
        given = ", ".join(f"{n}: ${n}" for n in (bad, *others))
        text = f"{kind}({declared}) {{ {name}({given}) {selection(field.type)} }}"
        for value in hostile(field.args[bad].type):
            yield {"query": text, "variables": {bad: value, **others}}


@pytest.fixture
def real(cast: Cast) -> Wire:
    """The wire over the real contract; the token is the Harbour's owner's."""
    runner = Runner(SCHEMA)
    unthrottled = SignInThrottle(account=10_000, address=10_000, everybody=10_000)
    wired = wire(
        schema=SCHEMA,
        execute=runner.execute,
        subscribe=runner.subscribe,
        sign_ins=unthrottled,
    )
    wired.practice.holders[ANNA_TOKEN] = cast.harbour.ada
    return wired


def fields_of(root: GraphQLObjectType | None) -> list[tuple[str, GraphQLField]]:
    assert root is not None
    return [(name, field) for name, field in root.fields.items() if field.args]


ROOTS = [
    pytest.param(kind, name, field, id=f"{kind} {name}")
    for kind, root in (("query", SCHEMA.query_type), ("mutation", SCHEMA.mutation_type))
    for name, field in fields_of(root)
]


@pytest.mark.parametrize(("kind", "name", "field"), ROOTS)
async def test_hostile_values_are_refused_or_taken_but_never_a_fault(
    real: Wire, kind: str, name: str, field: GraphQLField, logged: list[Any]
) -> None:
    headers = {"authorization": f"Bearer {ANNA_TOKEN}", "content-type": "application/json"}
    async with real.client(**headers) as client:
        for body in asked(kind, name, field):
            response = await client.post("/graphql", content=json.dumps(body).encode())
            assert not is_fault(response), (body["variables"], logged)


def is_fault(response: httpx.Response) -> bool:
    codes = [error["extensions"]["code"] for error in response.json().get("errors", [])]
    return response.status_code >= 500 or "INTERNAL" in codes
