"""Generated code: from rows, and what was loaded beside them, to a level's objects.

For two inline fields and a loaded one it reads

    def build(rows, c0):
        return [{"title": v if (v := r["title"]).__class__ is str else w0(v),
                 "dueDate": q1(v) if (v := r["due_date"]).__class__ is k1 else w1(v),
                 "client": v0} for r, v0 in zip(rows, c0)]

All that stands in it are names of our own and keys as Python literals; no text from outside.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from types import CodeType
from typing import Any

from schema.engine.levels import Field, Inline


class _Missing(Exception):
    """A value that may not be null is; where exactly is found out one by one."""


def builder(fields: Sequence[Field]) -> Callable[..., list[dict[str, Any]]]:
    """What builds the objects of a level. It raises where any inline value does not fit."""
    known: dict[str, Any] = {}
    pairs, columns = [], 0
    for number, field in enumerate(fields):
        if isinstance(field, Inline):
            pairs.append(f"{field.key!r}: {_inline(field, number, known)}")
        else:
            pairs.append(f"{field.key!r}: v{columns}")
            columns += 1
    names = ["rows", *(f"c{n}" for n in range(columns))]
    targets = ", ".join(["r", *(f"v{n}" for n in range(columns))])
    each = f"zip({', '.join(names)})" if columns else "rows"
    code = (
        f"def build({', '.join(names)}):\n return [{{{', '.join(pairs)}}} for {targets} in {each}]"
    )
    exec(_compiled(code), known)  # noqa: S102  (see above)
    build: Callable[..., list[dict[str, Any]]] = known["build"]
    return build


@lru_cache(maxsize=2000)
def _compiled(code: str) -> CodeType:
    """Many levels are alike but for what stands behind the names."""
    return compile(code, "<level>", "exec")


def _inline(field: Inline, number: int, known: dict[str, Any]) -> str:
    """The expression of its value, and into `known` what stands in that."""
    write, value = f"w{number}", _value(field, number, known)
    known[write] = _required(field.write) if field.required else field.write
    if field.as_it_is is not None:
        fits = field.as_it_is.format(v="v")
        return f"v if {fits.replace('v.', f'(v := {value}).', 1)} else {write}(v)"
    if field.quick is not None:
        known[f"k{number}"], known[f"q{number}"] = field.quick
        return f"q{number}(v) if (v := {value}).__class__ is k{number} else {write}(v)"
    return f"{write}({value})"


def _value(field: Inline, number: int, known: dict[str, Any]) -> str:
    if field.column is None:
        known[f"r{number}"] = field.read
        return f"r{number}(r)"
    if field.make is None:
        return f"r[{field.column!r}]"
    known[f"m{number}"] = field.make
    return f"m{number}(r[{field.column!r}])"


def _required(write: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def checked(value: Any) -> Any:
        written = write(value)
        if written is None:
            raise _Missing
        return written

    return checked
