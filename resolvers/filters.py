"""Filters as SQL: each comparator becomes one predicate over `t`, its value a parameter."""

from collections.abc import Mapping
from typing import Any

from models.errors import ValidationError

_SIGNS = {"eq": "=", "lt": "<", "lte": "<=", "gt": ">", "gte": ">="}
_LONGEST_SEARCH = 200
_LITERALLY = str.maketrans({sign: f"\\{sign}" for sign in "\\%_"})

WORK = (
    "concat_ws(' ', t.title, (select c.name from client c"
    " where c.firm_id = t.firm_id and c.id = t.client_id))"
)
"""What is searched of a job or a task: its title and its client's name."""


class Where:
    """Predicates joined by `and`, and the values their parameters stand for."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.values: list[Any] = []

    def value(self, value: Any) -> str:
        """A parameter for this value."""
        self.values.append(value)
        return f"${len(self.values)}"

    def inner(self) -> "Where":
        """Predicates for a sub-query of the same statement: its parameters are shared."""
        inner = Where()
        inner.values = self.values
        return inner

    def and_also(self, *parts: str) -> "Where":
        """The same and these, for another statement: its parameters are its own."""
        where = Where()
        where.parts, where.values = [*self.parts, *parts], list(self.values)
        return where

    def add(self, sql: str, *values: Any) -> None:
        """A predicate whose `{}` are filled with parameters for `values`."""
        self.parts.append(sql.format(*(self.value(value) for value in values)))

    def compare(self, column: str, comparators: Mapping[str, Any] | None) -> None:
        """`column` is SQL of ours, never from outside."""
        for name, value in (comparators or {}).items():
            if value is None:
                raise ValidationError("A comparator needs a value; ask isNull instead.",
                                      path=("filter", name))  # fmt: skip
            self._compare(column, name, value)

    def _compare(self, column: str, name: str, value: Any) -> None:
        match name:
            case "is_null":
                self.add(f"{column} is {'' if value else 'not '}null")
            case "in_":
                self.add(f"{column} = any({{}})", list(value))
            case "starts_with":
                self.add(f"lower({column}) like lower({{}})", f"{value.translate(_LITERALLY)}%")
            case "eq" if isinstance(value, str) and column.endswith((".name", ".title")):
                self.add(f"lower({column}) = lower({{}})", value)
            case _:
                self.add(f"{column} {_SIGNS[name]} {{}}", value)

    def search(self, text: str | None, within: str, name: str = "search") -> None:
        """Every word of `text` occurs in `within`, in any order, wherever in a word.

        No index helps: under row-level security it would have to begin with firm_id, and what
        finds a word inside a text does not. The firm's own rows are few enough to look at.
        """
        if text is None:
            return
        if len(text) > _LONGEST_SEARCH:
            message = f"At most {_LONGEST_SEARCH} characters."
            raise ValidationError(message, path=("filter", name))
        words = [f"lower({self.value(f'%{word.translate(_LITERALLY)}%')})" for word in text.split()]
        if words:
            self.parts.append(f"lower({within}) like all (array[{', '.join(words)}])")

    @property
    def sql(self) -> str:
        return " and ".join(self.parts) or "true"
