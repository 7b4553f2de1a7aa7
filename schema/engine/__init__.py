"""The engine: an operation is planned once and run breadth-first, a whole level at a time.

It runs what graphql-core would, and answers the same; see README.md beside this file. All imports
in here are relative: the folder can lie in any package, under any name.
"""

from .arguments import CALLING, Calling
from .execution import Engine
from .leaves import QUICK, Quick
from .origins import (
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
from .shelf import Shelf

__all__ = [
    "CALLING", "ORIGIN", "QUICK", "ByKey", "Calling", "Column", "Computed", "Engine", "Join",
    "Made", "OfParents", "Origin", "Parents", "Quick", "Read", "Shelf", "Source",
]  # fmt: skip
