"""The engine: an operation is planned once and run breadth-first, a whole level at a time.

It runs what graphql-core would, and answers the same; see README.md beside this file.
"""

from schema.engine.arguments import CALLING, Calling
from schema.engine.execution import Engine
from schema.engine.leaves import QUICK, Quick
from schema.engine.origins import (
    ORIGIN,
    ByKey,
    Column,
    Computed,
    Join,
    Made,
    OfParents,
    Origin,
    Parents,
    Read,
    Source,
)
from schema.engine.shelf import Shelf

__all__ = [
    "CALLING", "ORIGIN", "QUICK", "ByKey", "Calling", "Column", "Computed", "Engine", "Join",
    "Made", "OfParents", "Origin", "Parents", "Quick", "Read", "Shelf", "Source",
]  # fmt: skip
