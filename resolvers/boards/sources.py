"""Where the cards of a board are looked for: never among more than it takes to fill its pages.

Those of the whole firm and of teams are found in order, by an index for each order; what one person
holds, or has to do with clients of their own, is looked at as a whole, once for all columns.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from resolvers.boards import scope
from resolvers.boards.kinds import Kind
from resolvers.boards.stretches import DONE, Stretch
from resolvers.filters import Where


@dataclass(frozen=True)
class Source:
    """`of_all`, or of each of the viewer's teams, each as far as a page reaches; and `own`, the
    query for those of their own. `where` is what all have to fulfil besides."""

    kind: Kind
    where: Where
    today: date
    of_all: bool = False
    of_teams: bool = False
    own: str | None = None

    @property
    def beginning(self) -> str:
        """What a statement begins with that looks here."""
        return "" if self.own is None else f"with own as materialized ({self.own}) "

    def first(self, count: int, stretch: Stretch, *where: str) -> str:
        """The query for the first so many cards of a stretch that fulfil all of `where`."""
        kind = self.kind
        reached = kind.done_lately(self.today) if stretch.name == DONE.name else kind.still_open
        asked = " and ".join([reached, *where])
        whole = f"{asked} and {self.where.sql}"
        tail = f"order by {stretch.order} limit {count}"
        rows = f"select t.* from {kind.table} t where"
        if self.of_all:
            return f"{rows} {whole} {tail}"
        parts = [] if self.own is None else [f"select t.* from own t where {asked}"]
        if self.of_teams:
            of_team = f"({rows} t.team_id = o.team_id and {whole} {tail})"
            parts.append(f"select t.* from ({scope.teams_of()}) o cross join lateral {of_team} t")
        return f"select t.* from ({' union all '.join(parts)}) t {tail}"

    def holders(self, stretch: Stretch, but: str) -> str:
        """The query for the `id` of everybody else who may hold cards of a stretch here. Of teams
        that is found by going from one to the next of them, not through their cards or all people.
        """
        if not self.of_teams:
            return f"select m.id from member m where m.id not in ({but})"
        holder = f"t.{self.kind.holder}"
        listed = "t.completed_at is not null" if stretch.name == DONE.name else self.kind.still_open
        following = (
            f"select {holder} from {self.kind.table} t where t.team_id = o.team_id and {listed}"
            f" and {holder} > h.id order by {holder} limit 1"
        )
        return f"""select distinct h.id from ({scope.teams_of()}) o cross join lateral (
            with recursive h (id) as (
              select '{UUID(int=0)}'::uuid
              union all select ({following}) from h where h.id is not null)
            select id from h) h where h.id not in ({but})"""


def of(
    kind: Kind, asked: Mapping[str, Any], today: date, *, seen: str, in_teams: bool | None
) -> Source:
    """The source of what a board's filter asks for and its viewer may see."""
    where = Where()
    where.add(seen)
    scope.narrow_within(where, kind, asked, today)
    whose = asked.get("scope", "my_teams")
    if whose == "everything" or (whose == "my_teams" and not in_teams):
        return Source(kind, where, today, of_all=True)
    own = " and ".join([scope.own(kind, whose, today), where.sql])
    shown = f"select t.* from {kind.shown(today)} t where {own}"
    return Source(kind, where, today, of_teams=whose == "my_teams", own=shown)
