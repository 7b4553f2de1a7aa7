"""Who asks too much is told how much that is, where it stands, and what to do instead."""

from typing import Any

import pytest
from graphql import parse

from server.limits import STAFF, survey, verdict
from tests.server.practice import SCHEMA
from tests.server.wire import wire

IN_PARTS = "Ask in several operations; what a fragment has counts wherever it is spread."
DEEPER = "Ask for what lies deeper in an operation of its own."
TAKE_OUT = "and so has no end. Take one of these spreads out."


@pytest.mark.parametrize(("text", "told", "place"), [
    ("{ person {\n" + "friend {\n" * 12 + "name" + "}" * 14,
     f"The operation is 13 levels deep; at most 12 are allowed. {DEEPER}", (13, 1)),
    ("{ person { ...F } }\nfragment F on Person {\n" + "friend {\n" * 12 + "name" + "}" * 13,
     f"The operation is 13 levels deep; at most 12 are allowed. {DEEPER}", (14, 1)),
    ("{ greeting }\nquery Types { __schema {" + "fields {" * 20 + "name" + "}" * 22,
     "The operation Types goes 21 levels into the schema; at most 20 are allowed. Ask for single types, by `__type`.", (2, 1)),
    ("query Many {" + " ".join(f"a{n}: greeting" for n in range(31)) + "}",
     f"The operation Many has 31 aliases; at most 30 are allowed. {IN_PARTS}", (1, 1)),
    ("{ greeting " + "@include(if: true) " * 21 + "}",
     f"The operation has 21 directives; at most 20 are allowed. {IN_PARTS}", (1, 1)),
    ("{ ...F0 }" + "".join(f"fragment F{n} on Query {{ ...F{n + 1} }}" for n in range(50))
     + "fragment F50 on Query { greeting }",
     "The operation spreads fragments within one another 51 deep; at most 50 are allowed. Write the inner ones out.", (1, 1)),
    ("{ ...All }\nfragment All on Query {\n" + "greeting\n" * 21 + "}",
     "The fragment All selects `greeting` 21 times at one level; at most 20 are allowed. Select it once.", (23, 1)),
    ("{ " + "...F\n" * 21 + "} fragment F on Query { greeting }",
     "The operation selects `...F` 21 times at one level; at most 20 are allowed. Select it once.", (21, 1)),
    ("{ types: __schema { types { name } } }",
     "The operation has aliases for fields of the schema. Ask for each once, by its own name.",
     (1, 1)),
    ("{ ...A }\nfragment A on Query { ...B }\nfragment B on Query { ...A }",
     f"The fragment A spreads itself, or one that leads back to it, {TAKE_OUT}", (2, 1)),
    ('mutation { a: rename(name: "x") b: rename(name: "y") }',
     "The operation makes 2 changes; a mutation makes one. Send an operation for each.", (1, 1)),
])  # fmt: skip
def test_a_document_that_asks_too_much(text: str, told: str, place: tuple[int, int]) -> None:
    [error] = verdict(survey(SCHEMA, parse(text), STAFF), STAFF)

    assert error.message == told
    assert [(at.line, at.column) for at in error.locations or ()] == [place]


@pytest.mark.parametrize(("text", "variables", "told"), [
    ("{ people(first: 251) { edges { node { name } } } }", {},
     "`first` must be between 1 and 250."),
    ("query($n: Int) { people(last: $n) { edges { node { name } } } }", {"n": 251},
     "`$n` must be between 1 and 250."),
    ("{ nodes(ids: [" + '"x",' * 251 + "]) { name } }", {},
     "A list has 251 items; at most 250 are allowed. Send several shorter ones."),
    ("query($ids: [ID!]!) { nodes(ids: $ids) { name } }", {"ids": ["x"] * 1_200},
     "A list in `$ids` has 1,200 items; at most 250 are allowed. Send several shorter ones."),
    ("query($ids: [ID!]!) { nodes(ids: $ids) { name } }", {"ids": ["x", "a\0b"]},
     "A text in `$ids` has the character NUL in it, which no text may. Send it without."),
])  # fmt: skip
async def test_a_value_that_nothing_takes(text: str, variables: dict[str, Any], told: str) -> None:
    async with wire().client() as client:
        response = await client.post("/graphql", json={"query": text, "variables": variables})

    [error] = response.json()["errors"]
    assert error["message"] == told
    assert ("locations" in error) == (not variables)
