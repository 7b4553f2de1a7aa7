"""What a SELECT lists: the columns that somebody reads, and rows joined that each row names.

A row's client, job or person comes within the row, in one statement, where little is read of it:
asking for it by itself costs a round trip, and more than the columns that are told twice.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

from models.base import MANAGED, FirmModel
from models.unit_of_work import current
from models.visibility import visible

_NAME = frozenset({"id", "name"})


class Join(Protocol):
    """What is read of the one row that a column of the others names, see `schema/engine`."""

    @property
    def by(self) -> str:
        """The column that holds its id."""

    @property
    def identity(self) -> Any:
        """Its model."""

    @property
    def columns(self) -> frozenset[str]:
        """Told as `{by}.{column}`; the id is among them."""


class Read(Protocol):
    """What is read of rows: `columns`, None for all, and all `joins`, or what is `unjoined`."""

    @property
    def columns(self) -> Collection[str] | None: ...
    @property
    def joins(self) -> Sequence[Join]: ...
    @property
    def unjoined(self) -> Collection[str] | None: ...


class Listed(NamedTuple):
    """The parts of a SELECT from a table `t`: what it lists, and what is joined."""

    columns: str
    joins: str


def listed(model: type[FirmModel], read: Read | None, *needed: str) -> Listed:
    """What is read of `t`, and the columns that are needed here; all, where that is not known."""
    if read is None:
        return Listed("t.*", "")
    if not all(_is_light(join.identity, join.columns) for join in read.joins):
        return Listed(_own(model, read.unjoined, needed), "")
    own = _own(model, read.columns, needed)
    joined = [f'"_{join.by}".*' for join in read.joins]
    return Listed(", ".join([own, *joined]), "".join(map(_joined, read.joins)))


def joined_to_many(
    read: Read | None, columns: Sequence[str], needed: Sequence[str],
    named: Mapping[str, type[FirmModel]],
) -> Listed:  # fmt: skip
    """What is read of thousands of rows `g` that a report adds up and that have those `columns`,
    and what is joined to them: there each table is read once. The names of whom the columns of
    `named` name are joined in any case, to be put in order by: see `name_of`."""
    light = read is not None and all(_is_light(join.identity, join.columns) for join in read.joins)
    asked = {join.by: join for join in read.joins} if read is not None and light else {}
    tables = {by: (model, _NAME) for by, model in named.items()} | {
        by: (join.identity, join.columns | (_NAME if by in named else frozenset()))
        for by, join in asked.items()
    }
    joins = "".join(
        f" left join (select {_named(by, told)} from {model.table()} j"
        f""" where {visible(model, current().viewer, "j")}) "_{by}" on "_{by}"."{by}.id" = g.{by}"""
        for by, (model, told) in tables.items()
    )
    if read is None or not light:
        return Listed("g.*", joins)
    own = columns if read.columns is None else {*needed, *read.columns}
    listed = [f"g.{name}" for name in columns if name in own]
    listed += [
        f'"_{by}"."{by}.{name}"' for by, join in asked.items() for name in sorted(join.columns)
    ]
    return Listed(", ".join(listed) or "true", joins)


def name_of(by: str) -> str:
    """The name of whom a column of `g` names, where `joined_to_many` was told that it is needed."""
    return f'"_{by}"."{by}.name"'


def _joined(join: Join) -> str:
    """The row that each row names, if the viewer may see it.

    `offset 0` keeps the planner from turning it round: it is looked up by its id, for each row of
    a page, whatever the statistics say.
    """
    model: type[FirmModel] = join.identity
    return (
        f" left join lateral (select {_named(join.by, join.columns)} from {model.table()} j"
        f" where j.id = t.{join.by} and {visible(model, current().viewer, 'j')} offset 0)"
        f' "_{join.by}" on true'
    )


def _own(model: type[FirmModel], columns: Collection[str] | None, needed: Sequence[str]) -> str:
    return "t.*" if columns is None else _list(model, frozenset(columns), tuple(needed))


@lru_cache(maxsize=4_000)
def _list(model: type[FirmModel], columns: frozenset[str], needed: tuple[str, ...]) -> str:
    """The columns to be read, always the same way for the same ones: a statement is prepared once.

    What is no column of the model was put there by whoever reads it: then all are read.
    """
    if not {*MANAGED, *model.columns()}.issuperset(columns):
        return "t.*"
    return ", ".join(f"t.{name}" for name in sorted({*needed, *columns}))


@lru_cache(maxsize=4_000)
def _named(by: str, columns: frozenset[str]) -> str:
    return ", ".join(f'j.{name} as "{by}.{name}"' for name in sorted(columns))


@lru_cache(maxsize=4_000)
def _is_light(model: type[FirmModel], columns: frozenset[str]) -> bool:
    """Whether they are columns of the model of which none may be long: a note, told with each of
    two hundred tasks, would cost more than the statement that is saved."""
    return model.light_columns().issuperset(columns)
