"""Whose time or client it is: the names and addresses of a file, found among the firm's members."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID
from zoneinfo import ZoneInfo

from models.unit_of_work import current
from resolvers.imports.columns import same_name
from resolvers.imports.entries import Person
from resolvers.imports.refusals import RowRefused


@dataclass(frozen=True, slots=True)
class Colleague:
    """A member of the firm, and the zone of their office, in which their wall clock runs."""

    id: UUID
    name: str
    email: str
    zone: ZoneInfo


@dataclass(slots=True)
class People:
    """The firm's members, those who left among them: their time stays theirs."""

    mapped: Mapping[str, str]
    by_email: dict[str, Colleague] = field(default_factory=dict)
    by_name: dict[str, list[Colleague]] = field(default_factory=lambda: defaultdict(list))
    teams: dict[UUID, list[UUID]] = field(default_factory=lambda: defaultdict(list))
    """Each member's teams."""
    _found: dict[Person, Colleague | RowRefused] = field(default_factory=dict)

    @classmethod
    async def load(cls, mapped: Mapping[str, str]) -> "People":
        """All members that row-level security shows: another firm's are unknown here."""
        people = cls(mapped)
        rows = await current().fetch(
            "select m.id, m.name, m.email, o.time_zone from member m"
            " join office o on o.firm_id = m.firm_id and o.id = m.office_id"
        )
        for row in rows:
            zone = ZoneInfo(row["time_zone"])
            colleague = Colleague(row["id"], row["name"], row["email"], zone)
            people.by_email[same_name(row["email"])] = colleague
            people.by_name[same_name(row["name"])].append(colleague)
        for row in await current().fetch(
            "select member_id, team_id from team_membership order by team_id"
        ):
            people.teams[row["member_id"]].append(row["team_id"])
        return people

    def find(self, person: Person) -> Colleague:
        """The member this is. Raises RowRefused, saying how to map a name nobody has."""
        if person not in self._found:
            try:
                self._found[person] = self._look_up(person)
            except RowRefused as refused:
                self._found[person] = refused
        found = self._found[person]
        if isinstance(found, RowRefused):
            raise found
        return found

    def named(self, text: str) -> Colleague:
        """The member with this e-mail address or name. Raises RowRefused."""
        return self.find(Person("", text.lower()) if "@" in text else Person(text, ""))

    def _look_up(self, person: Person) -> Colleague:
        for theirs in (person.email, person.name):
            ours = self.mapped.get(same_name(theirs)) if theirs else None
            if ours and same_name(ours) not in self.by_email:
                raise RowRefused(f"“{theirs}” is mapped to {ours}, and that is no member")
            if ours:
                return self.by_email[same_name(ours)]
        namesakes = self.by_name.get(same_name(person.name), [])
        if person.email:
            if same_name(person.email) in self.by_email:
                return self.by_email[same_name(person.email)]
            hint = namesakes[0].email if len(namesakes) == 1 else "E-MAIL"
            raise RowRefused(
                f"nobody here has the e-mail {person.email};"
                f' if you know who it is: --map "member:{person.email}={hint}"'
            )
        if len(namesakes) == 1:
            return namesakes[0]
        said = "nobody here is" if not namesakes else f"{len(namesakes)} members are"
        raise RowRefused(
            f'{said} called “{person.name}”; say who it is: --map "member:{person.name}=E-MAIL"'
        )
