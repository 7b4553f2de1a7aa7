"""What is known of a client beside its name: tax ids, addresses, and days that matter to it."""

from calendar import monthrange
from datetime import date
from typing import Any, ClassVar, Self
from uuid import UUID

from tortoise import fields

from models.base import FirmModel, belongs_to
from models.clients import Client
from models.errors import ValidationError
from models.events import EventKind
from models.firms import known_country
from models.unit_of_work import current
from models.visibility import Sight

Day = date  # which a column of a model here is called
_LEAP_YEAR = 2024


class ClientFact(FirmModel):
    """What a client has one of under each name."""

    sight: ClassVar[Sight] = Sight.OF_CLIENT
    most: ClassVar[int]
    """How many a client has at most."""
    removed: ClassVar[EventKind]
    """What happens when one is taken away."""
    client_id: UUID

    class Meta:
        abstract = True

    @classmethod
    async def _set(
        cls, kind: EventKind, client: Client, named: str, values: dict[str, Any]
    ) -> Self:
        """Keep the values; the one that is `named` tells which of the client's it is."""
        found = await cls.held(f"client_id = $1 and {named} = $2", client.id, values[named])
        if found is not None:
            return await found.record(kind, **values)
        number = await current().fetchval(
            f"select count(*) from {cls.table()} where client_id = $1", client.id
        )
        if number >= cls.most:
            raise ValidationError(f"A client has at most {cls.most} of these.", path=(named,))
        return await cls.create(kind, given={"client_id": client.id, **values})

    async def remove(self) -> None:
        """The client has it no more."""
        await self.record_removal(self.removed)


class ClientTaxId(ClientFact):
    """A number that an authority knows the client by, one of each kind.

    The event stream is for good and tells no number: that one was set is all that it keeps.
    """

    thing: ClassVar[str] = "tax id"
    secret: ClassVar[frozenset[str]] = frozenset({"number", "number_key"})
    most: ClassVar[int] = 20
    removed: ClassVar[EventKind] = EventKind.CLIENT_TAX_ID_REMOVED

    client = belongs_to("Client")
    client_id: UUID
    kind = fields.CharField(30)
    number = fields.CharField(50)
    number_key = fields.TextField(null=True)

    class Meta:
        table = "client_tax_id"

    @classmethod
    async def set(cls, client: Client, *, kind: str, number: str) -> Self:
        """The client's number of this kind from now on."""
        values = {"kind": kind.strip(), "number": number.strip()}
        return await cls._set(EventKind.CLIENT_TAX_ID_SET, client, "kind", values)


MASKED = "'••••' || right({0}, least(4, length({0}) / 3))"
"""A tax id for who may not read it, as SQL over a column: the end tells two apart."""


def masked(number: str) -> str:
    """The same of a text."""
    return "••••" + number[len(number) - min(4, len(number) // 3) :]


class ClientAddress(ClientFact):
    """Where a client is written to, or where its invoices go."""

    thing: ClassVar[str] = "address"
    most: ClassVar[int] = 2
    removed: ClassVar[EventKind] = EventKind.CLIENT_ADDRESS_REMOVED

    client = belongs_to("Client")
    client_id: UUID
    purpose = fields.CharField(20)
    recipient = fields.CharField(200, default="")
    line1 = fields.CharField(200)
    line2 = fields.CharField(200, default="")
    city = fields.CharField(100, default="")
    region = fields.CharField(100, default="")
    postal_code = fields.CharField(20, default="")
    country = fields.CharField(2)

    class Meta:
        table = "client_address"

    @classmethod
    async def set(cls, client: Client, *, purpose: str, line1: str, country: str,
                  **parts: str) -> Self:  # fmt: skip
        """The client's whole address for this purpose from now on; a part that is not said is none.

        Raises ValidationError for a country that does not exist.
        """
        none = dict.fromkeys(("recipient", "line2", "city", "region", "postal_code"), "")
        return await cls._set(EventKind.CLIENT_ADDRESS_SET, client, "purpose", {
            **none, **parts, "purpose": purpose, "line1": line1, "country": known_country(country),
        })  # fmt: skip


class ClientKeyDate(ClientFact):
    """A day that matters to a client: its year-end, the end of a tax period; once, or each year."""

    thing: ClassVar[str] = "key date"
    most: ClassVar[int] = 50
    removed: ClassVar[EventKind] = EventKind.CLIENT_KEY_DATE_REMOVED

    client = belongs_to("Client")
    client_id: UUID
    name = fields.CharField(60)
    month: int | None = fields.SmallIntField(null=True)
    day: int | None = fields.SmallIntField(null=True)
    date: "Day | None" = fields.DateField(null=True)

    class Meta:
        table = "client_key_date"

    @classmethod
    async def set(cls, client: Client, *, name: str, month: int | None = None,
                  day: int | None = None, date: "Day | None" = None) -> Self:  # fmt: skip
        """The day of this name from now on: a date, or a day of a month that comes back each year.

        Raises ValidationError for both, for neither, and for a day that no month has.
        """
        if (month is None) != (day is None) or (month is None) == (date is None):
            raise ValidationError("Say a date, or a month and its day: one of the two.",
                                  path=("date",))  # fmt: skip
        if month is not None and day is not None and not _is_a_day(month, day):
            raise ValidationError("There is no such day in a year.", path=("day",))
        values = {"name": name.strip(), "month": month, "day": day, "date": date}
        return await cls._set(EventKind.CLIENT_KEY_DATE_SET, client, "name", values)


def _is_a_day(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(_LEAP_YEAR, month)[1]


def next_on(month: int | None, day: int | None, on: date | None, today: date) -> date | None:
    """When the day comes next, today counting; None for a date that has passed.

    29 February is the 28th in a year without one.
    """
    if month is None or day is None:
        return on if on is not None and on >= today else None
    this_year, next_year = (_day_in(year, month, day) for year in (today.year, today.year + 1))
    return this_year if this_year >= today else next_year


def _day_in(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))
