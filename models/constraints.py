"""The database's constraints as refusals: the wall behind the verbs, in words.

A verb that looks first says it better; this is what answers when it did not, or when somebody
else was faster.
"""

import re

import asyncpg

from models.errors import Conflict, PracticeError, ValidationError

VIOLATIONS = (
    asyncpg.IntegrityConstraintViolationError,
    asyncpg.DataError,
    asyncpg.LockNotAvailableError,
    asyncpg.DeadlockDetectedError,
)

_KNOWN: dict[str, tuple[str, str]] = {
    "member_email": ("email", "A member with this e-mail address exists already."),
    "contact_email": ("email", "A contact with this e-mail address exists already."),
    "team_name": ("name", "A team of this name exists already."),
    "workflow_name": ("name", "A workflow of this name exists already."),
    "job_stage_in_use": ("stageId", "That stage is not used any more."),
    "service_name": ("name", "A service of this name exists already."),
    "template_name": ("name", "A template of this name exists already."),
    "job_check": ("periodEnd", "A period does not end before it starts."),
    "job_check1": ("dueDate", "Work is not due before it starts."),
    "member_reports_to_id_check": ("reportsToId", "Nobody reports to themselves."),
    "time_off_check1": ("lastDate", "Days off end within 1,000 days."),
    "time_billed_once": ("jobId", "This time stands on another invoice already."),
    "billed_time_stays": ("id", "This time is on an invoice: take it off there first."),
    "invoice_line_adjustment_reason_check": ("reason", "A reason has 1 to 500 characters."),
    "external_id_firm_id_system_entity_key_key": ("key", "Something of this id exists already."),
    "payment_once": ("externalId", "A payment of this external id exists already."),
    "rate_once": ("fromDate", "A rate of this scope and day exists already."),
    "invoice_stays": ("id", "An issued invoice never changes: write a credit note."),
    "member_check": ("startDate", "Nobody leaves before they have started."),
}


def explained(error: asyncpg.PostgresError) -> PracticeError:
    """What to tell the person whose call ran into a constraint."""
    if isinstance(error, (asyncpg.LockNotAvailableError, asyncpg.DeadlockDetectedError)):
        return Conflict("Somebody else is changing the same thing. Try again.", code="BUSY")
    name = getattr(error, "constraint_name", None) or ""
    if name in _KNOWN:
        path, message = _KNOWN[name]
        return ValidationError(message, path=(path,), code="TAKEN" if "exists" in message else None)
    if isinstance(error, asyncpg.ForeignKeyViolationError):
        return ValidationError("It refers to something that does not exist or is still needed.")
    if isinstance(error, asyncpg.UniqueViolationError):
        return ValidationError("It exists already.", code="TAKEN")
    words = _column(name, getattr(error, "table_name", None) or "")
    what = " ".join(words) or "value"
    head, *rest = words or [""]
    path = head + "".join(part.title() for part in rest)
    wrong = "says nothing" if name.endswith("_blank") else (
        "does not fit: too long, too short or not of its kind"
    )  # fmt: skip
    return ValidationError(f"The {what} {wrong}.", path=(path,) if path else ())


def _column(constraint: str, table: str) -> list[str]:
    """`job_budget_seconds_check` is about `budget seconds`; `job_check` is about no one column."""
    match = re.fullmatch(rf"{re.escape(table)}_(.+?)_(check\d*|blank)", constraint)
    return match[1].split("_") if match else []
