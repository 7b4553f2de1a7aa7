"""Rates: what an hour costs the client, dated, for whom it holds, and which one wins."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar, Self
from uuid import UUID

from tortoise import fields

from models.base import FirmModel, belongs_to
from models.clients import Client
from models.errors import ValidationError
from models.events import EventKind
from models.firms import Firm
from models.jobs import Job
from models.members import Member
from models.money import MOST_DIGITS, digits
from models.unit_of_work import Row, current
from models.visibility import Sight
from models.workflows import Service


class RateScope(StrEnum):
    """For whom a rate holds; what stands first wins."""

    JOB_MEMBER = "job_member"
    JOB = "job"
    CLIENT_MEMBER = "client_member"
    CLIENT = "client"
    SERVICE_MEMBER = "service_member"
    SERVICE = "service"
    MEMBER = "member"
    ROLE = "role"
    FIRM = "firm"


_DECIMALS = 6
_PARTS = ("job_id", "client_id", "service_id", "member_id", "role")


class Rate(FirmModel):
    """What an hour costs from a date on, until the next rate of the same scope."""

    thing: ClassVar[str] = "rate"
    sight: ClassVar[Sight] = Sight.OF_CLIENT

    job = belongs_to("Job", null=True)
    job_id: UUID | None
    client = belongs_to("Client", null=True)
    client_id: UUID | None
    service = belongs_to("Service", null=True)
    service_id: UUID | None
    member = belongs_to("Member", null=True)
    member_id: UUID | None
    role = fields.CharField(20, null=True)
    from_date: date = fields.DateField()
    hourly: Decimal = fields.DecimalField(18, _DECIMALS)
    currency = fields.CharField(3)

    class Meta:
        table = "rate"

    @classmethod
    async def set(cls, *, from_date: date, hourly: Decimal, currency: str | None = None,
                  job_id: UUID | None = None, client_id: UUID | None = None,
                  service_id: UUID | None = None, member_id: UUID | None = None,
                  role: str | None = None) -> Self:  # fmt: skip
        """From that day on an hour costs this; the same scope and day is said anew."""
        if job_id is not None:
            job = await Job.load(job_id, lock=False, path=("jobId",))
            if client_id not in (None, job.client_id):
                raise ValidationError("That job is another client's.", path=("clientId",))
            client_id = job.client_id
        await Client.must_exist(client_id, "clientId")
        await Service.must_exist(service_id, "serviceId")
        await Member.must_exist(member_id, "memberId")
        scope = dict(zip(_PARTS, (job_id, client_id, service_id, member_id, role), strict=True))
        _must_be_a_scope(scope)
        _must_be_a_price(hourly)
        if currency is None:
            currency = (await Firm.mine()).currency
        digits(currency)
        same = " and ".join(f"{name} is not distinct from ${n}"
                            for n, name in enumerate(_PARTS, 2))  # fmt: skip
        found = await cls.held(f"from_date = $1 and {same}", from_date, *scope.values())
        if found is not None:
            return await found.record(EventKind.RATE_SET, hourly=hourly, currency=currency)
        return await cls.create(EventKind.RATE_SET, given={
            **scope, "from_date": from_date, "hourly": hourly, "currency": currency,
        })  # fmt: skip


def _must_be_a_scope(scope: Mapping[str, Any]) -> None:
    if scope["client_id"] is not None and scope["service_id"] is not None:
        raise ValidationError("A rate holds for a client or for a service, not for both.",
                              path=("serviceId",))  # fmt: skip
    if scope["role"] is not None and any(scope[name] for name in _PARTS[:-1]):
        raise ValidationError("A role's rate holds for the whole firm.", path=("role",))


def _must_be_a_price(hourly: Decimal) -> None:
    whole, after = hourly.adjusted() + 1, -int(hourly.as_tuple().exponent)
    if hourly < 0 or whole > MOST_DIGITS - _DECIMALS or after > _DECIMALS:
        raise ValidationError(
            f"An hour costs nothing or more, with at most {_DECIMALS} digits after the point.",
            path=("hourly",),
        )


def scope_of(row: Mapping[str, Any]) -> RateScope:
    """For whom a rate holds, told by which references it has."""
    named = [name for name in ("job", "client", "service") if row[f"{name}_id"] is not None][:1]
    if row["member_id"] is not None:
        named.append("member")
    if row["role"] is not None:
        named.append("role")
    return RateScope("_".join(named) or "firm")


_FITS = "r.from_date <= t.local_date and " + " and ".join(
    f"(r.{part} is null or r.{part} = t.{part})" for part in _PARTS
)


def _rank() -> str:
    """The place of the rate `r` in RateScope, the nearest scope first."""
    *scopes, last = RateScope
    cases = (f"when {_has_parts_of(scope)} then {place}" for place, scope in enumerate(scopes))
    return f"case {' '.join(cases)} else {list(RateScope).index(last)} end"


def _has_parts_of(scope: RateScope) -> str:
    named = [part for part in _PARTS if part.removesuffix("_id") in scope.split("_")]
    return " and ".join(f"r.{part} is not null" for part in named)


def winner_sql(when: str = "true") -> str:
    """The rate that prices the time entry `t`, which knows its job's `service_id` and its
    member's `role`, as a query of one row; of none where `when` does not hold."""
    return (
        f"select r.hourly, r.currency from rate r where ({when}) and {_FITS}"
        f" order by {_rank()}, r.from_date desc limit 1"
    )


async def that_fit(entry_ids: Sequence[UUID]) -> list[Row]:
    """For each time entry (as `entry_id`) the rate of each scope that fits its day, in one
    statement; within an entry the winner comes first."""
    return await current().fetch(
        f"""with asked as (
             select t.id, t.local_date, t.client_id, t.job_id, t.member_id, m.role, j.service_id
             from time_entry t
             join member m on m.firm_id = t.firm_id and m.id = t.member_id
             left join job j on j.firm_id = t.firm_id and j.id = t.job_id
             where t.id = any($1)
           ), near as materialized (  -- the firm's own rates, and of clients' those asked about
             select * from rate where client_id is null
             union all
             select * from rate where client_id in (select client_id from asked)
           )
           select t.id as entry_id, r.* from asked t cross join lateral (
             select distinct on (job_id, client_id, service_id, member_id, role) r.* from near r
             where {_FITS}
             order by job_id, client_id, service_id, member_id, role, from_date desc
           ) r order by {_rank()}""",
        list(entry_ids),
    )
