"""Where a field's values come from: what a schema says of its fields so that they can be planned.

A field's origin stands in its `extensions` under ORIGIN. A field without one is resolved one by
one, by graphql-core.
"""

from collections.abc import Awaitable, Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

ORIGIN = "engine-origin"

Row = Mapping[str, Any]
"""Who gives a list of rows may give it `columns`, a tuple: those that each of them has, in their
order; an iteration over such a row gives the values of these. It is then not asked by name. Such a
list holds rows alone: neither null nor an exception stands in it."""

Columns = Collection[str] | None
"""The columns that somebody reads of a row; None where that is not known, so all of them."""

Load = Callable[[Sequence[Any], "Read"], Awaitable[Mapping[Any, Any]]]
"""What belongs to some distinct keys, by the key, with at least what is read of it; null for a key
that is not in it."""

Admit = Callable[[Any], None]
"""Raises unless whoever asks (the context) may call the field."""


@dataclass(frozen=True, slots=True)
class Join:
    """Rows of a source that may come within the rows that name them by their column `by`: each of
    the `columns` as `{by}.{column}`, all of them null where there is none."""

    by: str
    identity: Hashable
    """The source's."""
    columns: frozenset[str]
    """What is read of them, and their key."""
    admits: tuple[Admit, ...]
    """All have to let pass whoever asks."""


@dataclass(frozen=True, slots=True)
class Read:
    """What somebody reads of rows. Who gives them gives either the `columns` and all `joins`, or
    what there is `unjoined`; the same for all rows that one call gives."""

    columns: Columns = None
    joins: tuple[Join, ...] = ()

    @property
    def unjoined(self) -> Columns:
        """The columns where nothing is joined: the keys stand in them."""
        if self.columns is None:
            return None
        return frozenset(self.columns).union(join.by for join in self.joins)

    def admitted(self, context: Any) -> "Read":
        """The same for who may call all that is joined; without the joins for others, who hear so
        from each field."""
        try:
            for admit in chain.from_iterable(join.admits for join in self.joins):
                admit(context)
        except Exception:  # noqa: BLE001  (a refusal is the field's, and said there)
            return Read(self.unjoined)
        return self


Reads = Mapping[str, Read]
"""What somebody reads, by the name of the rows' type."""


def _columns_together(needs: Iterable[Columns]) -> Columns:
    """All columns of them; None where one of them may read any."""
    wanted: set[str] = set()
    for columns in needs:
        if columns is None:
            return None
        wanted |= set(columns)
    return frozenset(wanted)


def read_together(needs: Iterable[Read]) -> Read:
    """All that is read by any of them. Where two ask for one key of two sources nothing is joined:
    rows come with every join that is asked for, or with none."""
    every = list(needs)
    joins: dict[str, Join] = {}
    agreed = True
    for join in chain.from_iterable(read.joins for read in every):
        known = joins.setdefault(join.by, join)
        if known.identity != join.identity:
            agreed = False
        elif known is not join:
            joins[join.by] = replace(known, columns=known.columns | join.columns,
                                     admits=known.admits + join.admits)  # fmt: skip
    columns = _columns_together(read.columns for read in every)
    if agreed:
        return Read(columns, tuple(joins.values()))
    return Read(_columns_together([columns, joins.keys()]))


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the row, as it stands."""

    name: str


@dataclass(frozen=True, slots=True)
class Made:
    """A value that is made from one column's alone."""

    column: str
    make: Callable[[Any], Any]
    code: str | None = None
    """The same as a Python expression over `{v}`, where it makes what goes out as it is."""


@dataclass(frozen=True, slots=True)
class Computed:
    """A value made from the row alone; `needs` are the columns that it is made of."""

    read: Callable[[Row], Any]
    needs: Columns = None


@dataclass(frozen=True, slots=True)
class Source:
    """Rows by a key. Fields of one level that have an equal source are asked for together."""

    identity: Hashable
    load: Load = field(compare=False)
    key: str | None = None
    """The column in which its rows hold the key, where they may be joined."""


@dataclass(frozen=True, slots=True)
class ByKey:
    """What a source has for the key in the parent's column `by`; null where that is null."""

    source: Source
    by: str
    admit: Admit


@dataclass(frozen=True, slots=True)
class OfParents:
    """The field's own resolver, called once with all parents of a level (`Parents`): it returns a
    value for each, in order, where an exception stands for a parent whose value failed.

    Fields without arguments that `share` something are resolved by one call; each takes its own
    part of the values, `pick`.
    """

    needs: Columns = None
    share: Hashable = None
    pick: str | None = None


Origin = Column | Made | Computed | ByKey | OfParents


class Parents(list[Row]):
    """All parents of a level, in the place of the one that a resolver is called with else."""
