"""A parsed entry as the row of ours that it becomes, with a remark for each thing to know."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from uuid_utils.compat import uuid7

from resolvers.imports.durations import spoken
from resolvers.imports.entries import ParsedEntry
from resolvers.imports.people import Colleague
from resolvers.imports.places import Place
from resolvers.imports.wall_times import Stretch, stretch
from resolvers.imports.work import Target

LONGEST_NOTE = 2000
DAY = 86_400


def when(entry: ParsedEntry, zone: ZoneInfo) -> Stretch | None:
    """The instants of the entry in `zone`; None when only its date is known."""
    if entry.start is None:
        return None
    return stretch(
        entry.on,
        entry.start.at,
        entry.until,
        entry.stop.at if entry.stop else None,
        seconds=entry.worked.seconds if entry.worked else None,
        zone=zone,
    )


def seconds_of(entry: ParsedEntry, zone: ZoneInfo) -> int:
    """The seconds that count: the file's duration, else what lies between start and stop."""
    if entry.worked is not None:
        return entry.worked.seconds
    at = when(entry, zone)
    return at.seconds if at else 0


def row_of(
    entry: ParsedEntry, place: Place, target: Target, whose: Colleague, zone: ZoneInfo
) -> tuple[dict[str, Any], list[str]]:
    """The columns of a new time entry, and the remarks that go with it."""
    at = when(entry, zone)
    note = _note(entry)
    remarks = [
        remark for remark in (_differs(entry, at), at and at.remark, target.remark) if remark
    ]
    if len(note) > LONGEST_NOTE:
        remarks.append(f"its note of {len(note):,} characters was cut at {LONGEST_NOTE:,}")
        note = note[: LONGEST_NOTE - 1] + "…"
    return {
        "id": uuid7(),
        "member_id": whose.id,
        "client_id": target.client_id,
        "job_id": target.job_id,
        "task_id": target.task_id,
        "activity": place.activity,
        "local_date": entry.on,
        "time_zone": zone.key,
        "started_at": at.started_at if at else None,
        "stopped_at": max(at.started_at, at.stopped_at) if at else None,
        "seconds": seconds_of(entry, zone),
        "billing": "billable" if place.client and entry.billable is not False else "non_billable",
        "note": note,
        "source": "import",
    }, remarks


def odd(entry: ParsedEntry, seconds: int, today: date) -> list[str]:
    """Remarks on what can be meant but seldom is; the row comes in as it stands."""
    remarks = []
    if seconds > DAY:
        remarks.append(f"it is longer than a day: {spoken(seconds)}")
    if entry.on > today:
        remarks.append(f"its date is in the future: {entry.on.isoformat()}")
    return remarks


def _note(entry: ParsedEntry) -> str:
    """The row's note; behind it the tags, which have no place of their own."""
    tags = f"[{', '.join(entry.tags)}]" if entry.tags else ""
    return " ".join(filter(None, (entry.note, tags)))


def _differs(entry: ParsedEntry, at: Stretch | None) -> str | None:
    """The remark for a duration that its start and end do not bear out; the duration counts."""
    if at is None or entry.worked is None or entry.start is None or entry.stop is None:
        return None
    # Each of the three may be off by what its own writing cannot show.
    blur = entry.start.step - 1 + entry.stop.step - 1 + entry.worked.step
    if abs(at.seconds - entry.worked.seconds) <= blur:
        return None
    lies = spoken(at.seconds) if at.seconds >= 0 else "less than nothing"
    return f"its duration is {spoken(entry.worked.seconds)} and between start and end lies {lies}"
