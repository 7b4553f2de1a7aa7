"""Who has what in a firm of teams, this month: for boards as people look at them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, Self

from benchmarks.firm import Evenly, Rows, fill
from models.events import EventKind
from models.members import Capacity
from models.teams import Team, TeamMembership

OF_A_TEAM = 9
"""And one more in the first: the one who asks."""
_OWN = frozenset((1, 12, 23))
"""Which things are held by the one who asks: as few in every firm."""
_DONE_WITHIN = timedelta(days=365)
_DAYS = (-9, 6, 10, 17, 24, 40, None)
"""From this week's Monday: something in each column of a board by due week, on any day of it."""


class ByTeams(Evenly):
    """Teams and their people share evenly, be there one team or twenty. The one who asks is in the
    first of them, and holds as much in every firm."""

    def __init__(self, members: Rows, teams: list[Team]) -> None:
        self._asks, others = members[0], members[1:]
        self._teams = [
            (team.id, others[at * OF_A_TEAM : (at + 1) * OF_A_TEAM])
            for at, team in enumerate(teams)
        ]
        today = datetime.now(UTC).date()
        self._monday = today - timedelta(days=today.weekday())

    @classmethod
    async def among(cls, members: Rows) -> Self:
        teams = [await Team.form(name=f"Team {number:02}")
                 for number in range(1, len(members) // OF_A_TEAM + 1)]  # fmt: skip
        shares = cls(members, teams)
        await fill(TeamMembership, EventKind.TEAM_MEMBER_ADDED, [
            {"team_id": teams[0].id, "member_id": members[0]["id"]},
            *({"team_id": team_id, "member_id": member["id"]}
              for team_id, people in shares._teams for member in people),
        ])  # fmt: skip
        await fill(Capacity, EventKind.CAPACITY_SET, [
            {"member_id": member["id"], "from_date": date(2026, 1, 1),
             "weekday_seconds": [28_800] * 5 + [0, 0]}
            for member in members
        ])  # fmt: skip
        return shares

    def holder_of(self, number: int) -> Any:
        if number in _OWN:
            return self._asks["id"]
        people = self._team_of(number)[1]
        return people[number % len(people)]["id"]

    def team_of(self, number: int) -> Any:
        return self._team_of(number)[0]

    def due(self, number: int) -> date | None:
        # Statuses come round in tens; by then it is three of the seven days further, so that in the
        # end something of each status is due on each of them.
        days = _DAYS[number * 3 // 10 % len(_DAYS)]
        return None if days is None else self._monday + timedelta(days=days)

    def done_at(self, number: int) -> datetime:
        return datetime.now(UTC) - _DONE_WITHIN * (number % 997) / 997

    def _team_of(self, number: int) -> tuple[Any, Rows]:
        return self._teams[number // OF_A_TEAM % len(self._teams)]
