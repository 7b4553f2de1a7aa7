"""The report of time worked as CSV: a row for each combination and currency."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from models.clients import Client
from models.errors import ValidationError
from models.members import Member
from models.money import amount_sql
from models.permissions import Permission
from models.viewer import Viewer
from models.visibility import visible
from models.workflows import Service
from resolvers.exports.columns import Prefixes, harmless, id_sql
from resolvers.filters import Where
from resolvers.reports.periods import must_be_a_period
from resolvers.reports.worked import WorkedBy, sums_sql

_MODELS = {WorkedBy.CLIENT: Client, WorkedBy.MEMBER: Member, WorkedBy.SERVICE: Service}
_KNOWN = ("first", "last", "by")


def worked_query(
    viewer: Viewer, asked: Mapping[str, str], prefixes: Prefixes
) -> tuple[str, list[Any]]:
    """`first` and `last` say the days, `by` what the rows are: client,member,service,month.
    Raises Forbidden or ValidationError."""
    viewer.must(Permission.READ_TIME)
    for name in asked:
        if name not in _KNOWN:
            raise ValidationError(f"worked takes {', '.join(_KNOWN)}.", path=(name[:50],))
    first, last = _day(asked, "first"), _day(asked, "last")
    must_be_a_period(first, last)
    by = _dimensions(asked.get("by", ""))
    where = Where()
    where.add("t.local_date between {} and {}", first, last)
    columns = [column for dimension in by for column in _told(dimension, viewer, prefixes)]
    columns += ["t.seconds", "t.billable_seconds", "t.unpriced_seconds"]
    if viewer.may(Permission.READ_BILLING):
        columns += ["t.currency", *(_amount(name) for name in ("standard_value", "billed"))]
    return f"select {', '.join(columns)} from ({sums_sql(viewer, where.sql, by)}) t", where.values


def _amount(name: str) -> str:
    """An amount of the row's currency; nothing where it is of none."""
    amount = amount_sql(f"t.{name}", "t.currency")
    return f"case when t.currency is not null then {amount} end as {name}"


def _told(dimension: WorkedBy, viewer: Viewer, prefixes: Prefixes) -> list[str]:
    """Which one, and its name: nothing where the viewer sees their time but not what it was for."""
    model = _MODELS.get(dimension)
    if model is None:
        return [f"t.{dimension}"]
    table = model.table()
    seen = f"from {table} x where x.id = t.{dimension} and {visible(model, viewer, 'x')}"
    return [f"(select {id_sql('x.id', model, prefixes)} {seen}) as {dimension}",
            f"(select {harmless('x.name')} {seen}) as {table}"]  # fmt: skip


def _day(asked: Mapping[str, str], name: str) -> date:
    try:
        day = date.fromisoformat(asked[name])
    except (KeyError, ValueError):
        raise _not_a_day(name) from None
    if day.isoformat() != asked[name]:  # Python reads weeks and other spellings too
        raise _not_a_day(name)
    return day


def _not_a_day(name: str) -> ValidationError:
    return ValidationError(f"Say {name}=2026-01-31.", path=(name,))


def _dimensions(text: str) -> list[WorkedBy]:
    known = {dimension.name.lower(): dimension for dimension in WorkedBy}
    try:
        return list(dict.fromkeys(known[name] for name in text.split(",") if name))
    except KeyError:
        raise ValidationError(f"by is made of {', '.join(known)}.", path=("by",)) from None
