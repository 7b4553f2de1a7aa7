"""Everything with an id is a Node; each type says which model its rows come from."""

import strawberry

from models.base import FirmModel
from schema.fields import field

TYPE_NAMES: dict[type[FirmModel], str] = {}
"""Which GraphQL type a model's rows are: filled by `node_type`."""


@strawberry.interface(description="Anything with an id of its own.")
class Node:
    id: strawberry.ID = field("Typed id. Never sort by it.")


def node_type(model: type[FirmModel], description: str):  # type: ignore[no-untyped-def]
    """Publish a class as the GraphQL type of a model's rows."""

    def declare(cls):  # type: ignore[no-untyped-def]
        TYPE_NAMES[model] = cls.__name__
        return strawberry.type(cls, description=description)

    return declare
