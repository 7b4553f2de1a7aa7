"""The engine: an operation is planned once and run breadth-first, a whole level at a time.

It runs what graphql-core would, and answers the same; see README.md beside this file.
"""

from schema.engine.execution import Engine
from schema.engine.origins import (
    ORIGIN,
    ByKey,
    Column,
    Columns,
    Computed,
    OfParents,
    Origin,
    Parents,
    Source,
)

__all__ = [
    "ORIGIN", "ByKey", "Column", "Columns", "Computed", "Engine", "OfParents", "Origin", "Parents",
    "Source",
]  # fmt: skip
