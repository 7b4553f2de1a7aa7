"""What looking up clients, jobs and tasks by their names in another product has in common."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from uuid import UUID

from resolvers.imports.columns import same_name
from resolvers.imports.external_ids import ExternalIds, key_of
from resolvers.imports.people import People
from resolvers.imports.refusals import RowRefused
from resolvers.imports.survey import Survey, Usage


@dataclass(slots=True)
class Naming:
    """One import's memory of names. `writing` makes what is missing; else it is only listed."""

    ids: ExternalIds
    survey: Survey
    people: People
    writing: bool
    made: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    async def remember(
        self, entity: str, key: str, entity_id: UUID, client_id: UUID | None
    ) -> None:
        """Keep what the key stands for, where that is not known yet."""
        if self.writing and self.ids.get(entity, key) != entity_id:
            await self.ids.keep(entity, key, entity_id, client_id)

    def usage(self, *names: str) -> Usage:
        """Who worked on the job or task of these names, and since when."""
        return self.survey.usage[tuple(map(same_name, names))]

    def only_worker(self, usage: Usage) -> UUID | None:
        """The member who alone worked on it: whose card it is."""
        workers = self._workers(usage)
        return workers.pop() if len(workers) == 1 else None

    def team(self, usage: Usage) -> UUID | None:
        """The team that most of those who worked on it are in: on whose board the card is."""
        teams = Counter(
            team for member in self._workers(usage) for team in self.people.teams[member]
        )
        return min(teams, key=lambda team: (-teams[team], team)) if teams else None

    def _workers(self, usage: Usage) -> set[UUID]:
        workers = set()
        for person in usage.people:
            try:
                workers.add(self.people.find(person).id)
            except RowRefused:
                continue
        return workers


def key_of_names(*names: str) -> str:
    """The key of names in whatever spelling."""
    return key_of(*map(same_name, names))
