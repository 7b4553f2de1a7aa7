"""What the firm needs from a client, where their work stands, and the files between them."""

from typing import Annotated

import strawberry

from models.documents import Document as DocumentRow
from models.jobs import Job as JobRow
from models.requests import Request as RequestRow
from models.requests import RequestItem as RequestItemRow
from portal.sign_in import Client
from resolvers import documents, portal_requests
from resolvers.reading import one
from schema import ids
from schema.enums import DocumentState, ItemKind, ItemState, RequestState
from schema.fields import CONTACT, argument, batch, children, computed, field, node_id, query
from schema.files import DownloadLink, UploadForm
from schema.inputs import given_field, reference
from schema.mutations import mutation, verb_input
from schema.scalars import Date, DateTime, Long


@strawberry.type(description="A piece of the firm's work for a client.")
class Job:
    id: strawberry.ID = node_id(JobRow)
    title: str = field("What it is.")
    client: Client = batch(portal_requests.client_of, allow=CONTACT, description="For whom.")
    stage: str = field("Where it stands.")
    period_start: Date | None = field("The first day of the period it is for.")
    period_end: Date | None = field("The last day of the period it is for.")
    completed_at: DateTime | None = field("When it was done.")


@strawberry.type(description="A file.")
class Document:
    id: strawberry.ID = node_id(DocumentRow)
    name: str = field("What it is called.")
    size: Long = field("Bytes.")
    media_type: str = field("What it is, such as application/pdf.")
    state: DocumentState = field("How far it has come.")
    refusal: str | None = field("Why it was refused.")
    created_at: DateTime = field("When it was announced.")
    client: Client = batch(portal_requests.client_of, allow=CONTACT, description="Whose.")
    asked_for: bool = computed("Whether it answers a request; else the firm has shared it.",
                               lambda row: row["request_item_id"] is not None)  # fmt: skip


@strawberry.type(description="One thing that a request asks for.")
class RequestItem:
    id: strawberry.ID = node_id(RequestItemRow)
    number: int = field("Its place in the request, from 1.")
    kind: ItemKind = field("What it asks for.")
    text: str = field("What is asked.")
    state: ItemState = field("Whether it has come.")
    answer: str | None = field("What was answered.")
    rejection: str | None = field("Why it is asked for again.")
    documents: list[Document] = children(
        DocumentRow, by="request_item_id", where="state <> 'pending'", allow=CONTACT,
        cost=2, size=2,
        description="The files sent for it, the oldest first.",
    )  # fmt: skip


@strawberry.type(description="What the firm needs, for one piece of work.")
class Request:
    id: strawberry.ID = node_id(RequestRow)
    title: str = field("What it is called.")
    due_date: Date | None = field("By when it is needed.")
    state: RequestState = field("Where it stands.")
    overdue: bool = batch(
        portal_requests.overdue, allow=CONTACT, of=("state", "due_date"),
        description="Whether it is open past the day by which it is needed, where the firm is.",
    )  # fmt: skip
    created_at: DateTime = field("When it was made.")
    client: Client = batch(portal_requests.client_of, allow=CONTACT, description="Of whom.")
    job: Job | None = batch(portal_requests.job_of, allow=CONTACT,
                            description="For which work; null when that was given up.")  # fmt: skip
    items: list[RequestItem] = children(
        RequestItemRow, by="request_id", order="number", allow=CONTACT,
        description="What it asks for, in order.",
    )  # fmt: skip


@verb_input("Answer a question of a request.")
class AnswerItem:
    id: strawberry.ID = reference(RequestItemRow, "Which item.", optional=False)
    answer: str = given_field("The answer, at most 10,000 characters.", optional=False)


@verb_input("Announce a file for an item, to be sent by the form that comes back.")
class StartUpload:
    item_id: strawberry.ID = reference(RequestItemRow, "For which item.", optional=False)
    name: str = given_field("What it is called, at most 200 bytes; no path.", optional=False)
    size: Long = given_field("Bytes, at most 100 MB.", optional=False)
    media_type: str = given_field("What it is, such as application/pdf.", optional=False)
    sha256: str = given_field("SHA-256 of its bytes, 64 hexadecimal digits.", optional=False)


@verb_input("Say that the file was sent.")
class CompleteUpload:
    id: strawberry.ID = reference(DocumentRow, "Which document.", optional=False)


@strawberry.type
class RequestQuery:
    @query(allow=CONTACT, cost=10)
    async def requests(info) -> list[Request]:
        """What is needed from the contact's clients: the open ones first; at most 250."""
        return await portal_requests.requests()

    @query(allow=CONTACT)
    async def request(
        info, id: Annotated[strawberry.ID, argument("Which request.")]
    ) -> Request | None:
        """One request; null when there is no such one."""
        return await one(RequestRow, ids.wanted(id, RequestRow))

    @query(allow=CONTACT, cost=10)
    async def jobs(info) -> list[Job]:
        """Where the work for the contact's clients stands: open work first; at most 250."""
        return await portal_requests.jobs()

    @query(allow=CONTACT, cost=10)
    async def documents(info) -> list[Document]:
        """The files that can be fetched, the latest first; at most 250."""
        return await portal_requests.documents()

    @query(allow=CONTACT, cost=10)
    async def download_link(
        info, document_id: Annotated[strawberry.ID, argument("Which document.")]
    ) -> DownloadLink | None:
        """Where to fetch a file, within a minute; null unless it was found clean."""
        return await documents.download_link(ids.wanted(document_id, DocumentRow))


_DOCUMENT = {"document": (Document, DocumentRow)}


@strawberry.type
class RequestMutation:
    answer_item = mutation(
        portal_requests.answer_item, input=AnswerItem, allow=CONTACT, streamed=False,
        returns={"item": (RequestItem, RequestItemRow)},
        description="Answer a question. It can be answered better as long as the request is open;"
        " with its last item a request is fulfilled, and the work goes on.",
    )  # fmt: skip
    start_upload = mutation(
        portal_requests.start_upload, input=StartUpload, returns=_DOCUMENT, allow=CONTACT,
        streamed=False, shown_once={"form": UploadForm},
        description="Announce a file for an item. It is sent straight to the file store, which"
        " takes exactly what was announced.",
    )  # fmt: skip
    complete_upload = mutation(
        documents.complete_upload, input=CompleteUpload, returns=_DOCUMENT, allow=CONTACT,
        streamed=False, ahead=documents.examined,
        description="Have the file that was sent looked at: afterwards it is clean and the item"
        " fulfilled, or it is refused with the reason; twice is once.",
    )  # fmt: skip
