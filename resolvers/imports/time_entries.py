"""`openpractice import time FILE.csv`: tracked time from Toggl Track, Harvest or Clockify.

A file comes in whole or not at all: one transaction, begun only after every row was read once.
Coming in again it finds what it made and makes nothing twice.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from models import clock
from models.permissions import Permission
from models.viewer import Viewer
from resolvers.imports.bringing_in import BringingIn
from resolvers.imports.dates import DateOrder
from resolvers.imports.external_ids import ExternalIds
from resolvers.imports.mappings import Mappings
from resolvers.imports.people import People
from resolvers.imports.refusals import FileRefused, RowRefused
from resolvers.imports.report import TimeReport
from resolvers.imports.survey import Survey, placed
from resolvers.imports.time_files import TimeFile
from resolvers.imports.transactions import importing
from resolvers.imports.work import Naming, Work

NEEDED = (Permission.MANAGE_TIME, Permission.EDIT_CLIENTS, Permission.EDIT_WORK)
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class TimeOptions:
    """What a person may say about a file of tracked time."""

    system: str | None = None
    """toggl, harvest or clockify, where the headings do not tell."""
    date_order: DateOrder | None = None
    time_zone: str | None = None
    """In which zone the file's clock runs; each member's office's unless said otherwise."""
    mappings: Mappings = field(default_factory=Mappings)
    skip_refused: bool = False
    """Import the whole rows of a file although others are refused."""
    encoding: str | None = None


def quiet(_: int, __: int) -> None:
    """Tell nobody how far it is."""


async def run(
    viewer: Viewer,
    path: Path,
    *,
    dry_run: bool = False,
    options: TimeOptions | None = None,
    progress: Progress = quiet,
) -> TimeReport:
    """Import a detailed export; the report's seconds are the file's.

    A dry run does everything but write. Raises FileRefused when the file cannot be read, Forbidden
    without the rights to everybody's time, Conflict while another import is under way.
    """
    for permission in NEEDED:
        viewer.must(permission)
    said = options or TimeOptions()
    zone = _zone(said.time_zone)
    file = TimeFile.open(
        path, system=said.system, date_order=said.date_order, encoding=said.encoding
    )
    size = max(1, file.table.size)
    survey = Survey.of(file, said.mappings, lambda done: progress(done, 2 * size))
    async with importing(viewer, dry_run=dry_run):
        naming = await _naming(file, survey, said)
        work = Work(naming)
        await work.clients.look_up(survey.clients.values())
        whole = not survey.refused and _all_known(survey, naming.people, work)
        naming.writing = not dry_run and (whole or said.skip_refused)
        rows = BringingIn(file, naming, work, zone, dry_run=dry_run, now=await clock.now())
        # The last step is the commit's: done is done only then.
        for found in placed(
            file, said.mappings, lambda done: progress(min(size + done, 2 * size - 1), 2 * size)
        ):
            await rows.take(found)
        report = await rows.finish()
    progress(2 * size, 2 * size)
    return report


async def _naming(file: TimeFile, survey: Survey, said: TimeOptions) -> Naming:
    ids = ExternalIds(file.reader.dialect.system)
    await ids.load(("client", "job", "task"))
    return Naming(ids, survey, await People.load(said.mappings.member), writing=False)


def _all_known(survey: Survey, people: People, work: Work) -> bool:
    """Whether every person and every client's name in the file means one of ours, or a new one."""
    try:
        for person in survey.people:
            people.find(person)
        for client in survey.clients.values():
            work.clients.must_be_clear(client)
    except RowRefused:
        return False
    return True


def _zone(name: str | None) -> ZoneInfo | None:
    if name is None:
        return None
    try:
        return ZoneInfo(name)
    except (ValueError, LookupError, OSError) as error:
        raise FileRefused(f"There is no time zone called “{name}”.") from error
