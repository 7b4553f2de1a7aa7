"""Coming into the portal by a mailed link, going out of it, and who is asking."""

from typing import Annotated

import strawberry
from strawberry import Info

from models.clients import Client as ClientRow
from models.contacts import Contact as ContactRow
from models.firms import Firm as FirmRow
from resolvers import portal, portal_sign_in
from schema.doors import SignOutPayload, clock, way_out
from schema.fields import ANYONE, CONTACT, argument, batch, field, node_id, query
from schema.inputs import given, given_field, input_type
from schema.payloads import EXPECTED, UserError, refusal


@strawberry.type(description="The person who is signed in.")
class Contact:
    id: strawberry.ID = node_id(ContactRow)
    name: str = field("Full name.")
    email: str | None = field("E-mail address.")


@strawberry.type(description="The firm whose portal this is.")
class Firm:
    id: strawberry.ID = node_id(FirmRow)
    name: str = field("The firm's name.")


@strawberry.type(description="A person or an organisation that the firm works for.")
class Client:
    id: strawberry.ID = node_id(ClientRow)
    name: str = field("The client's name.")


@strawberry.type(description="Who is asking.")
class Viewer:
    contact: Contact = batch(portal.contact, allow=CONTACT, description="The person.")
    firm: Firm = batch(portal.firm, allow=CONTACT, description="Their firm.")
    clients: list[Client] = batch(
        portal.clients, allow=CONTACT, cost=10, description="What they may look at, by name."
    )


@input_type("Who wants a link.")
class RequestSignInLinkInput:
    email: str = given_field("E-mail address.", optional=False)


@input_type("Which link was followed.")
class RedeemSignInLinkInput:
    token: str = given_field("The secret in the link: what follows its `#`.", optional=False)


@strawberry.type(description="What asking for a link answers: the same for every address.")
class RequestSignInLinkPayload:
    errors: list[UserError] = field("Why it was refused; empty when it was taken.")


@strawberry.type(description="What redeeming a link answers.")
class RedeemSignInLinkPayload:
    token: str | None = field(
        "The session's token, to be sent as `Authorization: Bearer …`; pages get a cookie too."
    )
    errors: list[UserError] = field("Why it was refused; empty when it was done.")


@strawberry.type
class SignInQuery:
    @query(allow=ANYONE)
    async def viewer(info) -> Viewer | None:
        """Who is asking; null when nobody is signed in."""
        return portal.described(info.context.viewer)

    server_time = clock()


async def _request(
    root: strawberry.Parent[object], info: Info,
    input: Annotated[RequestSignInLinkInput, argument("The address.")],
) -> RequestSignInLinkPayload:  # fmt: skip
    try:
        await portal_sign_in.request_link(**given(input))
    except EXPECTED as error:
        return {"errors": [refusal(error)]}
    return {"errors": []}


async def _redeem(
    root: strawberry.Parent[object], info: Info,
    input: Annotated[RedeemSignInLinkInput, argument("The secret.")],
) -> RedeemSignInLinkPayload:  # fmt: skip
    try:
        info.context.session_token = await portal_sign_in.redeem(**given(input))
    except EXPECTED as error:
        return {"token": None, "errors": [refusal(error)]}
    return {"token": info.context.session_token, "errors": []}


@strawberry.type
class SignInMutation:
    request_sign_in_link: RequestSignInLinkPayload | None = strawberry.field(
        resolver=_request, metadata={"allow": ANYONE, "cost": 50},
        description="Mail a link that signs in, from every firm that lets this address in. Never"
        " tells whether there is one.",
    )  # fmt: skip
    redeem_sign_in_link: RedeemSignInLinkPayload | None = strawberry.field(
        resolver=_redeem, metadata={"allow": ANYONE, "cost": 50},
        description="Sign in by a mailed link: once, within 15 minutes.",
    )  # fmt: skip
    sign_out: SignOutPayload | None = way_out(portal_sign_in.sign_out)
