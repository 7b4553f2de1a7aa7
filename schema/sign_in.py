"""Signing in and out, API tokens, and who is asking."""

from typing import Annotated

import strawberry
from strawberry import Info

from models.firms import Firm as FirmRow
from models.members import Member as MemberRow
from models.permissions import Permission
from models.sign_in import ApiToken as ApiTokenRow
from resolvers import api_tokens, sign_in
from schema import ids
from schema.doors import SignOutPayload, clock, way_out
from schema.fields import ANYONE, argument, children, computed, field, node_id, query, relation
from schema.firms import Firm
from schema.inputs import given, given_field, input_type, own_id, reference
from schema.members import Member
from schema.mutations import mutation, verb_input
from schema.nodes import Node, node_type
from schema.payloads import EXPECTED, UserError, refusal
from schema.scalars import DateTime


@node_type(ApiTokenRow, "A named key for a program, with the scopes it was given.")
class ApiToken(Node):
    id: strawberry.ID = node_id(ApiTokenRow)
    name: str = field("What it is called.")
    scopes: list[Permission] = field("What it may do, as far as its member may.")
    created_at: DateTime = field("When it was made.")
    expires_at: DateTime = field("When it ends by itself.")
    revoked_at: DateTime | None = field("When it was ended by hand.")


@strawberry.type(description="Who is asking.")
class ViewerInfo:
    member: Member = relation(MemberRow, by="member_id", allow=Permission.READ_FIRM,
                              description="The member who is signed in.")  # fmt: skip
    firm: Firm = relation(FirmRow, by="firm_id", allow=Permission.READ_FIRM,
                          description="Their firm.")  # fmt: skip
    permissions: list[Permission] = field("What they may do, their token's scopes considered.")
    api_tokens: list[ApiToken] = children(
        ApiTokenRow, by="member_id", order="created_at desc, id", allow=Permission.MANAGE_TOKENS,
        description="Their API tokens, the latest first.",
    )  # fmt: skip


@strawberry.type(description="A firm that a password opens, to choose from.")
class FirmChoice:
    id: strawberry.ID = computed("The firm's id: sign in again with it as `firmId`.",
                                 lambda account: ids.written("firm", account.firm_id))  # fmt: skip
    name: str = computed("The firm's name.", lambda account: account.firm_name)


@input_type("Who wants in.")
class SignInInput:
    email: str = given_field("E-mail address.", optional=False)
    password: str = given_field("Password.", optional=False)
    firm_id: strawberry.ID | None = reference(FirmRow, "Which firm, where there are several.")


@strawberry.type(description="What signing in answers.")
class SignInPayload:
    token: str | None = field(
        "The session's token, to be sent as `Authorization: Bearer …`; pages get a cookie too."
    )
    firms: list[FirmChoice] = field("Several firms know this person: choose, and sign in again.")
    errors: list[UserError] = field("Why it was refused; empty when it was done.")


@verb_input("Make an API token for oneself.")
class CreateApiToken:
    id: strawberry.ID | None = own_id(ApiTokenRow)
    name: str = given_field("What to call it.", optional=False)
    scopes: list[Permission] = given_field("What it may do; reading alone unless said.")


@verb_input("End one's API token.")
class RevokeApiToken:
    id: strawberry.ID = reference(ApiTokenRow, "Which token.", optional=False)


@strawberry.type
class SignInQuery:
    @query(allow=ANYONE)
    async def viewer(info) -> ViewerInfo | None:
        """Who is asking; null when nobody is signed in."""
        return sign_in.described(info.context.viewer)

    server_time = clock()


async def _sign_in(
    root: strawberry.Parent[object], info: Info,
    input: Annotated[SignInInput, argument("Address, password and, if need be, the firm.")],
) -> SignInPayload:  # fmt: skip
    answer: dict[str, object] = {"token": None, "firms": [], "errors": []}
    try:
        asked = given(input)
        opened = await sign_in.sign_in(**asked)
    except EXPECTED as error:
        return answer | {"errors": [refusal(error)]}
    if isinstance(opened, str):
        info.context.session_token = opened
        return answer | {"token": opened}
    return answer | {"firms": opened}


_OUT = way_out(sign_in.sign_out)


@strawberry.type
class SignInMutation:
    sign_in: SignInPayload | None = strawberry.field(
        resolver=_sign_in, metadata={"allow": ANYONE, "cost": 50},
        description="Sign in. Never tells whether an address is known.",
    )  # fmt: skip
    sign_out: SignOutPayload | None = _OUT
    create_api_token = mutation(
        api_tokens.create, input=CreateApiToken, allow=Permission.MANAGE_TOKENS,
        returns={"api_token": (ApiToken, ApiTokenRow)}, shown_once={"token": str},
        description="Make an API token for oneself; its secret is shown this once.",
    )  # fmt: skip
    revoke_api_token = mutation(
        api_tokens.revoke, input=RevokeApiToken, returns={"api_token": (ApiToken, ApiTokenRow)},
        allow=Permission.MANAGE_TOKENS, description="End an API token now.",
    )  # fmt: skip
