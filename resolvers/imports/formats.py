"""Whose export a file is: told by its headings."""

from collections.abc import Sequence

from resolvers.imports.clockify import CLOCKIFY, renamed
from resolvers.imports.columns import locate
from resolvers.imports.entries import Dialect, Reader
from resolvers.imports.harvest import HARVEST
from resolvers.imports.headings import TIME_COLUMNS
from resolvers.imports.refusals import FileRefused
from resolvers.imports.toggl import TOGGL

DIALECTS: dict[str, Dialect] = {d.system: d for d in (CLOCKIFY, HARVEST, TOGGL)}
"""The products that are understood, those with the most telling headings first."""


def recognise(headings: Sequence[str], system: str | None = None) -> Reader:
    """The reader for a file with these headings; `system` overrules what they look like.

    Raises FileRefused when they are no known product's detailed export, or name nobody.
    """
    columns = locate(headings, TIME_COLUMNS)
    if system is not None and system not in DIALECTS:
        raise FileRefused(f"“{system}” is none of {', '.join(DIALECTS)}.")
    dialect = next((d for d in _candidates(system) if d.knows(columns)), None)
    if dialect is None:
        raise FileRefused(
            "The headings are not those of a detailed export from "
            f"{' or '.join(d.product for d in _candidates(system))}: "
            f"{', '.join(headings[:12])}. Summary and weekly reports cannot be imported; "
            "export the detailed report."
        )
    if dialect is CLOCKIFY:
        columns = renamed(columns)
    if not columns.keys() & {"person", "email", "first_name", "last_name"}:
        raise FileRefused(
            "No column says whose time it is. Export again with the person or e-mail column."
        )
    return Reader(dialect, columns)


def _candidates(system: str | None) -> list[Dialect]:
    return [d for d in DIALECTS.values() if system in (None, d.system)]
