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
    """One of three: `of_all`, the firm's cards, read in order; `of_teams`, those of each of the
    viewer's teams, read in order, with `own` besides; or `own` alone, read as a whole.

    `own` is the query for what the viewer alone has to do with, `where` already in it; `where` and
    `due` are what every card has to fulfil, whosever it is.
    """

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
        fits = f"{self.reaches(stretch)} and {like.cards} and {further}"
        if like.but is not None:
            others = self._others(stretch, like.but)
            values = f"(select v.number, h.id as a from {values} v, ({others}) h)"
        numbered = f"select c.number as column_number, t.* from {values} c"
        if not self.of_all and not self.of_teams:
            return f"""select t.* from (select t.*, row_number() over (
                partition by t.column_number order by {stretch.order}) as place
              from ({numbered} join own t on {fits}) t) t where t.place <= {count}"""
        first = f"order by {stretch.order} limit {count}"
        each = f"{numbered} cross join lateral ({self._in_order(fits, first)}) t"
        # Of the others' column `c` is each of them: the first of all are found among those of each.
        return each if like.but is None else f"{each} {first}"

    def _in_order(self, fits: str, first: str) -> str:
        """The query for the `first` cards of a column, as an order and a limit: of the firm, or of
        what is one's own and as many of each team, each by an index that has them in order."""
        rows = f"select t.* from {self.kind.table} t where"
        shown = f"{fits} and {self.where.sql}"
        if self.of_all:
            return f"{rows} {shown} {first}"
        of_team = f"({rows} t.team_id = o.team_id and {shown} {first})"
        return f"""select t.* from (select t.* from own t where {fits}
            union all select t.* from ({scope.teams_of()}) o cross join lateral {of_team} t) t
          {first}"""

    def _others(self, stretch: Stretch, but: str) -> str:
        """The query for the `id` of everybody else who may hold cards of a stretch here."""
        if not self.of_teams:
            return f"select m.id from member m where m.id not in ({but})"
        in_teams = self._holders_in_teams(stretch)
        return f"""select h.id from ({in_teams} union select {scope.VIEWER}) h (id)
          where h.id not in ({but})"""

    def _holders_in_teams(self, stretch: Stretch) -> str:
        """The query for who holds cards of the viewer's teams: in each team from one holder to the
        next, by one step into an index, not through their cards or all people."""
        holder = f"t.{self.kind.holder}"
        # In the words of the index: of what was done that is whenever it was.
        listed = "t.completed_at is not null" if stretch.name == DONE.name else self.kind.still_open
        following = (
            f"select {holder} from {self.kind.table} t where t.team_id = o.team_id and {listed}"
            f" and {holder} > h.id order by {holder} limit 1"
        )
        before_all = UUID(int=0)
        return f"""select h.id from ({scope.teams_of()}) o cross join lateral (
            with recursive h (id) as (
              select '{before_all}'::uuid
              union all select ({following}) from h where h.id is not null)
            select id from h) h"""


def of(
    kind: Kind, asked: Mapping[str, Any], today: date, viewer: Viewer, *, in_teams: bool | None
) -> Source:
    """The source of what a board's filter asks for and its viewer may see."""
    where, whose = Where(), scope.whose(asked)
    where.add(visible(kind.model, viewer))
    scope.narrow_to_some(where, kind, asked)
    due = Due.of(kind, asked, today)
    of_teams = whose == "my_teams" and bool(in_teams)
    of_all = whose == "everything" or (whose == "my_teams" and not in_teams)
    few = few_visible(kind.model, viewer) if of_all or of_teams else None
    if few is not None:
        # All that a contractor sees is as little as one's own: it is looked at as a whole.
        theirs = scope.of_teams_or_own(kind) if of_teams else "true"
        parts = [f"{these} and {theirs}" for these in few]
    elif of_all:
        return Source(kind, where, due, of_all=True)
    else:
        parts = [scope.own(kind, whose, today)]
    own = " union all ".join(
        f"select t.* from {kind.shown(today)} t where {part} and {where.sql}" for part in parts
    )
    return Source(kind, where, due, of_teams=of_teams and few is None, own=own)
