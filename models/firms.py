"""The tenant: a firm, its legal entity and its office."""

import re
from collections.abc import Container, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, ClassVar, Self
from uuid import UUID
from zoneinfo import available_timezones

from babel import Locale
from tortoise import fields

from models.base import FirmModel, belongs_to
from models.errors import ValidationError
from models.events import EventKind
from models.holiday_calendars import HolidayCalendar, kept
from models.money import known_currency, percentage
from models.unit_of_work import current

_LOCALE = re.compile(r"[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?", re.IGNORECASE)


@cache
def _zones() -> set[str]:
    return available_timezones()


@cache
def _countries() -> set[str]:
    # CLDR names countries and, in the same two letters, a few groups of them and placeholders.
    named = {code for code in map(str, Locale("en").territories) if code.isalpha()}
    return named - {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}


def known_time_zone(name: str, path: str = "timeZone") -> str:
    """The IANA name itself. Raises ValidationError for one that does not exist."""
    if name not in _zones():
        raise ValidationError(f"{name!r} is not an IANA time zone such as Europe/London.",
                              path=(path,))  # fmt: skip
    return name


def known_country(code: str, path: str = "country") -> str:
    """The code itself. Raises ValidationError for one that is no country's."""
    if code not in _countries():
        raise ValidationError(f"{code[:10]!r} is not a country of ISO 3166 such as GB.",
                              path=(path,))  # fmt: skip
    return code


def well_formed_locale(name: str) -> str:
    """The locale itself. Raises ValidationError for one that a browser could not read."""
    if not _LOCALE.fullmatch(name):
        raise ValidationError(f"{name!r} is not a locale such as en-GB.", path=("locale",))
    return name


class Firm(FirmModel):
    """The tenant; its id is the firm_id of everything it owns."""

    thing: ClassVar[str] = "firm"

    name = fields.CharField(200)
    country = fields.CharField(2)
    currency = fields.CharField(3)
    locale = fields.CharField(20)
    time_zone = fields.CharField(60)
    week_start = fields.SmallIntField(default=1)
    financial_year_start = fields.CharField(5, default="01-01")
    payment_terms_days = fields.SmallIntField(default=30)
    tax_rate: Decimal = fields.DecimalField(7, 4, default=0)
    holiday_calendar = fields.CharField(30, null=True)

    class Meta:
        table = "firm"

    async def holidays(self) -> Container[date]:
        """Days that are no business days beside weekends, for what is made from now on."""
        calendar = self.holiday_calendar
        return await kept(None if calendar is None else HolidayCalendar(calendar))

    @classmethod
    async def found(cls, *, name: str, country: str, currency: str, locale: str,
                    time_zone: str, **more: Any) -> Self:  # fmt: skip
        """Begin a firm with one legal entity and one office; the unit of work's firm is its id."""
        id = current().viewer.firm_id
        firm = await cls.create(EventKind.FIRM_FOUNDED, id=id, given={
            "name": name, "country": known_country(country),
            "currency": known_currency(currency),
            "locale": well_formed_locale(locale),
            "time_zone": known_time_zone(time_zone), "week_start": 1,
            "financial_year_start": "01-01", "payment_terms_days": 30, "tax_rate": 0,
            "holiday_calendar": None, **more,
        })  # fmt: skip
        entity = await LegalEntity.create(
            EventKind.LEGAL_ENTITY_ADDED, given={"name": name, "tax_ids": {}}
        )
        await Office.create(EventKind.OFFICE_OPENED, given={
            "legal_entity_id": entity.id, "name": name, "time_zone": time_zone, "country": country,
        })  # fmt: skip
        return firm

    @classmethod
    async def mine(cls) -> Self:
        """The unit of work's own firm."""
        return await cls.load(current().viewer.firm_id, lock=False)

    async def change(self, changes: dict[str, Any], expected_version: int | None) -> Self:
        """Patch the firm's own facts."""
        if "time_zone" in changes:
            known_time_zone(changes["time_zone"])
        if "locale" in changes:
            well_formed_locale(changes["locale"])
        if "tax_rate" in changes:
            percentage(changes["tax_rate"], "taxRate")
        return await self.merge(EventKind.FIRM_CHANGED, changes, expected_version)


class LegalEntity(FirmModel):
    """The company or partnership that contracts and invoices."""

    thing: ClassVar[str] = "legal entity"

    name = fields.CharField(200)
    tax_ids: Any = fields.JSONField(default=dict)

    class Meta:
        table = "legal_entity"

    async def change(self, changes: dict[str, Any], expected_version: int | None) -> Self:
        """Patch what its letterhead says."""
        if "tax_ids" in changes:
            changes["tax_ids"] = _named_once(changes["tax_ids"])
        return await self.merge(EventKind.LEGAL_ENTITY_CHANGED, changes, expected_version)


def _named_once(tax_ids: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Numbers by name. Raises ValidationError."""
    known = {id["name"]: id["number"] for id in tax_ids}
    fits = all(1 <= len(name) <= 30 and 1 <= len(number) <= 50 for name, number in known.items())
    if len(known) != len(tax_ids) or len(known) > 10 or not fits:
        raise ValidationError(
            "At most 10 tax ids, each with a name of its own (1 to 30 characters) and a number"
            " (1 to 50).", path=("taxIds",),
        )  # fmt: skip
    return known


class Office(FirmModel):
    """Where members work: it gives their calendar dates a time zone."""

    thing: ClassVar[str] = "office"

    legal_entity = belongs_to("LegalEntity")
    legal_entity_id: UUID
    name = fields.CharField(200)
    time_zone = fields.CharField(60)
    country = fields.CharField(2)

    class Meta:
        table = "office"

    @classmethod
    async def main(cls) -> Self:
        """The firm's first office."""
        row = await current().fetchrow("select * from office order by created_at, id limit 1")
        if row is None:
            raise ValidationError("The firm has no office yet.", path=("officeId",))
        return cls.from_row(row)
