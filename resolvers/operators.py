"""Whoever works at the server's own terminal speaks for a member, whom they name by address."""

from models.connection import before_any_firm
from models.errors import NotFound, PracticeError
from models.permissions import Role
from models.viewer import Viewer


async def viewer_for(email: str) -> Viewer:
    """The member with this address, with all of their rights.

    An address that several firms know means the first of them. Raises PracticeError for an
    unknown one.
    """
    async with before_any_firm() as connection:
        rows = await connection.fetch("select * from find_member($1)", email)
    if not rows:
        raise PracticeError(
            f"Nobody has the address {email} here.", path=("email",), code=NotFound.code
        )
    return Viewer(rows[0]["firm_id"], rows[0]["member_id"], Role(rows[0]["role"]))
