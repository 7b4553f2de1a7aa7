"""What the firm and the client's contacts say to each other."""

import strawberry

from models.clients import Client as ClientRow
from models.jobs import Job as JobRow
from models.messages import Message as MessageRow
from portal.requests import Job
from portal.sign_in import Client
from resolvers import messages, portal_requests
from schema.fields import CONTACT, batch, computed, field, node_id, query
from schema.inputs import given_field, reference
from schema.mutations import mutation, verb_input
from schema.scalars import DateTime


@strawberry.type(description="Something said between the firm and the client's contacts.")
class Message:
    id: strawberry.ID = node_id(MessageRow)
    body: str = field("What was said.")
    author: str = field("The name of whoever said it.")
    from_firm: bool = computed("Whether somebody of the firm said it; else one of the contacts.",
                               lambda row: row["member_id"] is not None)  # fmt: skip
    client: Client = batch(portal_requests.client_of, allow=CONTACT, description="Whose thread.")
    job: Job | None = batch(portal_requests.job_of, allow=CONTACT,
                            description="About which work, if about one.")  # fmt: skip
    read_at: DateTime | None = field("When somebody of the other side first read it.")
    created_at: DateTime = field("When it was said.")


@verb_input("Write to the firm.")
class SendMessage:
    client_id: strawberry.ID = reference(ClientRow, "For which client.", optional=False)
    job_id: strawberry.ID | None = reference(JobRow, "About which piece of work.")
    body: str = given_field("What, 1 to 10,000 characters.", optional=False)


@verb_input("Say that a message was read.")
class ReadMessage:
    id: strawberry.ID = reference(MessageRow, "Which message.", optional=False)


@strawberry.type
class MessageQuery:
    @query(allow=CONTACT, cost=10)
    async def messages(info) -> list[Message]:
        """What was said, the latest first; at most 250."""
        return await portal_requests.messages()


_RETURNS = {"message": (Message, MessageRow)}


@strawberry.type
class MessageMutation:
    send_message = mutation(
        messages.send, input=SendMessage, returns=_RETURNS, allow=CONTACT, streamed=False,
        description="Write to the firm; whoever works for the client there sees it at once.",
    )  # fmt: skip
    read_message = mutation(
        messages.read, input=ReadMessage, returns=_RETURNS, allow=CONTACT, streamed=False,
        description="What the firm wrote in this message's thread, up to it, has been read.",
    )  # fmt: skip
