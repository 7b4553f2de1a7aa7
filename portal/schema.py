"""The portal schema: everything at /portal/graphql, for the clients' contacts."""

from functools import cache

import strawberry
from graphql import GraphQLSchema

from portal.invoices import InvoiceQuery
from portal.live import StreamQuery, Subscription
from portal.messages import MessageMutation, MessageQuery
from portal.requests import RequestMutation, RequestQuery
from portal.sign_in import SignInMutation, SignInQuery
from schema.build import built, core_of
from schema.payloads import ERROR_TYPES


@strawberry.type(description="What a client's contact can ask.")
class Query(SignInQuery, RequestQuery, InvoiceQuery, MessageQuery, StreamQuery):
    pass


@strawberry.type(description="What a client's contact can do. One root field a document.")
class Mutation(SignInMutation, RequestMutation, MessageMutation):
    pass


@cache
def portal_schema() -> strawberry.Schema:
    return built(query=Query, mutation=Mutation, subscription=Subscription, types=list(ERROR_TYPES))


def portal() -> GraphQLSchema:
    """What graphql-core runs."""
    return core_of(portal_schema())
