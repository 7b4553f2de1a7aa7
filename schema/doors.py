"""What the staff's door and the portal's have alike: the clock, and the way out."""

from collections.abc import Awaitable, Callable
from typing import Any

import strawberry
from strawberry import Info

from models.viewer import Viewer
from resolvers import sign_in
from schema.fields import ANYONE, field, query
from schema.payloads import UserError
from schema.scalars import DateTime


@strawberry.type(description="What signing out answers.")
class SignOutPayload:
    errors: list[UserError] = field("Why it was refused; empty when it was done.")


def clock() -> Any:
    """The query for the time."""

    async def server_time(info: Any) -> DateTime:
        """The database's clock: the only one that counts."""
        return await sign_in.server_time(info.context.viewer)

    return query(allow=ANYONE)(server_time)


def way_out(end: Callable[[Viewer], Awaitable[None]]) -> Any:
    """The mutation for signing out; `end` ends a viewer's own session."""

    async def sign_out(root: strawberry.Parent[object], info: Info) -> SignOutPayload:
        if info.context.viewer is not None:
            await end(info.context.viewer)
        info.context.session_token = ""
        return {"errors": []}

    return strawberry.field(
        resolver=sign_out, metadata={"allow": ANYONE},
        description="End this session; its sockets close.",
    )  # fmt: skip
