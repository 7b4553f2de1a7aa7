"""Anything by its id."""

from typing import Annotated

import strawberry

from models.errors import ValidationError
from models.permissions import Permission
from resolvers import nodes
from schema import ids
from schema.fields import argument, query
from schema.nodes import TYPE_NAMES, Node

LARGEST = 250


async def _found(texts: list[str]) -> list[object]:
    known = [ids.kind_of(text) for text in texts]
    wanted = [("", None) if kind is None else (ids.PREFIXES[kind[0]].table(), kind[1])
              for kind in known]  # fmt: skip
    return await nodes.by_table(wanted, TYPE_NAMES)


@strawberry.type
class NodeQuery:
    @query(allow=Permission.READ_FIRM)
    async def node(info, id: Annotated[strawberry.ID, argument("Any id.")]) -> Node | None:
        """The thing with this id; null when there is no such thing."""
        return (await _found([id]))[0]

    @query(allow=Permission.READ_FIRM, cost=10)
    async def nodes(
        info, ids: Annotated[list[strawberry.ID], argument("Any ids, at most 250.")]
    ) -> list[Node | None]:
        """The things with these ids, in their order; null where there is no such thing."""
        if len(ids) > LARGEST:
            raise ValidationError(f"At most {LARGEST} ids at a time.", path=("ids",))
        return await _found(list(ids))
