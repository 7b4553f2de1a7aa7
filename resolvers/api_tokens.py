"""API tokens."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from models.errors import NotFound
from models.permissions import READING, Permission
from models.sign_in import ApiToken
from models.unit_of_work import current, unit_of_work
from models.viewer import Viewer


async def create(
    *, name: str, scopes: Sequence[Permission] = (), id: UUID | None = None
) -> dict[str, Any]:
    member_id = current().viewer.member_id
    if member_id is None:
        raise NotFound("member")
    made, token = await ApiToken.issue(
        member_id=member_id, name=name, scopes=tuple(scopes) or tuple(sorted(READING)), id=id
    )
    return {"api_token": made, "token": token if made.is_new else None}


async def revoke(*, id: UUID) -> ApiToken:
    return await (await ApiToken.load(id)).revoke()


async def create_for(viewer: Viewer, name: str, scopes: Sequence[Permission]) -> str:
    """A token for this member, for operators' scripts; returns its secret."""
    async with unit_of_work(viewer):
        return str((await create(name=name, scopes=scopes))["token"])
