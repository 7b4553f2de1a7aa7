"""Harvest's detailed time report.

Date, Client, Project, Project Code, Task, Notes, Hours, Billable?, Invoiced?, Approved?,
First Name, Last Name, … and no e-mail address: people are told by name. Hours are decimals with
the account's decimal sign. "Hours Rounded" is left alone: it is what Harvest would bill, not what
was worked. Start and end times stand there only where an account tracks by them.
"""

from resolvers.imports.entries import Dialect

HARVEST = Dialect(
    system="harvest",
    product="Harvest",
    hallmarks=(frozenset(("start_date", "hours")),),
    durations=("hours",),
)
