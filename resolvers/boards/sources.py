"""Where the cards of a board are looked for: never among more than it takes to fill its pages.

Those of the whole firm and of teams are found in order, by an index for each order; what one person
holds, or has to do with clients of their own, is looked at as a whole, once for all columns.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from models.viewer import Viewer
from models.visibility import few_visible, visible
from resolvers.boards import scope
from resolvers.boards.columns import Alike
from resolvers.boards.kinds import Kind
from resolvers.boards.scope import Due
from resolvers.boards.stretches import DONE, DUE, Left, Stretch
from resolvers.filters import Where


@dataclass(frozen=True)
class Source:
    """`of_all`, or of each of the viewer's teams, each as far as a page reaches; and `own`, the
    query for those of their own. `where` and `due` are what all have to fulfil besides."""

    kind: Kind
    where: Where
    due: Due
    of_all: bool = False
    of_teams: bool = False
    own: str | None = None

    @property
    def beginning(self) -> str:
        """What a statement begins with that looks here."""
        return "" if self.own is None else f"with own as materialized ({self.own}) "

    def reaches(self, stretch: Stretch) -> str | None:
        """The predicate of what is shown of a stretch; None where nothing is. What is said of a due
        date is said of that alone, so that an index is entered by it."""
        if stretch.name == DONE.name:
            return self.due.done
        if stretch.absent == "due_date":
            return self.kind.still_open if self.due.undated else None
        due = self.due.dated if stretch.name == DUE.name else self.due.open
        return f"{self.kind.still_open} and {due}"

    def pages(self, values: str, like: Alike, left: Left, count: int) -> str:
        """The query for the first cards left of each column `c` of `values`, with its number."""
        stretch, further = left
        asked = f"{self.reaches(stretch)} and {like.cards} and {further}"
        tail = f"order by {stretch.order} limit {count}"
        if like.but is not None:
            others = self.holders(stretch, like.but)
            values = f"(select v.number, h.id as a from {values} v, ({others}) h)"
        numbered = f"select c.number as column_number, t.* from {values} c"
        if not self.of_all and not self.of_teams:
            return f"""select t.* from (select t.*, row_number() over (
                partition by t.column_number order by {stretch.order}) as place
              from ({numbered} join own t on {asked}) t) t where t.place <= {count}"""
        each = f"{numbered} cross join lateral ({self._first(asked, tail)}) t"
        return each if like.but is None else f"{each} {tail}"

    def _first(self, asked: str, tail: str) -> str:
        """The query for the first cards of a column."""
        rows = f"select t.* from {self.kind.table} t where"
        whole = f"{asked} and {self.where.sql}"
        if self.of_all:
            return f"{rows} {whole} {tail}"
        of_team = f"({rows} t.team_id = o.team_id and {whole} {tail})"
        return f"""select t.* from (select t.* from own t where {asked}
            union all select t.* from ({scope.teams_of()}) o cross join lateral {of_team} t) t
          {tail}"""

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
        of_teams = f"""select h.id from ({scope.teams_of()}) o cross join lateral (
            with recursive h (id) as (
              select '{UUID(int=0)}'::uuid
              union all select ({following}) from h where h.id is not null)
            select id from h) h"""
        return f"""select h.id from ({of_teams} union select {scope.VIEWER}) h (id)
          where h.id not in ({but})"""


def of(
    kind: Kind, asked: Mapping[str, Any], today: date, viewer: Viewer, *, in_teams: bool | None
) -> Source:
    """The source of what a board's filter asks for and its viewer may see."""
    where, whose = Where(), asked.get("scope", "my_teams")
    where.add(visible(kind.model, viewer))
    scope.narrow_to_some(where, kind, asked)
    due = Due.of(kind, asked, today)
    of_teams = whose == "my_teams" and bool(in_teams)
    of_all = whose == "everything" or (whose == "my_teams" and not in_teams)
    few = few_visible(kind.model, viewer)
    if few is None and of_all:
        return Source(kind, where, due, of_all=True)
    if few is None or not (of_teams or of_all):
        own = [scope.own(kind, whose, today)]
    else:
        those = scope.of_teams(kind) if of_teams else "true"
        own, of_teams = [f"{these} and {those}" for these in few], False
    shown = " union all ".join(
        f"select t.* from {kind.shown(today)} t where {these} and {where.sql}" for these in own
    )
    return Source(kind, where, due, of_teams=of_teams, own=shown)
