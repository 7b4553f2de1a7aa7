"""Clients: whom the firm works for, who looks after them, and how they are related."""

from datetime import date
from typing import Any, ClassVar, Self
from uuid import UUID

from tortoise import fields

from models import clock
from models.base import FirmModel, belongs_to
from models.errors import Forbidden, NotFound, ValidationError
from models.events import EventKind
from models.firms import Firm
from models.members import Member
from models.money import known_currency
from models.permissions import Permission
from models.unit_of_work import current
from models.visibility import Sight


class Client(FirmModel):
    """A person or an organisation that the firm works for."""

    thing: ClassVar[str] = "client"
    sight: ClassVar[Sight] = Sight.CLIENT
    secret: ClassVar[frozenset[str]] = frozenset(
        {"name_key"}
    )  # made of the name: no news of its own

    name = fields.CharField(200)
    name_key = fields.TextField(null=True)
    kind = fields.CharField(20)
    status = fields.CharField(20)
    restricted = fields.BooleanField(default=False)
    tags: Any = fields.JSONField(default=list)
    currency = fields.CharField(3)
    notes = fields.TextField(default="")
    payment_terms_days: int | None = fields.SmallIntField(null=True)

    class Meta:
        table = "client"

    @property
    def is_served(self) -> bool:
        """Whether work is begun for it: not any more once it is a former one."""
        return self.status not in ("former", "archived")

    @classmethod
    async def add(cls, *, name: str, id: UUID | None = None, **given: Any) -> Self:
        """Take a client on: an active organisation in the firm's currency unless said otherwise."""
        if given.get("restricted"):
            current().viewer.must(Permission.MANAGE_WORK)
        if "tags" in given:
            given["tags"] = tidy_tags(given["tags"])
        if "currency" in given:
            known_currency(given["currency"])
        return await cls.create(
            EventKind.CLIENT_ADDED, id=id, given={"name": name, **given},
            derived={"kind": "organisation", "status": "active", "tags": [], "notes": "",
                     "restricted": False, "currency": (await Firm.mine()).currency},
        )  # fmt: skip

    async def change(self, changes: dict[str, Any], expected_version: int | None) -> Self:
        """Patch the client. Who restricts it must still be able to see it afterwards."""
        if "tags" in changes:
            changes["tags"] = tidy_tags(changes["tags"])
        if "currency" in changes:
            known_currency(changes["currency"])
        if changes.get("restricted", self.restricted) != self.restricted:
            await self._must_keep_sight()
        return await self.merge(EventKind.CLIENT_CHANGED, changes, expected_version)

    async def _must_keep_sight(self) -> None:
        viewer = current().viewer
        viewer.must(Permission.MANAGE_WORK)
        if not viewer.sees_restricted_clients and not await current().fetchval(
            "select 1 from client_role where client_id = $1 and member_id = $2"
            " and until_date is null", self.id, viewer.member_id,
        ):  # fmt: skip
            raise Forbidden("Only somebody on the client's team can restrict it.",
                            path=("restricted",))  # fmt: skip

    async def assign(self, member: Member, role: str, *, from_date: date | None = None,
                     id: UUID | None = None) -> "ClientRole":  # fmt: skip
        """Give a member a part at this client from a date on; holding it already is enough."""
        await Member.must_work_here(member.id, "memberId")
        found = await ClientRole.held(
            "client_id = $1 and member_id = $2 and role = $3 and until_date is null",
            self.id, member.id, role,
        )  # fmt: skip
        return found or await ClientRole.create(EventKind.CLIENT_ROLE_ASSIGNED, id=id, given={
            "client_id": self.id, "member_id": member.id, "role": role,
            "from_date": from_date or await firm_today(),
        })  # fmt: skip

    async def relate(self, other: "Client", kind: str, *, from_date: date | None = None,
                     id: UUID | None = None) -> "ClientRelation":  # fmt: skip
        """This client `kind` the other: it owns it, is its spouse or its trustee."""
        if other.id == self.id:
            raise ValidationError("A client is not related to itself.", path=("otherId",))
        found = await ClientRelation.held(
            "client_id = $1 and other_id = $2 and kind = $3 and until_date is null",
            self.id, other.id, kind,
        )  # fmt: skip
        return found or await ClientRelation.create(EventKind.CLIENTS_RELATED, id=id, given={
            "client_id": self.id, "other_id": other.id, "kind": kind,
            "from_date": from_date or await firm_today(),
        })  # fmt: skip


def tidy_tags(tags: list[str]) -> list[str]:
    """Trimmed, without repeats, in the order given. Raises ValidationError."""
    tidy = list(dict.fromkeys(tag.strip() for tag in tags))
    if len(tidy) > 50 or any(not 1 <= len(tag) <= 60 for tag in tidy):
        raise ValidationError("At most 50 tags of 1 to 60 characters each.", path=("tags",))
    return tidy


async def firm_today() -> date:
    """The date where the firm is; in a unit that only reads it stays the same."""
    unit = current()
    if unit.today is not None:
        return unit.today
    row = await unit.fetchrow(
        "select time_zone, clock_timestamp() as moment from firm where id = $1", unit.viewer.firm_id
    )
    if row is None:
        raise NotFound("firm")
    today = clock.local_date(unit.at or row["moment"], row["time_zone"])
    if unit.read_only:
        unit.today = today
    return today


class Dated(FirmModel):
    """What holds from one day to another, or until it is ended."""

    from_date: date = fields.DateField()
    until_date: date | None = fields.DateField(null=True)

    class Meta:
        abstract = True

    async def _end(self, kind: EventKind, on: date | None) -> Self:
        if self.until_date is not None:
            return self
        last = on or await firm_today()
        if last < self.from_date:
            raise ValidationError("It cannot end before it began.", path=("untilDate",))
        return await self.record(kind, until_date=last)


class ClientRole(Dated):
    """A member's part at a client, dated."""

    thing: ClassVar[str] = "client role"
    sight: ClassVar[Sight] = Sight.OF_CLIENT

    client = belongs_to("Client")
    client_id: UUID
    member = belongs_to("Member")
    member_id: UUID
    role = fields.CharField(20)

    class Meta:
        table = "client_role"

    async def end(self, on: date | None = None) -> Self:
        """Their last day in this part; ended once, it stays so."""
        return await self._end(EventKind.CLIENT_ROLE_ENDED, on)


class ClientRelation(Dated):
    """How one client stands to another, dated."""

    thing: ClassVar[str] = "client relation"
    sight: ClassVar[Sight] = Sight.BETWEEN_CLIENTS

    client = belongs_to("Client")
    client_id: UUID
    other = belongs_to("Client")
    other_id: UUID
    kind = fields.CharField(20)

    class Meta:
        table = "client_relation"

    async def end(self, on: date | None = None) -> Self:
        """Its last day; ended once, it stays so."""
        return await self._end(EventKind.CLIENT_RELATION_ENDED, on)
