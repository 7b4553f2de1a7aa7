"""What a person says about names that the firm does not know: `--map member:Jan T=jan@firm.com`."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from resolvers.imports.columns import same_name
from resolvers.imports.refusals import FileRefused

ACTIVITY = "activity:"
"""In front of what a client is mapped to: the time is internal, on that activity."""


@dataclass(frozen=True, slots=True)
class Mappings:
    """Names in the file and what they are called here, by kind.

    `member`: name or e-mail → e-mail of a member. `client`: name (or nothing, for rows without a
    client) → name of a client, or `activity:training`. `project`: name → title of a job.
    """

    member: dict[str, str] = field(default_factory=dict)
    client: dict[str, str] = field(default_factory=dict)
    project: dict[str, str] = field(default_factory=dict)

    @classmethod
    def parse(cls, given: Iterable[str]) -> "Mappings":
        """Read `kind:name=name` as the command line has it. Raises FileRefused for other forms."""
        mappings = cls()
        kinds = {"member": mappings.member, "client": mappings.client, "project": mappings.project}
        for text in given:
            kind, colon, names = text.partition(":")
            theirs, equals, ours = names.rpartition("=")
            if kind not in kinds or not colon or not equals or not ours.strip():
                raise FileRefused(
                    f"“{text}” is no mapping. Write member:NAME=E-MAIL, client:NAME=CLIENT,"
                    " client:NAME=activity:ACTIVITY or project:NAME=JOB."
                )
            kinds[kind][same_name(theirs)] = ours.strip()
        return mappings
