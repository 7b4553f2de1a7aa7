"""What a row's time was for, in our terms: a client's job and task, or the firm's own activity."""

from dataclasses import dataclass

from models.time_entries import INTERNAL
from resolvers.imports.columns import same_name
from resolvers.imports.entries import ParsedEntry
from resolvers.imports.mappings import ACTIVITY, Mappings
from resolvers.imports.refusals import RowRefused

LONGEST_TITLE = 200
LONGEST_ACTIVITY = 100


@dataclass(frozen=True, slots=True)
class Place:
    """Client, project and task by name, after mapping; without a client, the activity."""

    client: str
    project: str
    task: str
    activity: str | None = None


def place_of(entry: ParsedEntry, mappings: Mappings) -> Place:
    """Where the entry belongs.

    Time without a client is the firm's own, on an activity named after the project. Raises
    RowRefused when such time is billable: nobody could be billed.
    """
    client = mappings.client.get(same_name(entry.client), entry.client)
    if client.startswith(ACTIVITY):
        activity = client.removeprefix(ACTIVITY).strip() or INTERNAL
        return Place("", "", "", shortened(activity, LONGEST_ACTIVITY))
    if not client and entry.billable:
        raise RowRefused(
            "it is billable and names no client; say whose it is: --map client:=CLIENT,"
            " or that it is the firm's own: --map client:=activity:internal"
        )
    if not client:
        activity = " · ".join(filter(None, (entry.project, entry.task))) or INTERNAL
        return Place("", "", "", shortened(activity, LONGEST_ACTIVITY))
    project = mappings.project.get(same_name(entry.project), entry.project)
    return Place(
        shortened(client, LONGEST_TITLE),
        shortened(project, LONGEST_TITLE),
        shortened(entry.task, LONGEST_TITLE),
    )


def shortened(text: str, length: int) -> str:
    """The text on one line, cut where the database has no more room."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"
