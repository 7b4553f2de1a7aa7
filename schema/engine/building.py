"""Building a level's objects, by generated code, from rows and what was loaded beside them.

For two inline fields and a loaded one it reads

    def build(rows, c0):
        return [{"title": v if (v := r["title"]).__class__ is str else w0(v),
                 "published": q1(v) if (v := r["published"]).__class__ is k1 else w1(v),
                 "author": v0} for r, v0 in zip(rows, c0)]

where the author came joined

                 "author": {"name": …} if r["author_id.id"] is not None else None

and where the rows are known to list these columns

        return [{"title": v if (v := x1)… for r in rows for x0, x1, x2, in [r]]

All that stands in it are names of our own and keys as Python literals; no text from outside.
"""

from collections.abc import Sequence
from types import CodeType
from typing import Any, NoReturn

from .joins import joined_column, level_joined
from .levels import Build, Field, Inline
from .loads import Keyed
from .origins import Row
from .shelf import Shelf


class _Missing(Exception):
    """A value that may not be null is; where exactly is found out one by one."""


Order = tuple[str, ...]
"""The columns that all rows have, in their order; empty where they do not say."""

_ORDERS = 8
"""In how many a level's columns are known by their places; a source has one, as a rule."""


class Building:
    """What builds the objects of a level, where `joins` may stand in its rows."""

    def __init__(self, fields: Sequence[Field], joins: Sequence[Keyed]) -> None:
        self._fields = fields
        self._joins = joins
        self._known: dict[tuple[bool, Order], Build] = {}

    def of(self, rows: Sequence[Row], joined: bool) -> Build:
        """The function for such rows. It raises where any value does not fit.

        Columns are read by their place where all rows say that they have the same ones, else by
        name: rows of a level may come of two statements that list them otherwise.
        """
        columns = getattr(rows, "columns", ())
        if len(self._known) >= _ORDERS and (joined, columns) not in self._known:
            columns = ()
        build = self._known.get((joined, columns))
        if build is None:
            build = _build_for(self._fields, self._joins if joined else (), columns)
            self._known[joined, columns] = build
        return build


def _build_for(fields: Sequence[Field], joins: Sequence[Keyed], columns: Order) -> Build:
    """The function for rows in which `joins` stand, and that list these columns, if any."""
    writing = _Writing(columns)
    pairs, loaded = [], 0
    for number, field in enumerate(fields):
        if isinstance(field, Inline):
            pairs.append(f"{field.key!r}: {writing.inline(field, str(number))}")
        elif isinstance(field, Keyed) and field in joins:
            pairs.append(f"{field.key!r}: {writing.joined(field, number)}")
        else:
            pairs.append(f"{field.key!r}: v{loaded}")
            loaded += 1
    names = ["rows", *(f"c{n}" for n in range(loaded))]
    targets = ", ".join(["r", *(f"v{n}" for n in range(loaded))])
    each = f"zip({', '.join(names)})" if loaded else "rows"
    places = f" for {', '.join(writing.targets)}, in [r]" if writing.targets else ""
    code = (
        f"def build({', '.join(names)}):\n"
        f" return [{{{', '.join(pairs)}}} for {targets} in {each}{places}]"
    )
    exec(_compiled(code), writing.known)  # noqa: S102  (see the head of the file)
    build: Build = writing.known["build"]
    return build


_CODE: Shelf[CodeType] = Shelf(2_000_000)
"""By its text, and not more than so many characters of it."""


def _compiled(code: str) -> CodeType:
    """Many levels are alike but for what stands behind the names."""
    known = _CODE.get(code)
    if known is None:
        known = compile(code, "<level>", "exec")
        _CODE.put(code, known, len(code))
    return known


class _Writing:
    """Writes a level's expressions, and knows what the names in them stand for."""

    def __init__(self, columns: Order) -> None:
        self.known: dict[str, Any] = {"missing": _missing}
        self.targets = [f"x{number}" for number in range(len(columns))]
        self._places = dict(zip(columns, self.targets, strict=True))

    def joined(self, field: Keyed, number: int) -> str:
        """The expression of an object whose row came joined, null where there is none."""
        level, by, key = level_joined(field), field.origin.by, field.origin.source.key
        assert level is not None
        assert key is not None
        pairs = [
            f"{inner.key!r}: {self.inline(inner, f'{number}_{place}', by)}"
            for place, inner in enumerate(level.fields)
            if isinstance(inner, Inline)
        ]
        absent = "missing()" if field.shape.required else "None"
        there = f"{self._at(joined_column(by, key))} is not None"
        return f"{{{', '.join(pairs)}}} if {there} else {absent}"

    def inline(self, field: Inline, number: str, by: str | None = None) -> str:
        """The expression of its value; of a row that is joined by that column, if any."""
        if field.always is not None:
            return repr(field.always)
        value = self._value(field, number, by)
        if field.code is not None:
            return field.code.format(v=value)
        self.known[f"w{number}"] = field.at_first
        if field.as_it_is is not None:
            fits = field.as_it_is.format(v=f"(v := {value})")
            return f"v if {fits} else {_written(field, number, 'v')}"
        if field.quick is not None:
            self.known[f"k{number}"], self.known[f"q{number}"] = field.quick
            quick = f"q{number}(v) if (v := {value}).__class__ is k{number}"
            return f"{quick} else {_written(field, number, 'v')}"
        return _written(field, number, value)

    def _value(self, field: Inline, number: str, by: str | None) -> str:
        """The expression of what is to be written."""
        if field.column is None:
            self.known[f"r{number}"] = field.read
            return f"r{number}(r)"
        value = self._at(field.column if by is None else joined_column(by, field.column))
        if field.make is None or field.code is not None:
            return value
        self.known[f"m{number}"] = field.make
        return f"m{number}({value})"

    def _at(self, column: str) -> str:
        """The expression of what stands in a column of the row."""
        return self._places.get(column) or f"r[{column!r}]"


def _written(field: Inline, number: str, value: str) -> str:
    """The expression of what the field's scalar or enum makes of a value."""
    written = f"w{number}({value})"
    return f"(w if (w := {written}) is not None else missing())" if field.required else written


def _missing() -> NoReturn:
    raise _Missing
