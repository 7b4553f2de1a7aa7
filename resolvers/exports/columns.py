"""Columns of an export, each as SQL over the row `t`, written as GraphQL writes it."""

from collections.abc import Callable, Mapping

from models.base import FirmModel
from models.money import amount_sql
from models.viewer import Viewer
from models.visibility import client_visible

Prefixes = Mapping[type[FirmModel], str]
"""What the ids of each kind of thing begin with."""

Column = tuple[str, Callable[[Prefixes, Viewer], str]]
"""A name, and the SQL of its value for a viewer."""

_FORMULA = r"^[=+\-@\t\r\n]"


def plain(name: str, sql: str | None = None) -> Column:
    """A number, a date or a truth, as the database writes it."""
    return name, lambda *_: sql or f"t.{name}"


def text(name: str, sql: str | None = None) -> Column:
    """Words of people, never a formula."""
    return name, lambda *_: harmless(sql or f"t.{name}")


def word(name: str, sql: str | None = None) -> Column:
    """A value of an enum."""
    return name, lambda *_: f"upper({sql or f't.{name}'})"


def told_by(name: str, sql: Callable[[Viewer], str]) -> Column:
    """Words of people that differ by who reads them."""
    return name, lambda _, viewer: harmless(sql(viewer))


def moment(name: str) -> Column:
    """An instant in UTC, RFC 3339."""
    return (
        name,
        lambda *_: f"""to_char(t.{name} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')""",
    )


def id_of(name: str, model: type[FirmModel]) -> Column:
    """A typed id."""
    return name, lambda prefixes, _: id_sql(f"t.{name}", model, prefixes)


def id_of_seen(name: str, model: type[FirmModel]) -> Column:
    """The same where the viewer may see the row's client; one's own time is seen without."""

    def sql(prefixes: Prefixes, viewer: Viewer) -> str:
        seen = client_visible(viewer, "t.client_id")
        return f"case when {seen} then {id_sql(f't.{name}', model, prefixes)} end"

    return name, sql


def amount(name: str, sql: str | None = None) -> Column:
    """A decimal number with as many digits after the point as the row's currency has."""
    return name, lambda *_: amount_sql(sql or f"t.{name}", "t.currency")


def id_sql(value: str, model: type[FirmModel], prefixes: Prefixes) -> str:
    return f"'{prefixes[model]}_' || replace({value}::text, '-', '')"


def harmless(value: str) -> str:
    return f"case when {value} ~ '{_FORMULA}' then '''' || {value} else {value} end"


def select(columns: tuple[Column, ...], prefixes: Prefixes, viewer: Viewer) -> str:
    return ", ".join(f"{sql(prefixes, viewer)} as {name}" for name, sql in columns)
