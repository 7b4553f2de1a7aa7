"""The firm's own facts, and how a firm begins."""

from typing import Any
from uuid import UUID

import orjson
from uuid_utils.compat import uuid7

from models.errors import Conflict
from models.firms import Firm, LegalEntity
from models.members import Member
from models.permissions import Role
from models.sign_in import Credential, hashed
from models.unit_of_work import Row, current, unit_of_work
from models.viewer import Viewer
from models.workflows import STANDARD_STAGES, Workflow
from resolvers import operators
from resolvers.reading import one


async def mine(firm_id: UUID) -> Row | None:
    return await one(Firm, firm_id)


async def update(*, expected_version: int | None = None, **changes: Any) -> Firm:
    return await (await Firm.load(current().viewer.firm_id)).change(changes, expected_version)


async def update_legal_entity(
    *, id: UUID, expected_version: int | None = None, **changes: Any
) -> LegalEntity:
    return await (await LegalEntity.load(id)).change(changes, expected_version)


def tax_ids(row: Row) -> list[dict[str, str]]:
    """A legal entity's tax ids, by name."""
    return [{"name": name, "number": number}
            for name, number in sorted(orjson.loads(row["tax_ids"]).items())]  # fmt: skip


async def found(*, owner: str, email: str, password: str, **facts: str) -> UUID:
    """Begin a firm of these facts, with the standard workflow and an owner who can sign in.

    Raises Conflict when a firm of that name has that owner: most likely it was founded before.
    """
    await _must_be_another(facts["name"], email)
    firm_id, password_hash = uuid7(), await hashed(password)
    async with unit_of_work(Viewer.system(firm_id, "founding")):
        await Firm.found(**facts)
        await Workflow.design(name="Standard", stages=list(STANDARD_STAGES))
        member = await Member.join(email=email, name=owner, role=Role.OWNER.value)
        await Credential.set(member, password_hash)
    return firm_id


async def _must_be_another(name: str, email: str) -> None:
    for speaker in await operators.speakers(email):
        if speaker.viewer.role is Role.OWNER and speaker.is_in(name):
            raise Conflict(
                f"{speaker.firm} is here already, and {email} is an owner of it: sign in there,"
                " or found another firm under another name.",
                path=("name",),
            )
