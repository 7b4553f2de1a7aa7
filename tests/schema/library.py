"""A small schema of shelves and books, told to graphql-core and to the engine alike.

Its resolvers work for one parent and for all of a level, and count how often they are asked.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from graphql import ExecutionResult, Undefined, build_schema, execute, parse, validate

from schema.engine import (
    ORIGIN,
    ByKey,
    Column,
    Computed,
    Engine,
    Made,
    OfParents,
    Origin,
    Parents,
    Source,
)
from schema.engine.origins import Reads

SDL = """
  directive @marked(with: [Int!]) on FIELD
  type Mutation { strict: Int!  shut: Int! }
  type Query { shelves: [Shelf!]  maybe: [Shelf]  things(word: String): [Thing!]!  fails: Int  strict: Int! }
  interface Thing { name: String }
  type Shelf implements Thing {
    name: String  width: Int!  books: [Book!]  best: Book!  loans(most: Int = 3): Int  keeper: Person
    low: Int  high: Int  genres: [Genre]
  }
  type Book implements Thing {
    name: String  title: String!  author: Person  heirs: [Person!]  genre: Genre
  }
  enum Genre { NOVEL PLAY }
  type Person { id: ID!  name: String!  age: Int  plain: String }
"""
PEOPLE: dict[int, Any] = {1: {"id": 1, "name": "Ann", "age": 30}, 2: {"id": 2, "name": "Bob", "age": "old"},
          3: {"id": 3, "name": None, "age": 1}, 4: Undefined}  # fmt: skip


def book(title: Any, author: int | None = None, heirs: Any = None, **more: Any) -> dict[str, Any]:
    return {"__typename": "Book", "name": title, "title": title, "author_id": author,
            "heirs": heirs} | more  # fmt: skip


def with_author(row: dict[str, Any]) -> dict[str, Any]:
    """A book that its author comes within."""
    person = PEOPLE.get(row["author_id"], {})
    return row | {f"author_id.{name}": person.get(name) for name in ("id", "name", "age")}


def shelf(id: int, *books: Any, width: Any = 1, **more: Any) -> dict[str, Any]:
    return {"__typename": "Shelf", "id": id, "name": f"S{id}", "width": width,
            "books": list(books), "best": books[0] if books else None, "keeper_id": None} | more  # fmt: skip


class Record(dict[str, Any]):
    """A row as a database gives it: it iterates over its values, and notes who asks by name."""

    def __init__(self, row: dict[str, Any], columns: Sequence[str], by_name: list[str]) -> None:
        super().__init__({column: row[column] for column in columns})
        self._told = [row[column] for column in columns]
        self._by_name = by_name

    def __iter__(self) -> Any:
        return iter(self._told)

    def __getitem__(self, name: str) -> Any:
        self._by_name.append(name)
        return super().__getitem__(name)


class Records(list[Any]):
    """Rows that are known to list the same columns."""

    def __init__(self, columns: tuple[str, ...], *rows: dict[str, Any]) -> None:
        self.columns = columns
        self.by_name: list[str] = []
        super().__init__(Record(row, columns, self.by_name) for row in rows)


@dataclass
class Library:
    """The schema over some shelves, and what its resolvers were asked."""

    shelves: Any
    asked: list[Any] = field(default_factory=list)
    fell_back: list[tuple[str | None, str]] = field(default_factory=list)
    closed: bool = False
    """Whether nobody may know of people."""
    wanted: Reads = field(default_factory=dict)
    """What was going to be read of the shelves, as their resolver is told."""

    def will_read(self, reads: Reads) -> None:
        self.wanted = reads

    def __post_init__(self) -> None:
        self.schema = build_schema(SDL)
        self.engine = Engine(lambda name, why: self.fell_back.append((name, why)))
        query = self._fields("Query")
        for name in ("shelves", "maybe", "things"):
            query[name].resolve = lambda *_, **_arguments: self.shelves
        self._fields("Mutation")["strict"].resolve = self._fail
        self._fields("Mutation")["shut"].resolve = self._shut
        query["fails"].resolve = query["strict"].resolve = self._fail
        for kind in ("Shelf", "Book", "Person"):
            for name in self._fields(kind):
                self._declare(kind, name, Column(name), lambda row, _, name=name: row[name])
        people = Source("people", self._people, "id")
        for kind, name, by in (("Book", "author", "author_id"), ("Shelf", "keeper", "keeper_id")):
            self._declare(kind, name, ByKey(people, by, self._admit),
                          lambda row, _, by=by: self._person(row[by]))  # fmt: skip
        self._declare("Shelf", "loans", OfParents(), self._loans)
        for name in ("low", "high"):
            origin = OfParents(share="range", pick=name)
            self._declare("Shelf", name, origin,
                          lambda row, _, name=name: self._range(row, _, name))  # fmt: skip
        self._declare("Book", "title", Computed(lambda row: row["title"], ("title",)),
                      lambda row, _: row["title"])  # fmt: skip
        self._declare("Person", "id", Made("id", lambda number: f"p{number}"),
                      lambda row, _: f"p{row['id']}")  # fmt: skip
        self.schema.type_map["Thing"].resolve_type = lambda row, *_: row["__typename"]  # type: ignore[attr-defined]
        del self._fields("Person")["plain"].extensions[ORIGIN]

    def _fields(self, kind: str) -> Any:
        return self.schema.type_map[kind].fields  # type: ignore[attr-defined]

    def _declare(self, kind: str, name: str, origin: Origin, resolve: Callable[..., Any]) -> None:
        self._fields(kind)[name].extensions[ORIGIN] = origin
        self._fields(kind)[name].resolve = resolve

    def _admit(self, _context: Any) -> None:
        if self.closed:
            raise PermissionError("people are nobody's business")

    def _person(self, key: int) -> Any:
        self._admit(None)
        return PEOPLE.get(key)

    async def _people(self, keys: Sequence[int], read: Any) -> dict[int, Any]:
        self.asked.append((sorted(keys), sorted(read.columns)))
        return {key: PEOPLE[key] for key in keys if key in PEOPLE}

    async def _loans(self, parent: Any, _info: Any, most: int) -> Any:
        if not isinstance(parent, Parents):
            return self._loans_of(parent, most)
        self.asked.append(len(parent))
        return [self._loans_or_error(row, most) for row in parent]

    async def _range(self, parent: Any, _info: Any, name: str = "") -> Any:
        if not isinstance(parent, Parents):
            return {"low": 0, "high": parent["id"]}[name]
        self.asked.append("range")
        return [{"low": 0, "high": row["id"]} for row in parent]

    def _loans_or_error(self, row: Any, most: int) -> Any:
        try:
            return self._loans_of(row, most)
        except ValueError as error:
            return error

    def _loans_of(self, row: Any, most: int) -> Any:
        if row["id"] == 13:
            raise ValueError("nobody counts these")
        if row["id"] == 14:
            return Undefined
        return min(most, int(row["id"]))

    async def _shut(self, *_: Any) -> int:
        self.closed = True
        return 1

    async def _fail(self, *_: Any) -> None:
        raise ValueError("it fails")

    async def ours(self, text: str, **variables: Any) -> ExecutionResult:
        document = parse(text)
        assert validate(self.schema, document) == []
        return await self.engine.execute(self.schema, document, variables=variables, context=self)

    async def answers(self, text: str, **variables: Any) -> tuple[Any, dict[str, str]]:
        """The data and the errors by their paths, which graphql-core tells alike."""
        ours = await self.ours(text, **variables)
        theirs = execute(self.schema, parse(text), variable_values=variables)
        told = await _awaited(theirs)
        assert (ours.data, _errors(ours)) == (told.data, _errors(told))
        return ours.data, _errors(ours)


async def _awaited(result: Any) -> ExecutionResult:
    return result if isinstance(result, ExecutionResult) else await result


def _errors(result: ExecutionResult) -> dict[str, str]:
    return {".".join(map(str, error.path or ())): error.message for error in result.errors or ()}
