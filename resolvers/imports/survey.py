"""The first look at a file of tracked time, before anything is written: who, for what, and since
when. Nothing is imported from a file of which a row would be refused, so all is asked first.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from resolvers.imports.columns import same_name
from resolvers.imports.entries import ParsedEntry, Person
from resolvers.imports.files import Read
from resolvers.imports.mappings import Mappings
from resolvers.imports.places import Place, place_of
from resolvers.imports.refusals import RowRefused
from resolvers.imports.time_files import Refusal, TimeFile


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry, and where it belongs."""

    entry: ParsedEntry
    place: Place


def placed(
    file: TimeFile, mappings: Mappings, read: Read | None = None
) -> Iterator[Placed | Refusal]:
    """Every row of the file as an entry in its place, or as the reason why it has none."""
    for found in file.entries(read):
        if isinstance(found, Refusal):
            yield found
            continue
        try:
            yield Placed(found, place_of(found, mappings))
        except RowRefused as refused:
            yield Refusal(found.row, str(refused), found.worked)


@dataclass(slots=True)
class Usage:
    """Who worked on something, and since when."""

    since: date
    people: set[Person] = field(default_factory=set)


@dataclass(slots=True)
class Survey:
    """What a whole file speaks of."""

    people: set[Person] = field(default_factory=set)
    clients: dict[str, str] = field(default_factory=dict)
    """Clients' names as first written, by what their spellings share."""
    usage: dict[tuple[str, ...], Usage] = field(default_factory=dict)
    """By client and project, and by client, project and task."""
    refused: int = 0

    @classmethod
    def of(cls, file: TimeFile, mappings: Mappings, read: Read | None = None) -> "Survey":
        """Look through the file once."""
        survey = cls()
        for found in placed(file, mappings, read):
            if isinstance(found, Refusal):
                survey.refused += 1
            else:
                survey.note(found)
        return survey

    def note(self, found: Placed) -> None:
        """Take a whole entry into account."""
        entry, place = found.entry, found.place
        self.people.add(entry.person)
        if not place.client:
            return
        client, project = same_name(place.client), same_name(place.project)
        self.clients.setdefault(client, place.client)
        for key in ((client, project), (client, project, same_name(place.task))):
            usage = self.usage.get(key)
            if usage is None:
                usage = self.usage[key] = Usage(entry.on)
            usage.since = min(usage.since, entry.on)
            usage.people.add(entry.person)
