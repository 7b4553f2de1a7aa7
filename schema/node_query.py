"""Anything by its id."""

from typing import Annotated
from uuid import UUID

import strawberry

from models.errors import ValidationError
from models.permissions import Permission
from models.unit_of_work import current
from resolvers import nodes
from schema import ids
from schema.fields import argument, query
from schema.nodes import TYPE_NAMES, Node
from subscriptions import audience

LARGEST = 250


async def _found(texts: list[str]) -> list[object]:
    wanted = [_place(ids.kind_of(text)) for text in texts]
    return await nodes.by_table(wanted, TYPE_NAMES)


def _place(known: tuple[str, UUID] | None) -> tuple[str, UUID]:
    """Table and id; what the viewer's permissions do not reach is nowhere, like the unknown."""
    if known is not None:
        table = ids.PREFIXES[known[0]].table()
        if audience.may_read(current().viewer, table):
            return table, known[1]
    return "", UUID(int=0)


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
