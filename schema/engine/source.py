"""Generated code: from rows, and what was loaded beside them, to a level's objects.

For two inline fields and a loaded one it reads

    def build(rows, c0):
        return [{"title": v if (v := r["title"]).__class__ is str else w0(v),
                 "dueDate": q1(v) if (v := r["due_date"]).__class__ is k1 else w1(v),
                 "client": v0} for r, v0 in zip(rows, c0)]

and where the client came joined

                 "client": {"name": …} if r["client_id.id"] is not None else None

All that stands in it are names of our own and keys as Python literals; no text from outside.
"""

from collections.abc import Sequence
from types import CodeType
from typing import Any, NoReturn

from schema.engine.joins import joined_column, level_joined
from schema.engine.levels import Build, Field, Inline
from schema.engine.loads import Keyed
from schema.engine.shelf import Shelf


class _Missing(Exception):
    """A value that may not be null is; where exactly is found out one by one."""


def builder(fields: Sequence[Field], joins: Sequence[Keyed] = ()) -> Build:
    """What builds the objects of a level, where `joins` stand in its rows. It raises where any
    value does not fit.

    Columns are read by name: rows of a level may come of two statements that list them otherwise.
    """
    known: dict[str, Any] = {}
    pairs, loaded = [], 0
    for number, field in enumerate(fields):
        if isinstance(field, Inline):
            pairs.append(f"{field.key!r}: {_inline(field, str(number), known)}")
        elif isinstance(field, Keyed) and field in joins:
            pairs.append(f"{field.key!r}: {_joined(field, number, known)}")
        else:
            pairs.append(f"{field.key!r}: v{loaded}")
            loaded += 1
    names = ["rows", *(f"c{n}" for n in range(loaded))]
    targets = ", ".join(["r", *(f"v{n}" for n in range(loaded))])
    each = f"zip({', '.join(names)})" if loaded else "rows"
    code = (
        f"def build({', '.join(names)}):\n return [{{{', '.join(pairs)}}} for {targets} in {each}]"
    )
    exec(_compiled(code), known)  # noqa: S102  (see above)
    build: Build = known["build"]
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


def _joined(field: Keyed, number: int, known: dict[str, Any]) -> str:
    """The expression of an object whose row came joined, null where there is none."""
    level, by, key = level_joined(field), field.origin.by, field.origin.source.key
    assert level is not None
    assert key is not None
    known["missing"] = _missing
    pairs = [
        f"{inner.key!r}: {_inline(inner, f'{number}_{place}', known, by)}"
        for place, inner in enumerate(level.fields)
        if isinstance(inner, Inline)
    ]
    absent = "missing()" if field.shape.required else "None"
    there = f"r[{joined_column(by, key)!r}] is not None"
    return f"{{{', '.join(pairs)}}} if {there} else {absent}"


def _inline(field: Inline, number: str, known: dict[str, Any], by: str | None = None) -> str:
    """The expression of its value, and into `known` what stands in that; of a row that is joined
    by that column, if any."""
    if field.always is not None:
        return repr(field.always)
    write, value = f"w{number}", _value(field, number, known, by)
    if field.code is not None:
        return field.code.format(v=value)
    known[write] = field.write
    known["missing"] = _missing
    written = f"{write}({{}})"
    if field.required:
        written = f"(w if (w := {written}) is not None else missing())"
    if field.as_it_is is not None:
        fits = field.as_it_is.format(v="v")
        fits = fits.replace("v.", f"(v := {value}).", 1)
        return f"v if {fits} else {written.format('v')}"
    if field.quick is not None:
        known[f"k{number}"], known[f"q{number}"] = field.quick
        quick = f"q{number}(v) if (v := {value}).__class__ is k{number}"
        return f"{quick} else {written.format('v')}"
    return written.format(value)


def _value(field: Inline, number: str, known: dict[str, Any], by: str | None) -> str:
    if field.column is None:
        known[f"r{number}"] = field.read
        return f"r{number}(r)"
    column = field.column if by is None else joined_column(by, field.column)
    if field.make is None or field.code is not None:
        return f"r[{column!r}]"
    known[f"m{number}"] = field.make
    return f"m{number}(r[{column!r}])"


def _missing() -> NoReturn:
    raise _Missing
