"""Documents: files of clients."""

from typing import Annotated

import strawberry

from models.clients import Client as ClientRow
from models.documents import Document as DocumentRow
from models.documents import DocumentState
from models.jobs import Job as JobRow
from models.permissions import Permission
from models.requests import RequestItem as RequestItemRow
from resolvers import documents
from resolvers.reading import one
from schema import ids
from schema.fields import argument, field, node_id, query, relation
from schema.files import DownloadLink, UploadForm
from schema.filters import IdFilter, TextFilter
from schema.inputs import given, given_field, input_type, own_id, reference
from schema.mutations import mutation, verb_input
from schema.nodes import Node, node_type
from schema.paging import After, Before, Connection, First, Last, window
from schema.scalars import DateTime, Long

READ = Permission.READ_WORK
_Client = Annotated["Client", strawberry.lazy("schema.clients")]
_Job = Annotated["Job", strawberry.lazy("schema.jobs")]
_Item = Annotated["RequestItem", strawberry.lazy("schema.requests")]


@node_type(DocumentRow, "A file of a client.")
class Document(Node):
    id: strawberry.ID = node_id(DocumentRow)
    version: int = field("How often it was changed, from 1.")
    name: str = field("What it is called.")
    size: Long = field("Bytes.")
    media_type: str = field("What it is, such as application/pdf.")
    sha256: str = field("SHA-256 of its bytes, in hexadecimal digits.")
    state: DocumentState = field("How far it has come.")
    refusal: str | None = field("Why it was refused.")
    shared: bool = field("Whether the client's contacts see it in the portal.")
    client: _Client = relation(ClientRow, by="client_id", allow=READ, description="Whose.")
    job: _Job | None = relation(JobRow, by="job_id", allow=READ, description="For which job.")
    request_item: _Item | None = relation(RequestItemRow, by="request_item_id", allow=READ,
                                          description="What had asked for it.")  # fmt: skip
    created_at: DateTime = field("When it was announced.")


@verb_input("Announce a file, to be sent by the form that comes back.")
class StartUpload:
    id: strawberry.ID | None = own_id(DocumentRow)
    client_id: strawberry.ID = reference(ClientRow, "Whose.", optional=False)
    job_id: strawberry.ID | None = reference(JobRow, "For which of the client's jobs.")
    name: str = given_field("What it is called, at most 200 bytes; no path.", optional=False)
    size: Long = given_field("Bytes, at most 100 MB.", optional=False)
    media_type: str = given_field("What it is, such as application/pdf.", optional=False)
    sha256: str = given_field("SHA-256 of its bytes, 64 hexadecimal digits.", optional=False)
    shared: bool = given_field("Whether the client's contacts see it; no unless said.")


@verb_input("Say that the file was sent.")
class CompleteUpload:
    id: strawberry.ID = reference(DocumentRow, "Which document.", optional=False)


@verb_input("Change a document: what is absent stays as it is.")
class UpdateDocument:
    id: strawberry.ID = reference(DocumentRow, "Which document.", optional=False)
    expected_version: int | None = given_field("The version you last saw.")
    name: str = given_field("What it is called.")
    shared: bool = given_field("Whether the client's contacts see it.")


@input_type("Which documents.")
class DocumentFilter:
    client: IdFilter | None = reference(ClientRow, "Whose.")
    job: IdFilter | None = reference(JobRow, "For which job.")
    name: TextFilter | None = given_field("By name.")


@strawberry.type
class DocumentQuery:
    @query(allow=READ, cost=10)
    async def documents(
        info, first: First = None, after: After = None, last: Last = None, before: Before = None,
        filter: Annotated[DocumentFilter | None, argument("Which; all unless said.")] = None,
    ) -> Connection[Document]:  # fmt: skip
        """The documents that the viewer may see, the latest first."""
        asked = {} if filter is None else given(filter)
        return await documents.page(window(first, after, last, before), **asked)

    @query(allow=READ)
    async def document(
        info, id: Annotated[strawberry.ID, argument("Which document.")]
    ) -> Document | None:
        """One document; null when there is no such one."""
        return await one(DocumentRow, ids.wanted(id, DocumentRow))

    @query(allow=READ, cost=10)
    async def download_link(
        info, document_id: Annotated[strawberry.ID, argument("Which document.")]
    ) -> DownloadLink | None:
        """Where to fetch a document, within a minute; null unless it was found clean."""
        return await documents.download_link(ids.wanted(document_id, DocumentRow))


_RETURNS = {"document": (Document, DocumentRow)}
_EDIT = Permission.EDIT_WORK


@strawberry.type
class DocumentMutation:
    start_upload = mutation(
        documents.start_upload, input=StartUpload, returns=_RETURNS, allow=_EDIT,
        shown_once={"form": UploadForm},
        description="Announce a file. It is sent straight to the file store, which takes exactly"
        " what was announced. The same id again, while it is pending, brings a new form.",
    )  # fmt: skip
    complete_upload = mutation(
        documents.complete_upload, input=CompleteUpload, returns=_RETURNS, allow=_EDIT,
        ahead=documents.examined,
        description="Have the file that was sent looked at: afterwards it is clean, or refused with"
        " the reason; twice is once.",
    )  # fmt: skip
    update_document = mutation(
        documents.update, input=UpdateDocument, returns=_RETURNS, allow=_EDIT,
        description="Rename a document, or show it to the client's contacts.",
    )  # fmt: skip
