"""Teams: who works together, and whose board is whose."""

from typing import Any, ClassVar, Self
from uuid import UUID

from tortoise import fields

from models.base import FirmModel, belongs_to
from models.events import EventKind
from models.members import Member, colour_for


class Team(FirmModel):
    """People of one firm who share work and a board."""

    thing: ClassVar[str] = "team"

    name = fields.CharField(100)
    colour = fields.CharField(7)

    class Meta:
        table = "team"

    @classmethod
    async def form(cls, *, name: str, id: UUID | None = None) -> Self:
        return await cls.create(
            EventKind.TEAM_CREATED, id=id, given={"name": name},
            derived={"colour": colour_for(name)},
        )  # fmt: skip

    async def change(self, changes: dict[str, Any], expected_version: int | None) -> Self:
        return await self.merge(EventKind.TEAM_CHANGED, changes, expected_version)

    async def add(self, member: Member) -> "TeamMembership":
        """Put a member on the team; twice is once."""
        found = await TeamMembership.of(self, member)
        return found or await TeamMembership.create(EventKind.TEAM_MEMBER_ADDED, given={
            "team_id": self.id, "member_id": member.id,
        })  # fmt: skip

    async def remove(self, member: Member) -> None:
        """Take a member off the team; who is not on it stays off."""
        found = await TeamMembership.of(self, member)
        if found is not None:
            await found.record_removal(EventKind.TEAM_MEMBER_REMOVED)


class TeamMembership(FirmModel):
    """One member on one team."""

    thing: ClassVar[str] = "team membership"

    team = belongs_to("Team")
    team_id: UUID
    member = belongs_to("Member")
    member_id: UUID

    class Meta:
        table = "team_membership"

    @classmethod
    async def of(cls, team: Team, member: Member) -> Self | None:
        return await cls.held("team_id = $1 and member_id = $2", team.id, member.id)
