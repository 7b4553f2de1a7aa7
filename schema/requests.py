"""Requests: what clients are asked for."""

from typing import Annotated

import strawberry

from models.clients import Client as ClientRow
from models.documents import Document as DocumentRow
from models.jobs import Job as JobRow
from models.permissions import Permission
from models.requests import ItemKind, ItemState, RequestState
from models.requests import Request as RequestRow
from models.requests import RequestItem as RequestItemRow
from resolvers import requests
from resolvers.reading import one
from schema import ids
from schema.documents import Document
from schema.fields import argument, children, field, node_id, query, relation
from schema.filters import IdFilter
from schema.inputs import given, given_field, input_type, own_id, reference
from schema.mutations import mutation, verb_input
from schema.nodes import Node, node_type
from schema.paging import After, Before, Connection, First, Last, window
from schema.scalars import Date, DateTime

READ = Permission.READ_WORK
_Client = Annotated["Client", strawberry.lazy("schema.clients")]
_Job = Annotated["Job", strawberry.lazy("schema.jobs")]
_Request = Annotated["Request", strawberry.lazy("schema.requests")]


@node_type(RequestItemRow, "One thing that a request asks for.")
class RequestItem(Node):
    id: strawberry.ID = node_id(RequestItemRow)
    version: int = field("How often it was changed, from 1.")
    number: int = field("Its place in the request, from 1.")
    kind: ItemKind = field("What it asks for.")
    text: str = field("What is asked, for the client to read.")
    state: ItemState = field("Whether it has come.")
    answer: str | None = field("What the client answered.")
    rejection: str | None = field("Why what came was sent back; null once something came again.")
    fulfilled_at: DateTime | None = field("When it came.")
    request: _Request = relation(RequestRow, by="request_id", allow=READ,
                                 description="Of which request.")  # fmt: skip
    documents: list[Document] = children(
        DocumentRow, by="request_item_id", order="id", allow=READ,
        description="The files sent for it, refused ones too, the oldest first.",
    )  # fmt: skip


@node_type(RequestRow, "What a client is asked for, for one of their jobs.")
class Request(Node):
    id: strawberry.ID = node_id(RequestRow)
    version: int = field("How often it was changed, from 1.")
    title: str = field("What it is called, for the client to read.")
    due_date: Date | None = field("By when it is needed.")
    state: RequestState = field("Where it stands.")
    ended_at: DateTime | None = field("When it was fulfilled or cancelled.")
    created_at: DateTime = field("When it was made.")
    client: _Client = relation(ClientRow, by="client_id", allow=READ, description="Whom.")
    job: _Job = relation(JobRow, by="job_id", allow=READ, description="For which job.")
    items: list[RequestItem] = children(RequestItemRow, by="request_id", order="number", allow=READ,
                                        description="What it asks for, in order.")  # fmt: skip


@input_type("Which requests.")
class RequestFilter:
    client: IdFilter | None = reference(ClientRow, "To which client.")
    job: IdFilter | None = reference(JobRow, "For which job.")
    open: bool | None = given_field("Whether something of them is still missing.")


@input_type("One thing to ask for.")
class NewRequestItem:
    kind: ItemKind = given_field("What it asks for.", optional=False)
    text: str = given_field("What is asked, at most 2,000 characters.", optional=False)


@verb_input("Ask a job's client for something.")
class CreateRequest:
    id: strawberry.ID | None = own_id(RequestRow)
    job_id: strawberry.ID = reference(JobRow, "For which job.", optional=False)
    title: str = given_field("What it is called, for the client to read.", optional=False)
    due_date: Date | None = given_field("By when it is needed.")
    items: list[NewRequestItem] = given_field("What is asked for: 1 to 50.", optional=False)


@verb_input("Ask for it no more.")
class CancelRequest:
    id: strawberry.ID = reference(RequestRow, "Which request.", optional=False)


@verb_input("Say that what came for an item is good.")
class AcceptItem:
    id: strawberry.ID = reference(RequestItemRow, "Which item.", optional=False)


@verb_input("Send back what came for an item.")
class RejectItem(AcceptItem):
    reason: str = given_field("Why, for the client to read, 1 to 2,000 characters.",
                              optional=False)  # fmt: skip


@strawberry.type
class RequestQuery:
    @query(allow=READ, cost=10)
    async def requests(
        info, first: First = None, after: After = None, last: Last = None, before: Before = None,
        filter: Annotated[RequestFilter | None, argument("Which; all unless said.")] = None,
    ) -> Connection[Request]:  # fmt: skip
        """The requests that the viewer may see, the latest first."""
        asked = {} if filter is None else given(filter)
        return await requests.page(window(first, after, last, before), **asked)

    @query(allow=READ)
    async def request(
        info, id: Annotated[strawberry.ID, argument("Which request.")]
    ) -> Request | None:
        """One request; null when there is no such one."""
        return await one(RequestRow, ids.wanted(id, RequestRow))


_RETURNS = {"request": (Request, RequestRow)}
_ITEM = {"item": (RequestItem, RequestItemRow), **_RETURNS}


@strawberry.type
class RequestMutation:
    create_request = mutation(
        requests.make, input=CreateRequest, returns=_RETURNS, allow=Permission.EDIT_WORK,
        description="Ask a job's client for files and answers. The job waits for the client, whose"
        " contacts are told by mail; when all has come it goes on by itself.",
    )  # fmt: skip
    cancel_request = mutation(
        requests.cancel, input=CancelRequest, returns=_RETURNS, allow=Permission.EDIT_WORK,
        description="Ask for it no more; the job waits for it no longer. Twice is once.",
    )  # fmt: skip
    accept_item = mutation(
        requests.accept_item, input=AcceptItem, returns=_ITEM, allow=Permission.EDIT_WORK,
        description="What came for an item is good: it stays as it is. Twice is once.",
    )  # fmt: skip
    reject_item = mutation(
        requests.reject_item, input=RejectItem, returns=_ITEM, allow=Permission.EDIT_WORK,
        description="What came for an item is not good: the client reads why and is asked again,"
        " the request is open and the job waits for it once more.",
    )  # fmt: skip
