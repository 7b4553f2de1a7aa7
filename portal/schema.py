"""The portal schema: what a client's contact can ask at /portal/graphql."""

from functools import cache

import strawberry
from graphql import GraphQLSchema

from resolvers import sign_in
from schema.build import built, core_of
from schema.fields import ANYONE, query
from schema.scalars import DateTime


@strawberry.type(description="What a client's contact can ask.")
class Query:
    @query(allow=ANYONE)
    async def server_time(info) -> DateTime:
        """The database's clock: the only one that counts."""
        return await sign_in.server_time(None)


@cache
def portal_schema() -> strawberry.Schema:
    return built(query=Query)


def portal() -> GraphQLSchema:
    """What graphql-core runs."""
    return core_of(portal_schema())
