"""The firm's people: who they are, when they work, and when they leave."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Self
from uuid import UUID

from email_validator import EmailNotValidError, validate_email
from tortoise import fields

from models import clock
from models.base import FirmModel, belongs_to
from models.errors import Forbidden, Locked, NotFound, ValidationError
from models.events import EventKind
from models.firms import Firm, Office
from models.permissions import Role
from models.unit_of_work import current

# Told apart by people with every kind of colour vision, and readable under white text.
COLOURS = ("#2f6fde", "#0f8a6d", "#b4531f", "#8a46c4", "#b8336a", "#5b6b16",
           "#0b7a9b", "#9a3b3b", "#4a5bd0", "#7a5c10")  # fmt: skip


def address(email: str, path: str = "email") -> str:
    """The e-mail address in its normal form. Raises ValidationError."""
    try:
        return validate_email(email, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError as error:
        raise ValidationError(f"This is not an e-mail address: {error}", path=(path,)) from error


def colour_for(name: str) -> str:
    return COLOURS[hashlib.sha256(name.encode()).digest()[0] % len(COLOURS)]


class Member(FirmModel):
    """A staff login of one firm."""

    thing: ClassVar[str] = "member"

    email = fields.CharField(254)
    name = fields.CharField(200)
    role = fields.CharField(20)
    grade = fields.CharField(100, null=True)
    office = belongs_to("Office")
    office_id: UUID
    reports_to = belongs_to("Member", null=True)
    reports_to_id: UUID | None
    colour = fields.CharField(7)
    start_date: date | None = fields.DateField(null=True)
    leave_date: date | None = fields.DateField(null=True)

    class Meta:
        table = "member"

    @classmethod
    async def join(cls, *, email: str, name: str, role: str, id: UUID | None = None,
                   office_id: UUID | None = None, **given: Any) -> Self:  # fmt: skip
        """Take a person on. Only an owner makes owners and admins."""
        _may_grant(role)
        await Office.must_exist(office_id, "officeId")
        await cls.must_exist(given.get("reports_to_id"), "reportsToId")
        return await cls.create(
            EventKind.MEMBER_JOINED,
            id=id,
            given={"email": address(email), "name": name, "role": role, **given},
            derived={
                "office_id": office_id or (await Office.main()).id,
                "colour": colour_for(name),
            },
        )

    @classmethod
    async def me(cls) -> Self:
        """The member who asks. Raises NotFound for the system."""
        id = current().viewer.member_id
        if id is None:
            raise NotFound("member")
        return await cls.load(id, lock=False)

    @classmethod
    async def must_work_here(cls, id: UUID | None, path: str) -> None:
        """Raise NotFound or ValidationError at `path` unless work can be given to this member;
        None is nobody."""
        await cls.must_all_work_here({id: (path,)})

    @classmethod
    async def must_all_work_here(cls, named: Mapping[UUID | None, Sequence[str]]) -> None:
        """The same for several; `named` is the path at which each is."""
        found = await cls.find_all(named)
        for id, path in named.items():
            if id is None:
                continue
            if id not in found:
                raise NotFound(cls.thing, path=path)
            if await found[id].has_left():
                raise ValidationError(f"{found[id].name} has left: choose somebody else.",
                                      path=path, code="HAS_LEFT")  # fmt: skip

    @classmethod
    async def working_here(cls, ids: Iterable[UUID | None]) -> set[UUID]:
        """Those of them to whom work can be given; None is nobody."""
        found = await cls.find_all(ids)
        return {id for id, member in found.items() if not await member.has_left()}

    async def has_left(self) -> bool:
        """Whether their last day is over, by the calendar where the firm is."""
        last = self.leave_date
        return last is not None and last < await clock.today((await Firm.mine()).time_zone)

    async def change(self, changes: dict[str, Any], expected_version: int | None) -> Self:
        """Patch a person's facts. Owners and admins are an owner's to change, and their own."""
        if "role" in changes:
            _may_grant(changes["role"])
        if "role" in changes or current().viewer.member_id != self.id:
            _may_grant(self.role)
        if changes.get("role", Role.OWNER) != Role.OWNER:
            await self._must_leave_an_owner("role")
        if "email" in changes:
            changes["email"] = address(changes["email"])
        await Office.must_exist(changes.get("office_id"), "officeId")
        await self._must_not_report_in_a_circle(changes.get("reports_to_id"))
        return await self.merge(EventKind.MEMBER_CHANGED, changes, expected_version)

    async def leave(self, on: date) -> Self:
        """Their last day; from the next one they cannot sign in, and their history stays."""
        _may_grant(self.role)
        if self.start_date and on < self.start_date:
            raise ValidationError("They cannot leave before they started.", path=("leaveDate",))
        await self._must_leave_an_owner("leaveDate")
        return await self.record(EventKind.MEMBER_LEFT, leave_date=on)

    def must_be_changeable(self) -> None:
        """Raise Forbidden unless the viewer may change this member: owners and admins are an
        owner's."""
        _may_grant(self.role)

    async def _must_leave_an_owner(self, path: str) -> None:
        """Raise Locked where nobody else could manage the firm any more."""
        unit = current()
        if self.role != Role.OWNER or unit.viewer.member_id is None:
            return  # the firm's own machinery may close a firm
        # The firm is held: of two who step down at once, the second sees that it is the last.
        await Firm.load(unit.viewer.firm_id)
        if not await unit.fetchval(
            "select exists (select from member where role = 'owner' and leave_date is null"
            " and id <> $1)", self.id,
        ):  # fmt: skip
            raise Locked("A firm keeps an owner: make somebody else one first.", path=(path,),
                         code="LAST_OWNER")  # fmt: skip

    async def _must_not_report_in_a_circle(self, id: UUID | None) -> None:
        await Member.must_exist(id, "reportsToId")
        if id is not None and await current().fetchval(
            "with recursive above (id) as (select $1::uuid union"
            " select m.reports_to_id from member m join above a on m.id = a.id)"
            " select exists (select from above where id = $2)", id, self.id,
        ):  # fmt: skip
            raise ValidationError("They would report to themselves in the end.",
                                  path=("reportsToId",), code="CIRCLE")  # fmt: skip

    async def time_zone(self) -> str:
        """The IANA zone of their office."""
        return (await Office.load(self.office_id, lock=False)).time_zone


def _may_grant(role: str) -> None:
    if role in (Role.OWNER, Role.ADMIN) and current().viewer.role is not Role.OWNER:
        raise Forbidden("Only an owner can make or change owners and admins.", path=("role",))


class Capacity(FirmModel):
    """What a member works on each weekday from a date on, in seconds, Monday first."""

    thing: ClassVar[str] = "capacity"

    member = belongs_to("Member")
    member_id: UUID
    from_date: date = fields.DateField()
    weekday_seconds: Any = fields.JSONField()
    chargeable_target = fields.DecimalField(5, 4, null=True)

    class Meta:
        table = "capacity"

    @classmethod
    async def set(cls, member: Member, *, from_date: date, weekday_seconds: list[int],
                  chargeable_target: Decimal | None = None) -> Self:  # fmt: skip
        """From a date on; what held before stays on record."""
        if len(weekday_seconds) != 7 or not all(0 <= s <= 86400 for s in weekday_seconds):
            raise ValidationError("Give the seconds of seven days, Monday first.",
                                  path=("weekdaySeconds",))  # fmt: skip
        values = {"weekday_seconds": weekday_seconds, "chargeable_target": chargeable_target}
        found = await cls.held("member_id = $1 and from_date = $2", member.id, from_date)
        if found is not None:
            return await found.record(EventKind.CAPACITY_SET, **values)
        return await cls.create(EventKind.CAPACITY_SET, given={
            "member_id": member.id, "from_date": from_date, **values,
        })  # fmt: skip


class TimeOff(FirmModel):
    """Days a member does not work."""

    thing: ClassVar[str] = "time off"

    member = belongs_to("Member")
    member_id: UUID
    kind = fields.CharField(20)
    first_date: date = fields.DateField()
    last_date: date = fields.DateField()
    half_days = fields.BooleanField(default=False)

    class Meta:
        table = "time_off"

    @classmethod
    async def note(cls, member: Member, **given: Any) -> Self:
        """Put days off on record."""
        if given["last_date"] < given["first_date"]:
            raise ValidationError("The last day lies before the first.", path=("lastDate",))
        return await cls.create(EventKind.TIME_OFF_RECORDED, given={
            "member_id": member.id, "half_days": False, **given,
        })  # fmt: skip
