"""How much one document may ask; refused in time proportional to its length."""

from typing import Any

import pytest
from graphql import get_introspection_query, parse

from schema.engine import Shelf
from server.documents import Prepared, is_ours, prepare
from server.limits import STAFF, Bounds, cost, survey, verdict
from server.limits.costs import Counting
from tests.server.practice import SCHEMA
from tests.server.test_http import code_of
from tests.server.wire import wire


def points(text: str, bounds: Bounds = STAFF, **variables: Any) -> int:
    found = survey(SCHEMA, parse(text), bounds)
    [operation] = found.operations.values()
    return cost(found, operation, variables)


def chained(count: int, last: str, template: str) -> str:
    """Fragments that each spread the next one, by the template."""
    parts = [
        f"fragment F{n} on Person {{ {template.replace('NEXT', f'...F{n + 1}')} }}"
        for n in range(count)
    ]
    return " ".join([*parts, f"fragment F{count} on Person {{ {last} }}"])


HOSTILE = {
    "5,000 aliases": "{" + " ".join(f"a{n}: greeting" for n in range(5000)) + "}",
    "31 aliases": "{" + " ".join(f"a{n}: greeting" for n in range(31)) + "}",
    "aliases by fragments": "{ person { ...F0 } } "
    + chained(6, "name", "a: friend { NEXT } b: friend { NEXT }"),
    "depth 500": "{ person {" + "friend {" * 500 + "name" + "}" * 500 + "}}",
    "depth 13": "{ person {" + "friend {" * 12 + "name" + "}" * 12 + "}}",
    "depth by fragments": "{ person { ...F0 } } " + chained(12, "name", "friend { NEXT }"),
    "20,000 directives": "{ greeting " + "@include(if: true) " * 20_000 + "}",
    "21 directives": "{ greeting " + "@include(if: true) " * 21 + "}",
    "fragments doubled 40 times": "{ person { ...F0 } } "
    + chained(40, "name", "friend { NEXT } b: friend { NEXT }"),
    "fragments doubled in place": "{ person { ...F0 } } "
    + chained(60, "name", "NEXT ... on Person { NEXT }"),
    "inline fragments nested": "{ person {" + "... { name " * 190 + "}" * 190 + "}}",
    "one field 400 times": "{ person {" + " name" * 400 + "}}",
    "one object 200 times": "{" + " person { name }" * 200 + "}",
    "pairs of pairs": "{" + " person { friend { name name } friend { name } }" * 40 + "}",
    "a fragment 300 times": "{ person {" + " ...F" * 300 + "}} fragment F on Person { name }",
    "the schema 140 times": "{" + " __schema { types { name } }" * 140 + "}",
    "the schema by aliases": "{" + " ".join(f"s{n}: __schema {{ types {{ name }} }}" for n in range(9)) + "}",
    "a circle in the schema": "{ __schema { types { fields { type { fields { type { fields"
    " { name } } } } } } } }",
    "a fragment in itself": "{ person { ...A } } fragment A on Person { friend { ...B } }"
    " fragment B on Person { friend { ...A } }",
    "a fragment in itself at once": "{ ...A } fragment A on Query { ...A }",
    "900 unknown fields": "{" + " ".join(f"x{n}" for n in range(900)) + "}",
    "two changes": 'mutation { a: rename(name: "x") b: rename(name: "y") }',
    "two changes by fragments": "mutation { ...A ...B }"
    ' fragment A on Mutation { rename(name: "x") } fragment B on Mutation { signOut }',
    "too many points": "{ people(first: 250) { edges { node { friends(first: 250)"
    " { edges { node { name } } } } } } }",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_document_is_refused_and_changes_nothing(name: str) -> None:
    wired = wire()
    async with wired.client() as client:
        response = await client.post("/graphql", json={"query": HOSTILE[name]})
        alive = await client.post("/graphql", json={"query": "{ greeting }"})

    assert response.status_code in (200, 400, 413)
    assert "data" not in response.json()
    assert code_of(response) in (
        "BODY_TOO_LARGE",
        "TOO_COMPLEX",
        "GRAPHQL_PARSE_FAILED",
        "GRAPHQL_VALIDATION_FAILED",
    )
    assert wired.practice.names == []
    assert alive.json()["data"] == {"greeting": "Hello you"}


# The parser itself refuses this one.
MEASURED = sorted(HOSTILE.keys() - {"depth 500"})


@pytest.mark.parametrize("name", MEASURED)
def test_measuring_visits_each_node_a_few_times_at_most(name: str) -> None:
    """Work is counted, not timed: nodes and spreads looked at, against the document's length."""
    found = survey(SCHEMA, parse(HOSTILE[name]), STAFF)

    tokens = len(HOSTILE[name].split()) + HOSTILE[name].count("{") * 2
    assert found.visited <= 3 * tokens


def test_adding_up_costs_is_memoised_by_fragment() -> None:
    def visits(count: int) -> int:
        text = "{ person { ...F0 } } " + chained(
            count, "name", "friend { NEXT } b: friend { NEXT }"
        )
        found = survey(SCHEMA, parse(text), STAFF)
        counting = Counting(found.bills, {})
        counting.total(found.operations[""].bill)
        return counting.visited

    assert visits(40) - visits(20) == visits(20) - visits(0)


async def test_what_is_just_within_the_limits_is_answered() -> None:
    documents = [
        "{" + " ".join(f"a{n}: greeting" for n in range(30)) + "}",
        "{ person {" + "friend {" * 11 + "name" + "}" * 11 + "}}",
        "{ greeting @include(if: true) }",
        "{ people(first: 250) { edges { node { name } } } }",
        "{" + " person { name }" * 20 + "}",
        get_introspection_query(),
        get_introspection_query(input_value_deprecation=True, specified_by_url=True),
    ]
    async with wire().client() as client:
        for document in documents:
            response = await client.post("/graphql", json={"query": document})
            assert "errors" not in response.json(), document


def test_edges_and_node_together_are_one_level() -> None:
    text = "{ people { edges { node { friends { edges { node { name } } } } } } }"
    [operation] = survey(SCHEMA, parse(text), STAFF).operations.values()

    assert operation.depth == 4


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{ greeting }", 0),
        ("{ report }", 40),
        ("{ person { name friend { name } } }", 2),
        ("{ people { edges { node { name } } } }", 1 + 50),
        ("{ people(first: 10) { edges { node { name friend { name } } } } }", 1 + 10 * 2),
        ("{ people(last: 3) { edges { node { name } } } }", 1 + 3),
        ("{ people(first: 7) { ...E } } fragment E on PersonConnection { edges { node { name } } }", 8),
        ('{ nodes(ids: ["a", "b", "c"]) { name friend { name } } }', 3 * 2),
        ("{ person { tags } }", 1),
        ("{ __schema { types { name fields { name } } } }", 100),
        ('mutation { rename(name: "x") }', 10),
        ("{ greeting @skip(if: true) person @skip(if: true) { name } }", 1),
    ],
)  # fmt: skip
def test_a_leaf_costs_nothing_an_object_one_point_and_a_list_its_items(
    text: str, expected: int
) -> None:
    assert points(text) == expected


def test_variables_count_with_their_values() -> None:
    text = """query($n: Int = 5, $ids: [ID!]!) {
        people(first: $n) { edges { node { name } } } nodes(ids: $ids) { name }
    }"""

    assert points(text, n=100, ids=["a", "b"]) == 1 + 100 + 2


@pytest.mark.parametrize(
    ("text", "variables"),
    [
        ("{ people(first: 1000000000) { edges { node { name } } } }", {}),
        ("{ people(first: 251) { edges { node { name } } } }", {}),
        ("{ people(first: -1) { edges { node { name } } } }", {}),
        ("{ people(first: 0) { edges { node { name } } } }", {}),
        ("{ people(first: 1, last: 1) { edges { node { name } } } }", {}),
        ("{ ...P } fragment P on Query { people(last: 999) { edges { node { name } } } }", {}),
        ("query($n: Int) { people(first: $n) { edges { node { name } } } }", {"n": 251}),
        ("query($n: Int) { people(first: $n) { edges { node { name } } } }", {"n": 0}),
        ("query($n: Int = 300) { people(first: $n) { edges { node { name } } } }", {}),
        ("query($ids: [ID!]!) { nodes(ids: $ids) { name } }", {"ids": ["x"] * 10_000}),
        ("query($ids: [ID!]!) { nodes(ids: $ids) { name } }", {"ids": ["x"] * 251}),
        ("{ nodes(ids: [" + '"x",' * 251 + "]) { name } }", {}),
    ],
    ids=lambda value: str(value)[:60],
)
async def test_pages_and_lists_of_a_wrong_size_are_bad_input(
    text: str, variables: dict[str, Any]
) -> None:
    async with wire().client() as client:
        response = await client.post("/graphql", json={"query": text, "variables": variables})

    assert code_of(response) == "BAD_INPUT"


async def test_a_page_size_that_is_null_is_not_given() -> None:
    text = "query($l: Int) { people(first: 1, last: $l) { edges { node { name } } } }"
    async with wire().client() as client:
        answer = await client.post("/graphql", json={"query": text, "variables": {"l": None}})

    assert "errors" not in answer.json()


async def test_200_sign_ins_in_one_request_are_refused_before_one_is_tried() -> None:
    wired = wire()
    tries = " ".join(
        f'a{n}: signIn(input: {{ email: "a@b.test", password: "{n}" }})' for n in range(200)
    )
    async with wired.client() as client:
        response = await client.post("/graphql", json={"query": f"mutation {{ {tries} }}"})

    assert code_of(response) in ("TOO_COMPLEX", "GRAPHQL_PARSE_FAILED")
    assert wired.practice.tries == []


async def test_an_operation_that_costs_too_much_is_told_its_price() -> None:
    async with wire().client() as client:
        response = await client.post("/graphql", json={"query": HOSTILE["too many points"]})

    told = response.json()
    assert told["extensions"]["cost"] == {"points": 1 + 250 * (1 + 1 + 250), "limit": 5000}
    assert "63,001" in told["errors"][0]["message"]


def test_a_good_document_is_prepared_once_and_a_bad_one_is_not_kept() -> None:
    shelf: Shelf[Prepared] = Shelf(1_000)

    first = prepare(SCHEMA, "{ greeting }", shelf=shelf)
    bad = prepare(SCHEMA, "{ nothing }", shelf=shelf)

    assert prepare(SCHEMA, "{ greeting }", shelf=shelf) is first
    assert bad.errors
    assert len(shelf) == 1


def test_the_shelf_holds_so_many_tokens_and_drops_what_was_not_asked_for() -> None:
    shelf: Shelf[Prepared] = Shelf(30)
    kept = prepare(SCHEMA, "{ a0: greeting }", shelf=shelf)
    for number in range(1, 20):
        prepare(SCHEMA, f"{{ a{number}: greeting }}", shelf=shelf)
        assert prepare(SCHEMA, "{ a0: greeting }", shelf=shelf) is kept

    assert shelf.held <= 30
    assert len(shelf) < 5


def test_one_document_too_long_for_the_shelf_is_not_kept_and_drops_no_other() -> None:
    shelf: Shelf[Prepared] = Shelf(30)
    kept = prepare(SCHEMA, "{ greeting }", shelf=shelf)
    prepare(SCHEMA, '{ greeting(name: "' + "long " * 2_000 + '") }', shelf=shelf)

    assert prepare(SCHEMA, "{ greeting }", shelf=shelf) is kept
    assert len(shelf) == 1


def test_a_document_of_our_own_is_prepared_once_whatever_others_ask() -> None:
    full: Shelf[Prepared] = Shelf(0)
    first = prepare(SCHEMA, "{ ours: greeting }", trusted=True, shelf=full)
    other = prepare(SCHEMA, "{ theirs: greeting }", shelf=full)
    assert first.document is not None
    assert other.document is not None

    assert prepare(SCHEMA, "{ ours: greeting }", trusted=True, shelf=full) is first
    assert prepare(SCHEMA, "{ theirs: greeting }", shelf=full) is not other
    assert (is_ours(first.document), is_ours(other.document)) == (True, False)


def test_limits_judge_documents_that_are_wrong_in_every_other_way() -> None:
    texts = [
        "{ ...Missing }",
        "{ unknown { deeper { still } } }",
        "fragment F on Nowhere { a { b } }",
        "{ person } fragment P on Person { name } fragment P on Person { name }",
        "query A { greeting } query A { greeting }",
        "{ greeting } { greeting }",
        "type Query { a: Int }",
    ]
    for text in texts:
        assert verdict(survey(SCHEMA, parse(text), STAFF), STAFF) == []
        assert prepare(SCHEMA, text).errors
