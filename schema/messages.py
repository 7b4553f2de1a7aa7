"""Messages: what the firm and its clients' contacts say to each other."""

from typing import Annotated

import strawberry

from models.clients import Client as ClientRow
from models.contacts import Contact as ContactRow
from models.jobs import Job as JobRow
from models.members import Member as MemberRow
from models.messages import Message as MessageRow
from models.permissions import Permission
from resolvers import messages
from schema.fields import argument, field, node_id, query, relation
from schema.filters import IdFilter
from schema.inputs import given, given_field, input_type, own_id, reference
from schema.members import Member
from schema.mutations import mutation, verb_input
from schema.nodes import Node, node_type
from schema.paging import After, Before, Connection, First, Last, window
from schema.scalars import DateTime

READ = Permission.READ_WORK
_Client = Annotated["Client", strawberry.lazy("schema.clients")]
_Contact = Annotated["Contact", strawberry.lazy("schema.contacts")]
_Job = Annotated["Job", strawberry.lazy("schema.jobs")]


@node_type(MessageRow, "Something said between the firm and a client's contacts.")
class Message(Node):
    id: strawberry.ID = node_id(MessageRow)
    version: int = field("How often it was changed, from 1.")
    body: str = field("What was said.")
    author: str = field("Who said it, as they were called then.")
    member: Member | None = relation(MemberRow, by="member_id", allow=READ,
                                     description="Who of the firm, if so.")  # fmt: skip
    contact: _Contact | None = relation(
        ContactRow, by="contact_id", allow=Permission.READ_CLIENTS,
        description="Which of the client's contacts; null for a member.",
    )  # fmt: skip
    client: _Client = relation(ClientRow, by="client_id", allow=READ, description="Whose thread.")
    job: _Job | None = relation(JobRow, by="job_id", allow=READ,
                                description="About which job, if one.")  # fmt: skip
    read_at: DateTime | None = field("When somebody of the other side first read it.")
    created_at: DateTime = field("When it was said.")


@input_type("Which messages.")
class MessageFilter:
    client: IdFilter | None = reference(ClientRow, "With which client, about whatever.")
    job: IdFilter | None = reference(JobRow, "About which job.")
    unread: bool | None = given_field("Whether nobody of the firm has read what a contact wrote.")


@verb_input("Write to a client's contacts.")
class SendMessage:
    id: strawberry.ID | None = own_id(MessageRow)
    client_id: strawberry.ID = reference(ClientRow, "To whose contacts.", optional=False)
    job_id: strawberry.ID | None = reference(JobRow, "About which of the client's jobs.")
    body: str = given_field("What, 1 to 10,000 characters.", optional=False)


@verb_input("Say that a message was read.")
class ReadMessage:
    id: strawberry.ID = reference(MessageRow, "Which message.", optional=False)


@strawberry.type
class MessageQuery:
    @query(allow=READ, cost=10)
    async def messages(
        info, first: First = None, after: After = None, last: Last = None, before: Before = None,
        filter: Annotated[MessageFilter | None, argument("Which; all unless said.")] = None,
    ) -> Connection[Message]:  # fmt: skip
        """The messages that the viewer may see, the latest first."""
        asked = {} if filter is None else given(filter)
        return await messages.page(window(first, after, last, before), **asked)


_RETURNS = {"message": (Message, MessageRow)}


@strawberry.type
class MessageMutation:
    send_message = mutation(
        messages.send, input=SendMessage, returns=_RETURNS, allow=Permission.EDIT_WORK,
        description="Write to a client's contacts, in the portal. They are told by mail that"
        " something waits, once until they have read it; never what it says.",
    )  # fmt: skip
    read_message = mutation(
        messages.read, input=ReadMessage, returns=_RETURNS, allow=Permission.EDIT_WORK,
        description="What contacts wrote in this message's thread, up to it, has been read; twice"
        " is once.",
    )  # fmt: skip
