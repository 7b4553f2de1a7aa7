"""Which operations share a plan, which have none, and what is kept of them."""

import asyncio
import gc
import weakref
from itertools import product
from typing import Any

import pytest
from graphql import parse

from schema.engine import Engine
from tests.schema.library import Library, book, shelf


async def test_a_condition_of_another_operation_makes_no_difference() -> None:
    library = Library([shelf(1)])
    document = parse("""query Plain { shelves { name } }
      query Wide($wide: Boolean!) { shelves { width @include(if: $wide) } }""")

    answer = await library.engine.execute(
        library.schema, document, variables={}, operation_name="Plain", context=library
    )

    assert answer.data == {"shelves": [{"name": "S1"}]}
    assert library.fell_back == []


async def test_what_other_directives_are_given_makes_no_difference_to_a_plan() -> None:
    library = Library([shelf(1)])
    text = "query ($with: [Int!]) { shelves { name @marked(with: $with) } }"

    assert (await library.answers(text, **{"with": [1]}))[0] == {"shelves": [{"name": "S1"}]}
    assert library.fell_back == []


async def test_documents_share_a_plan_but_for_what_they_include() -> None:
    library = Library([shelf(1), shelf(5)])
    text = """query ($most: Int, $wide: Boolean = false) {
      shelves { loans(most: $most) width @include(if: $wide) } }"""

    assert await library.answers(text, most=1) == (
        {"shelves": [{"loans": 1}, {"loans": 1}]}, {},
    )  # fmt: skip
    assert await library.answers(text, most=9, wide=True) == (
        {"shelves": [{"loans": 1, "width": 1}, {"loans": 5, "width": 1}]}, {},
    )  # fmt: skip


async def test_all_plans_together_have_one_bound_and_those_used_last_stay() -> None:
    library = Library([shelf(1, book("A", 1))])
    library.engine = Engine(most=300)
    conditional = """query ($a: Boolean!, $b: Boolean!, $c: Boolean!) {
      shelves { a: name @include(if: $a) b: name @include(if: $b) c: name @skip(if: $c) } }"""
    document = parse(conditional)
    for a, b, c in product([True, False], repeat=3):
        asked: Any = {"variables": {"a": a, "b": b, "c": c}, "context": library}
        await library.engine.execute(library.schema, document, **asked)
        assert library.engine.kept.held <= 300
    few = weakref.ref(document)
    del document
    for number in range(20):
        await library.ours(f"{{ shelves {{ n{number}: name }} }}")

    gc.collect()
    assert few() is None
    assert 200 < library.engine.kept.held <= 300


async def test_what_is_long_is_weighed_by_its_length() -> None:
    library = Library([])
    weights = []
    for text in ("{ shelves { name } }", "{ shelves { name } } #" + "long" * 1_000,
                 "{ shelves { " + "long" * 1_000 + ": name } }"):  # fmt: skip
        library.engine = Engine()
        await library.ours(text)
        weights.append(library.engine.kept.held)

    short, comment, name = weights
    assert short + 80 <= comment < name


async def test_what_is_planned_when_a_row_of_it_comes_is_weighed_then() -> None:
    library = Library([])
    text = parse("{ things { ... on Shelf { name width } ... on Book { title } } }")
    weights = []
    for things in ([], [shelf(1)], [book("A"), shelf(2)]):
        library.shelves = things
        await library.engine.execute(library.schema, text, variables={}, context=library)
        weights.append(library.engine.kept.held)

    assert weights[0] < weights[1] < weights[2]
    assert len(library.engine.kept) == 2


@pytest.mark.parametrize("at", [
    "maybe { width @include(if: $often) }", "things { name @include(if: $often) }",
    "maybe @include(if: $often) { name }",
])  # fmt: skip
async def test_a_condition_that_is_null_is_told_as_graphql_core_tells_it(at: str) -> None:
    library = Library([shelf(1), shelf(2)])
    text = f"query ($often: Boolean = true) {{ {at} }}"

    assert (await library.answers(text))[1] == {}
    _, errors = await library.answers(text, often=None)

    assert errors
    assert library.fell_back == [(None, "a condition is null")]


class Word(str):
    """A text that can be looked for."""

    __slots__ = ("__weakref__",)


@pytest.mark.parametrize("more", ["", "__schema { description }"])
async def test_nothing_that_a_caller_says_stays_with_the_plan(more: str) -> None:
    library = Library([shelf(1), book("A")])
    document = parse(f"query ($word: String) {{ things(word: $word) {{ name }} {more} }}")
    said = Word("hunter2")
    variables, word = {"word": said}, weakref.ref(said)
    await library.engine.execute(library.schema, document, variables=variables, context=library)
    del said, variables

    gc.collect()
    assert len(library.engine.kept) == 2
    assert word() is None


async def test_what_has_no_plan_is_answered_all_the_same_and_said() -> None:
    library = Library([shelf(1, keeper_id=1)])

    assert (await library.ours("query Types { __schema { queryType { name } } }")).errors is None
    await library.ours("{ shelves { keeper { plain } } }")
    await library.ours("{ things { ... on Thing { name ...Kept } } }"
                       " fragment Kept on Shelf { keeper { ... { plain } } }")  # fmt: skip

    one_by_one = (None, "Person.plain is resolved one by one")
    assert library.fell_back == [("Types", "introspection"), one_by_one, one_by_one]


async def test_a_fragment_with_variables_of_its_own_is_left_to_graphql_core() -> None:
    library = Library([shelf(5)])
    text = "{ shelves { ...F(most: 2) } } fragment F($most: Int) on Shelf { loans(most: $most) }"
    document = parse(text, experimental_fragment_arguments=True)

    answer = await library.engine.execute(library.schema, document, variables={}, context=library)

    assert answer.data == {"shelves": [{"loans": 2}]}
    assert library.fell_back == [(None, "a fragment has variables of its own")]


async def test_a_first_use_by_many_at_once_is_answered_to_each() -> None:
    library = Library([shelf(number) for number in range(1, 4)])
    document = parse("query ($most: Int) { shelves { loans(most: $most) } }")

    answers = await asyncio.gather(*(
        library.engine.execute(library.schema, document, variables={"most": most})
        for most in range(1, 9)
    ))  # fmt: skip

    told = [[one["loans"] for one in (answer.data or {})["shelves"]] for answer in answers]
    assert told == [[min(most, number) for number in range(1, 4)] for most in range(1, 9)]
