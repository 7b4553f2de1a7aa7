"""What the engine does with a level of rows, and what becomes of what fails in it."""

from typing import Any

import pytest

from schema.engine import Join, Read
from schema.engine.origins import read_together
from tests.schema.library import Library, Records, book, shelf, with_author


async def test_all_of_a_level_is_asked_for_at_once_each_key_once_and_only_what_is_read() -> None:
    library = Library([shelf(1, book("A", 1), book("B", 1), keeper_id=3), shelf(2, book("C", 2))])

    await library.ours("""{ shelves { loans keeper { age } books { title author { id } } } }""")

    assert library.asked == [2, ([3], ["age"]), ([1, 2], ["id"])]


async def test_fields_of_one_level_and_source_are_loaded_together() -> None:
    library = Library([shelf(1, keeper_id=1), shelf(2, keeper_id=1)])

    data, _ = await library.answers("{ shelves { a: keeper { id } b: keeper { name } } }")

    assert data == {"shelves": [{"a": {"id": "p1"}, "b": {"name": "Ann"}}] * 2}
    assert library.asked == [([1], ["id", "name"])]


async def test_what_came_within_its_row_is_told_from_there_and_asked_for_by_nobody() -> None:
    books = [with_author(book("A", 1)), with_author(book("B", None)), with_author(book("C", 1))]
    library = Library([shelf(1, *books)])

    data, _ = await library.answers("{ shelves { books { title author { __typename id name } } } }")

    ann = {"__typename": "Person", "id": "p1", "name": "Ann"}
    authors = [one["author"] for one in data["shelves"][0]["books"]]
    assert authors == [ann, None, ann]
    assert library.asked == []
    (join,) = library.wanted["Book"].joins
    assert (library.wanted["Book"].columns, join.by) == (frozenset({"title"}), "author_id")
    assert join.columns == {"id", "name"}


async def test_rows_that_tell_their_columns_are_read_by_place_in_whatever_order_they_stand() -> (
    None
):
    library = Library([])
    for columns in (("id", "name", "width"), ("width", "id", "name"), ("name", "name", "width")):
        library.shelves = rows = Records(columns, shelf(1), shelf(2, width=3))
        result = await library.ours("{ shelves { width name __typename } }")

        assert result.data == {
            "shelves": [{"width": 1, "name": "S1", "__typename": "Shelf"},
                        {"width": 3, "name": "S2", "__typename": "Shelf"}]
        }  # fmt: skip
        assert rows.by_name == []


async def test_what_came_within_a_row_is_read_by_place_too() -> None:
    books = with_author(book("A", 1)), with_author(book("B", None))
    shelf_of_all = shelf(1, keeper_id=None) | {"books": Records(tuple(books[0]), *books)}

    data, _ = await Library([shelf_of_all]).answers("{ shelves { books { author { name } } } }")

    assert data == {"shelves": [{"books": [{"author": {"name": "Ann"}}, {"author": None}]}]}


async def test_a_fault_in_rows_that_tell_their_columns_is_found_as_in_others() -> None:
    rows = Records(("id", "name", "width"), shelf(1), shelf(2, width=None), shelf(3))

    data, errors = await Library(rows).answers("{ shelves { width } }")

    assert data == {"shelves": None}
    assert errors == {"shelves.1.width": "Cannot return null for non-nullable field Shelf.width."}


async def test_what_is_wrong_with_what_came_within_a_row_is_told_of_its_field() -> None:
    library = Library([shelf(1, with_author(book("A", 1)), with_author(book("B", 2))),
                       shelf(2, with_author(book("C", 3)))])  # fmt: skip

    data, errors = await library.answers("{ shelves { books { author { name age } } } }")

    assert data["shelves"][0]["books"][1] == {"author": {"name": "Bob", "age": None}}
    assert data["shelves"][1]["books"] == [{"author": None}]
    assert errors == {
        "shelves.0.books.1.author.age": "Int cannot represent non-integer value: 'old'",
        "shelves.1.books.0.author.name": "Cannot return null for non-nullable field Person.name.",
    }
    assert library.asked == []


async def test_what_may_not_be_called_is_not_asked_for_within_its_row_either() -> None:
    library = Library([shelf(1, book("A", 1))], closed=True)

    data, errors = await library.answers("{ shelves { books { title author { name } } } }")

    assert data == {"shelves": [{"books": [{"title": "A", "author": None}]}]}
    assert errors == {"shelves.0.books.0.author": "people are nobody's business"}
    assert library.wanted["Book"] == Read(frozenset({"title", "author_id"}))


async def test_fields_that_are_parts_of_one_thing_are_resolved_by_one_call() -> None:
    library = Library([shelf(1), shelf(2)])

    data, _ = await library.answers("{ shelves { low high again: high } }")

    assert data == {"shelves": [{"low": 0, "high": n, "again": n} for n in (1, 2)]}
    assert library.asked == ["range"]


async def test_what_fails_for_one_parent_is_null_for_that_one_alone() -> None:
    library = Library([shelf(1), shelf(13), shelf(2)])

    data, errors = await library.answers("{ shelves { loans } }")

    assert data == {"shelves": [{"loans": 1}, {"loans": None}, {"loans": 2}]}
    assert errors == {"shelves.1.loans": "nobody counts these"}


async def test_null_goes_up_to_the_next_place_that_may_be_null() -> None:
    library = Library([shelf(1, book("A", 3)), shelf(2, book(None)),
                       shelf(3, book("C"), width=None)])  # fmt: skip

    data, errors = await library.answers("{ maybe { width best { title author { name } } } }")

    assert data == {"maybe": [{"width": 1, "best": {"title": "A", "author": None}}, None, None]}
    assert errors == {
        "maybe.0.best.author.name": "Cannot return null for non-nullable field Person.name.",
        "maybe.1.best.title": "Cannot return null for non-nullable field Book.title.",
        "maybe.2.width": "Cannot return null for non-nullable field Shelf.width.",
    }


async def test_one_item_that_may_not_be_null_takes_its_list_with_it() -> None:
    library = Library([shelf(1, book("A", heirs=[{"id": 1, "name": "Eve"}, None]), book("B"))])

    data, errors = await library.answers("{ shelves { books { title heirs { name } } } }")

    assert data == {"shelves": [{"books": [{"title": "A", "heirs": None},
                                           {"title": "B", "heirs": None}]}]}  # fmt: skip
    assert list(errors) == ["shelves.0.books.0.heirs.1"]


async def test_a_row_that_several_share_tells_its_fault_at_each_of_them() -> None:
    library = Library([shelf(1, keeper_id=2), shelf(2, keeper_id=2)])

    data, errors = await library.answers("{ shelves { keeper { name age } } }")

    assert data == {"shelves": [{"keeper": {"name": "Bob", "age": None}}] * 2}
    assert list(errors) == ["shelves.0.keeper.age", "shelves.1.keeper.age"]


async def test_what_is_no_list_and_what_may_not_fail_are_told_as_graphql_core_tells_them() -> None:
    library = Library([shelf(1) | {"books": 7}])

    data, errors = await library.answers("{ shelves { books { title } } fails }")
    nothing, why = await library.answers("{ strict }")

    assert data == {"shelves": [{"books": None}], "fails": None}
    assert set(errors) == {"shelves.0.books", "fails"}
    assert (nothing, why) == (None, {"strict": "it fails"})


@pytest.mark.parametrize("books", [{"title": "A"}, b"A", {"A": 1}.keys(), 7])
async def test_what_graphql_core_takes_for_a_list_is_one(books: Any) -> None:
    library = Library([shelf(1) | {"books": books}])

    data, errors = await library.answers("{ shelves { name books { __typename } } }")

    told = None if errors else [{"__typename": "Book"}]
    assert data == {"shelves": [{"name": "S1", "books": told}]}


@pytest.mark.parametrize("kind", [{"__typename": "Rack"}, {"__typename": "Person"},
                                  {"__typename": "Int"}, {}])  # fmt: skip
async def test_a_row_that_is_of_no_such_type_is_the_fault_of_its_field(kind: Any) -> None:
    library = Library([shelf(1), kind, shelf(2)])

    _, errors = await library.answers("{ things { __typename } }")

    assert list(errors) == ["things.1"]


async def test_once_a_mutation_has_failed_that_may_not_no_other_is_made() -> None:
    library = Library([])

    assert await library.answers("mutation { strict shut }") == (None, {"strict": "it fails"})
    assert not library.closed


async def test_kinds_of_one_list_keep_their_order_and_their_own_fields() -> None:
    library = Library([book("A"), shelf(1), book("B")])

    data, _ = await library.answers(
        "{ things { __typename name ... on Shelf { width } ... on Book { title } } }"
    )

    assert [list(one) for one in data["things"]] == [
        ["__typename", "name", "title"], ["__typename", "name", "width"],
        ["__typename", "name", "title"],
    ]  # fmt: skip


def test_what_is_joined_is_of_one_source_for_each_key_and_asks_all_who_admit() -> None:
    def one(_context: Any) -> None: ...
    def another(_context: Any) -> None: ...

    def told(source: str, column: str, admit: Any) -> Read:
        return Read((), (Join("actor_id", source, frozenset({"id", column}), (admit,)),))

    alike = read_together([told("people", "name", one), told("people", "age", another)])
    other = Read((), (Join("editor_id", "people", frozenset({"id"}), (one,)),))
    apart = read_together([told("people", "name", one), told("guests", "name", another), other])

    both = Join("actor_id", "people", frozenset({"id", "name", "age"}), (one, another))
    assert alike.joins == (both,)
    assert apart == Read(frozenset({"actor_id", "editor_id"}))
