"""What is deprecated goes on as before until it is gone, and says so to whoever asks the schema."""

from enum import Enum
from typing import Annotated, Any

import pytest
import strawberry
from graphql import ExecutionResult, execute, get_introspection_query, parse, validate

from schema.build import built, core_of
from schema.engine import Engine


@strawberry.enum
class Genre(Enum):
    NOVEL = "novel"
    ROMANCE = strawberry.enum_value("romance", deprecation_reason="A novel, too.")


@strawberry.input
class Search:
    text: str | None = None
    word: str | None = strawberry.field(default=None, deprecation_reason="Say `text`.")


@strawberry.type
class Book:
    title: str
    genre: Genre
    name: str = strawberry.field(deprecation_reason="Ask for `title`.")


BOOKS: list[dict[str, Any]] = [
    {"title": "Emma", "name": "Emma", "genre": Genre.NOVEL},
    {"title": "Pamela", "name": "Pamela", "genre": Genre.ROMANCE},
]


@strawberry.type
class Query:
    @strawberry.field
    def books(
        self,
        info: strawberry.Info,
        search: Search | None = None,
        genre: Annotated[Genre | None, strawberry.argument(deprecation_reason="Search.")] = None,
    ) -> list[Book]:
        words = [search.text, search.word] if search else []
        return [book for book in BOOKS if genre in (None, book["genre"])  # type: ignore[misc]
                and all(word in book["title"] for word in words if word)]  # fmt: skip


SCHEMA = core_of(built(query=Query))


async def answers(text: str, *, planned: bool = True, **variables: Any) -> Any:
    """What the engine answers by a plan of its own, or left to graphql-core, which says the same."""
    document, left = parse(text), list[str]()
    assert validate(SCHEMA, document) == []
    engine = Engine(lambda _name, why: left.append(why))
    ours = await engine.execute(SCHEMA, document, variables=variables)
    theirs = execute(SCHEMA, document, variable_values=variables)
    assert isinstance(theirs, ExecutionResult)
    assert (ours.data, ours.errors) == (theirs.data, theirs.errors)
    assert left == ([] if planned else ["introspection"])
    return ours.data


async def test_a_field_an_argument_a_value_and_an_input_field_serve_while_they_are_there() -> None:
    everything = "query ($search: Search, $genre: Genre) { books(search: $search, genre: $genre) { name genre } }"

    assert await answers("{ books(genre: ROMANCE) { title name genre } }") == {
        "books": [{"title": "Pamela", "name": "Pamela", "genre": "ROMANCE"}]
    }
    assert await answers('{ books(search: {word: "mm"}) { name } }') == {
        "books": [{"name": "Emma"}]
    }  # fmt: skip
    assert await answers(everything, search={"text": "a", "word": "E"}, genre="NOVEL") == {
        "books": [{"name": "Emma", "genre": "NOVEL"}]
    }
    assert await answers(everything, genre="ROMANCE", search={"word": "E"}) == {"books": []}


@pytest.mark.parametrize(("kind", "part", "kept", "deprecated"), [
    ("Book", "fields", ["title", "genre"], {"name": "Ask for `title`."}),
    ("Genre", "enumValues", ["NOVEL"], {"ROMANCE": "A novel, too."}),
    ("Search", "inputFields", ["text"], {"word": "Say `text`."}),
    ("Query", "fields { name args", ["search"], {"genre": "Search."}),
])  # fmt: skip
async def test_the_schema_tells_it_to_those_who_ask_for_deprecated_things_too(
    kind: str, part: str, kept: list[str], deprecated: dict[str, str]
) -> None:
    async def told(which: str) -> list[dict[str, Any]]:
        asked = f"{part}{which} {{ name isDeprecated deprecationReason }}" + "}" * part.count("{")
        answer = await answers(f'{{ __type(name: "{kind}") {{ {asked} }} }}', planned=False)
        found = next(iter(answer["__type"].values()))
        return found[0]["args"] if "{" in part else found  # type: ignore[no-any-return]

    assert [one["name"] for one in await told("")] == kept
    every = await told("(includeDeprecated: true)")
    assert {one["name"]: one["deprecationReason"] for one in every if one["isDeprecated"]} == (
        deprecated
    )
    assert {one["name"] for one in every} == {*kept, *deprecated}


async def test_the_usual_questions_about_a_schema_are_answered_alike() -> None:
    for whole in (False, True):
        await answers(get_introspection_query(input_value_deprecation=whole), planned=False)
