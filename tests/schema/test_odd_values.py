"""Values that a resolver ought not to give become what graphql-core makes of them."""

from typing import Any

import pytest
from graphql import GraphQLEnumType, Undefined

from tests.schema.library import Library, book, shelf

NOTHING: Any = Undefined


@pytest.mark.parametrize(("shelves", "asked"), [
    ([shelf(1, name=NOTHING), shelf(2)], "name"),
    ([shelf(1, width=NOTHING), shelf(2)], "width"),
    ([shelf(14), shelf(2)], "loans"),
    ([shelf(1, books=NOTHING), shelf(2)], "books { title }"),
    ([shelf(1, best=NOTHING), shelf(2, book("A"))], "best { title }"),
    ([shelf(1, keeper_id=4), shelf(2, keeper_id=1)], "keeper { name }"),
    ([shelf(1, genres=["PLAY", NOTHING]), shelf(2, genres=NOTHING)], "genres"),
    ([shelf(1, book("A", genre=NOTHING), book(NOTHING))], "books { genre title }"),
    ([shelf(1, book("A", heirs=[NOTHING]))], "books { heirs { name } }"),
    ([NOTHING, shelf(2)], "name"),
    (NOTHING, "name"),
], ids=lambda value: value if isinstance(value, str) else None)  # fmt: skip
async def test_undefined_is_null_wherever_it_comes_from(shelves: Any, asked: str) -> None:
    library = Library(shelves)

    data, _ = await library.answers(f"{{ maybe {{ {asked} }} }}")

    assert "Undefined" not in str(data)
    assert library.fell_back == []


async def test_undefined_is_null_where_each_row_says_its_type() -> None:
    data, errors = await Library([shelf(1), NOTHING]).answers("{ things { name } }")

    assert (data, list(errors)) == (None, ["things.1"])


@pytest.mark.parametrize("told", [None, NOTHING, ValueError("nobody knows")])
async def test_a_call_that_tells_nothing_of_a_row_tells_nothing_of_its_parts(told: Any) -> None:
    async def of_all(*_: Any) -> list[Any]:
        return [{"low": 1, "high": 2}, told]

    library = Library([shelf(1), shelf(2)])
    for name in ("low", "high"):
        library.schema.type_map["Shelf"].fields[name].resolve = of_all  # type: ignore[attr-defined]
    result = await library.ours("{ shelves { low high } }")

    assert result.data == {"shelves": [{"low": 1, "high": 2}, {"low": None, "high": None}]}


@pytest.mark.parametrize("told", [None, NOTHING, 7, [1], {0: 1, 1: 2}, {1, 2}, "ab"], ids=str)
async def test_a_call_that_does_not_tell_of_each_row_is_the_fault_of_its_field(told: Any) -> None:
    async def of_all(*_: Any, **_arguments: Any) -> Any:
        return told

    library = Library([shelf(1), shelf(2)])
    library.schema.type_map["Shelf"].fields["loans"].resolve = of_all  # type: ignore[attr-defined]
    result = await library.ours("{ shelves { name loans } }")

    assert result.data == {
        "shelves": [{"name": "S1", "loans": None}, {"name": "S2", "loans": None}]
    }
    assert [error.path for error in result.errors or ()] == [
        ["shelves", n, "loans"] for n in (0, 1)
    ]


@pytest.mark.parametrize("genre", [["NOVEL"], {"NOVEL"}, {}, "NOVELLA", 7, ValueError("no genre")],
                         ids=str)  # fmt: skip
async def test_a_value_that_no_enum_has_is_told_in_graphql_cores_words(genre: Any) -> None:
    novel = book("A", genre="NOVEL")
    library = Library([shelf(1, novel, book("B", genre=genre), genres=["PLAY", genre])])

    data, errors = await library.answers("{ shelves { genres books { genre } } }")

    assert data["shelves"] == [{"genres": ["PLAY", None],
                                "books": [{"genre": "NOVEL"}, {"genre": None}]}]  # fmt: skip
    assert list(errors) == ["shelves.0.genres.1", "shelves.0.books.1.genre"]


async def test_a_value_of_an_enum_need_not_be_one_that_can_be_hashed() -> None:
    library = Library([shelf(1, book("A", genre=["a", "play"]), genres=[["a", "play"], "NOVEL"])])
    genres = library.schema.type_map["Genre"]
    assert isinstance(genres, GraphQLEnumType)
    genres.values["PLAY"].value = ["a", "play"]

    data, errors = await library.answers("{ shelves { genres books { genre } } }")

    assert data == {"shelves": [{"genres": ["PLAY", "NOVEL"], "books": [{"genre": "PLAY"}]}]}
    assert errors == {}
