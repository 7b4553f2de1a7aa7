"""Whoever works at the server's own terminal speaks for a member, whom they name by address."""

from dataclasses import dataclass
from uuid import UUID

from models.connection import before_any_firm
from models.errors import Conflict, NotFound, PracticeError
from models.permissions import Role
from models.unit_of_work import current, reading
from models.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Speaker:
    """A member with all of their rights, and the firm in which they act."""

    viewer: Viewer
    firm_name: str
    alone: bool
    """No other firm knows a member with this address."""

    @property
    def firm(self) -> str:
        """The firm as a person can tell it from every other: its name and its typed id."""
        return f"{self.firm_name} ({_typed(self.viewer.firm_id)})"

    def is_in(self, firm: str) -> bool:
        """Whether that name, in whatever case, or that typed id is their firm's."""
        return firm.strip().casefold() in (self.firm_name.casefold(), _typed(self.viewer.firm_id))


async def speakers(email: str) -> list[Speaker]:
    """The members with this address, one in each firm that knows it."""
    async with before_any_firm() as connection:
        rows = await connection.fetch("select * from find_member($1)", email)
    found = []
    for row in rows:
        viewer = Viewer(row["firm_id"], row["member_id"], Role(row["role"]))
        async with reading(viewer):
            name = await current().fetchval("select name from firm")
        found.append(Speaker(viewer, name, alone=len(rows) == 1))
    return found


async def speaker_for(email: str, firm: str | None = None) -> Speaker:
    """The member with this address, in the firm of this name or typed id.

    Raises PracticeError for an address that nobody has there, and Conflict where several firms
    know it and none, or more than one of them, was meant.
    """
    known = await speakers(email)
    if not known:
        raise PracticeError(
            f"Nobody has the address {email} here.", path=("email",), code=NotFound.code
        )
    meant = known if firm is None else [speaker for speaker in known if speaker.is_in(firm)]
    firms = " and ".join(speaker.firm for speaker in meant or known)
    if not meant:
        raise PracticeError(
            f"{email} is no member of {firm}, but of {firms}.", path=("firm",), code=NotFound.code
        )
    if len(meant) > 1:
        raise Conflict(
            f"{email} is a member of {firms}: say with --firm, by name or id, which is meant.",
            path=("firm",),
        )
    return meant[0]


def _typed(firm_id: UUID) -> str:
    return f"firm_{firm_id.hex}"
