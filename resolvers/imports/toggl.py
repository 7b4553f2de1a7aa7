"""Toggl Track's detailed report.

Older: User, Email, Client, Project, Task, Description, Billable, Start date, Start time,
End date, End time, Duration, Tags, Amount (EUR). Newer: the columns a person ticked, "Member",
"Stop date" and "Stop time" among them, a byte order mark in front and "-" where nothing is.
Dates, clock and durations follow the exporter's own settings.
"""

from resolvers.imports.entries import Dialect

TOGGL = Dialect(
    system="toggl",
    product="Toggl Track",
    hallmarks=(
        frozenset(("start_date", "duration")),
        frozenset(("start_date", "start_time", "stop_time")),
    ),
    durations=("duration",),
    blanks=frozenset(("-", "–", "—")),
)
