"""What holds tasks up, as things stand today, and how that is said."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from models.dependency_kinds import BLOCKER, DependencyKind, FirmDays, came
from models.unit_of_work import Row, current
from models.visibility import visible

if TYPE_CHECKING:
    from models.tasks import Task

_NAMED = 3  # of one sort; more are not read


@dataclass(frozen=True)
class Blockers:
    """The dependencies that hold one task up, and how the firm counts days."""

    links: Sequence[Row]
    days: FirmDays

    def said(self) -> str:
        """What has to happen first; what the viewer may not see is not named."""
        waiting = [link for link in self.links if not came(link)]
        parts = []
        for kind, words in (
            (DependencyKind.FINISH_TO_START, "It waits for {}."),
            (DependencyKind.START_TO_START, "It waits for {} to be begun."),
            (DependencyKind.FINISH_TO_FINISH, "It is finished after {}."),
        ):
            if found := [link for link in waiting if link["kind"] == kind]:
                parts.append(words.format(_names(found)))
        if lags := [link for link in self.links if came(link)]:
            parts.append(self._lag(lags))
        return " ".join(parts)

    def _lag(self, links: Sequence[Row]) -> str:
        last = max(links, key=lambda link: self.days.free_on(link) or date.min)
        way = "begun" if DependencyKind(last["kind"]).holds_start else "finished"
        days = "1 business day" if last["lag_days"] == 1 else f"{last['lag_days']} business days"
        return f"It can be {way} on {self.days.free_on(last)}, {days} after {_names([last])}."


async def holding_up(task: "Task", kinds: Collection[str]) -> Blockers | None:
    """What holds the task up by dependencies of these kinds; None where nothing does."""
    from models.tasks import Task

    links = await current().fetch(
        f"select d.*, {BLOCKER}, {visible(Task, current().viewer, 'b')} as seen"
        " from dependency d join task b on b.firm_id = d.firm_id and b.id = d.blocker_id"
        " where d.blocked_id = $1 and d.kind = any($2) order by b.step, b.id",
        task.id, list(kinds),
    )  # fmt: skip
    found = await still_holding(links)
    return None if found is None else Blockers(found, await FirmDays.mine())


async def still_holding(links: Sequence[Row]) -> list[Row] | None:
    """Those of the dependencies that hold something up today; None for none."""
    waiting = [link for link in links if not came(link)]
    lagging = [link for link in links if came(link) and link["lag_days"]]
    if lagging:
        days = await FirmDays.mine()
        lagging = [link for link in lagging if days.holds(link)]
    held = {link["id"] for link in (*waiting, *lagging)}
    return [link for link in links if link["id"] in held] or None


async def held_up(ids: Sequence[UUID], kinds: Collection[str]) -> set[UUID]:
    """Those of the tasks that are held up; what the viewer may not see counts too."""
    links = await current().fetch(
        f"select d.id, d.blocked_id, d.kind, d.lag_days, {BLOCKER} from dependency d"
        " join task b on b.firm_id = d.firm_id and b.id = d.blocker_id"
        " where d.blocked_id = any($1) and d.kind = any($2)", list(ids), list(kinds),
    )  # fmt: skip
    return {link["blocked_id"] for link in await still_holding(links) or ()}


def _names(links: Sequence[Row]) -> str:
    names = [f"“{link['blocker_title']}”" for link in links if link["seen"]][:_NAMED]
    return ", ".join(names if all(link["seen"] for link in links)
                     else [*names, "something you may not see"])  # fmt: skip
