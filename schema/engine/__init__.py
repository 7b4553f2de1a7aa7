"""The engine: an operation is planned once and run breadth-first, a whole level at a time.

It runs what graphql-core would, and answers the same; see README.md beside this file.
"""

from schema.engine.execution import Engine
from schema.engine.leaves import QUICK, Quick
from schema.engine.origins import (
    ORIGIN,
    ByKey,
    Column,
    Columns,
    Computed,
    Made,
    OfParents,
    Origin,
    Parents,
    Source,
)

__all__ = [
    "ORIGIN", "QUICK", "ByKey", "Column", "Columns", "Computed", "Engine", "Made", "OfParents",
    "Origin", "Parents", "Quick", "Source",
]  # fmt: skip
