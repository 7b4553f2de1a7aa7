"""Exports: every row of a kind that the viewer may see, or a report, as CSV from the database.

What a program reads is named and typed as in GraphQL, in snake_case; what a spreadsheet would take
for a formula begins with an apostrophe.
"""

from collections.abc import Mapping

from models.errors import NotFound, ValidationError
from models.unit_of_work import Sink, Unit, reading
from models.viewer import Viewer
from resolvers.exports.columns import Prefixes
from resolvers.exports.entities import ENTITIES
from resolvers.exports.worked import worked_query

LONGEST_SECONDS = 600
"""How long one statement of an export may run, its reader's own pace included."""


def must_be_known(name: str) -> None:
    """Raise NotFound, which says what there is, for anything else."""
    if name not in NAMES:
        raise NotFound(f"export; there is {', '.join(sorted(NAMES))}")


NAMES = frozenset({*ENTITIES, "worked"})


async def export(
    name: str, viewer: Viewer, asked: Mapping[str, str], prefixes: Prefixes, sink: Sink
) -> None:
    """Write all rows of one snapshot to `sink`, as fast as it takes them. Raises NotFound,
    Forbidden, ValidationError, before anything is written."""
    must_be_known(name)
    async with reading(viewer) as unit:
        await _write(unit, name, asked, prefixes, sink)


async def _write(
    unit: Unit, name: str, asked: Mapping[str, str], prefixes: Prefixes, sink: Sink
) -> None:
    if name == "worked":
        sql, values = worked_query(unit.viewer, asked, prefixes)
    else:
        if asked:
            raise ValidationError(f"{name} takes no parameter.", path=(min(asked),))
        sql, values = ENTITIES[name].query(unit.viewer, prefixes), []
    await unit.execute(f"set local statement_timeout to '{LONGEST_SECONDS}s'")
    await unit.copy(sql, *values, sink=sink)
