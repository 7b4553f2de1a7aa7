"""Clockify's detailed report.

Project, Client, Description, Task, User, Group, Email, Tags, (Type,) Billable, (Invoiced,
Invoice ID,) Start Date, Start Time, End Date, End Time, Duration (h), Duration (decimal), rates
and amounts. Headings come in the exporter's language, and a workspace can rename project, client
and task; their places stay. "Duration (h)" is exact where the workspace shows seconds.
"""

from collections.abc import Mapping

from resolvers.imports.entries import Dialect

CLOCKIFY = Dialect(
    system="clockify",
    product="Clockify",
    hallmarks=(
        frozenset(("start_date", "duration_h")),
        frozenset(("start_date", "duration_decimal")),
    ),
    durations=("duration_h", "duration_decimal"),
    blanks=frozenset((
        "(Without project)", "(Without client)", "(Without task)", "(Without description)",
    )),
)  # fmt: skip


def renamed(columns: Mapping[str, int]) -> dict[str, int]:
    """The columns with project, client and task found by place where a workspace renamed them."""
    found = dict(columns)
    note, person = found.get("note"), found.get("person")
    taken = set(found.values())
    if note is not None:
        unnamed = [place for place in range(min(note, 2)) if place not in taken]
        for name in ("project", "client"):
            if name not in found and unnamed:
                found[name] = unnamed.pop(0)
        if "task" not in found and person == note + 2 and note + 1 not in taken:
            found["task"] = note + 1
    return found
