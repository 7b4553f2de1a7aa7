"""The firm and its offices."""

import strawberry

from models.firms import Firm as FirmRow
from models.firms import LegalEntity as LegalEntityRow
from models.firms import Office as OfficeRow
from models.holiday_calendars import HolidayCalendar
from models.permissions import Permission
from resolvers import firms
from schema.enums import described
from schema.fields import children, computed, field, node_id, query, viewer_of
from schema.inputs import given_field, input_type, reference
from schema.mutations import mutation, verb_input
from schema.nodes import Node, node_type
from schema.scalars import DecimalText

described(HolidayCalendar, "Whose holidays are no business days.",
          US_FEDERAL="The federal holidays of the United States.",
          ENGLAND_AND_WALES="The bank holidays of England and Wales.",
          GERMANY="The holidays kept in all of Germany.")  # fmt: skip


@node_type(OfficeRow, "Where members work: it gives their calendar dates a time zone.")
class Office(Node):
    id: strawberry.ID = node_id(OfficeRow)
    version: int = field("How often it was changed, from 1.")
    name: str = field("What the firm calls it.")
    time_zone: str = field("IANA time zone, such as Europe/London.")
    country: str = field("ISO 3166 code of its country.")


@strawberry.type(description="A number that a tax authority knows a company by.")
class TaxId:
    name: str = field("What it is called, such as VAT.")
    number: str = field("The number itself.")


@node_type(LegalEntityRow, "The company or partnership that contracts and invoices.")
class LegalEntity(Node):
    id: strawberry.ID = node_id(LegalEntityRow)
    version: int = field("How often it was changed, from 1.")
    name: str = field("Its full name, as on its invoices.")
    tax_ids: list[TaxId] = computed("Its tax ids, by name.", firms.tax_ids)


@node_type(FirmRow, "The practice: everything else belongs to it.")
class Firm(Node):
    id: strawberry.ID = node_id(FirmRow)
    version: int = field("How often it was changed, from 1.")
    name: str = field("The firm's name.")
    country: str = field("ISO 3166 code of its country.")
    currency: str = field("ISO 4217 code of its own currency.")
    locale: str = field("How it writes dates and numbers, such as en-GB.")
    time_zone: str = field("IANA time zone that its due dates are reckoned in.")
    week_start: int = field("First day of its week: 1 is Monday, 7 is Sunday.")
    financial_year_start: str = field("Month and day its financial year begins, such as 04-06.")
    payment_terms_days: int = field("Days that clients have to pay, unless theirs differ.")
    tax_rate: DecimalText = field("Tax on new lines of invoices, a percentage.")
    holiday_calendar: HolidayCalendar | None = field(
        "Whose holidays are no business days in what is made from now on; null for none."
    )
    offices: list[Office] = children(
        OfficeRow, by="firm_id", allow=Permission.READ_FIRM, description="Its offices."
    )
    legal_entities: list[LegalEntity] = children(
        LegalEntityRow, by="firm_id", order="created_at, id", allow=Permission.READ_FIRM,
        description="Its companies, the one that invoices first.",
    )  # fmt: skip


@verb_input("Change the firm's own facts: what is absent stays as it is.")
class UpdateFirm:
    expected_version: int | None = given_field("The version you last saw.")
    name: str = given_field("Its name.")
    locale: str = given_field("How it writes dates and numbers.")
    time_zone: str = given_field("IANA time zone that its due dates are reckoned in.")
    week_start: int = given_field("First day of its week: 1 is Monday, 7 is Sunday.")
    payment_terms_days: int = given_field("Days that clients have to pay, 0 to 365.")
    tax_rate: DecimalText = given_field("Tax on new lines of invoices, a percentage.")
    holiday_calendar: HolidayCalendar | None = given_field(
        "Whose holidays are no business days: null for none. What was made before stays as it is."
    )


@input_type("A number that a tax authority knows a company by.")
class TaxIdInput:
    name: str = given_field("What it is called, 1 to 30 characters.", optional=False)
    number: str = given_field("The number, 1 to 50 characters.", optional=False)


@verb_input("Change a legal entity's letterhead: what is absent stays as it is.")
class UpdateLegalEntity:
    id: strawberry.ID = reference(LegalEntityRow, "Which one.", optional=False)
    expected_version: int | None = given_field("The version you last saw.")
    name: str = given_field("Its full name.")
    tax_ids: list[TaxIdInput] = given_field("All its tax ids, at most 10.")


@strawberry.type
class FirmQuery:
    @query(allow=Permission.READ_FIRM)
    async def firm(info) -> Firm:
        """The viewer's own firm."""
        return await firms.mine(viewer_of(info).firm_id)


@strawberry.type
class FirmMutation:
    update_firm = mutation(
        firms.update, input=UpdateFirm, returns={"firm": (Firm, FirmRow)},
        allow=Permission.MANAGE_FIRM, description="Change the firm's own facts.",
    )  # fmt: skip
    update_legal_entity = mutation(
        firms.update_legal_entity, input=UpdateLegalEntity, allow=Permission.MANAGE_FIRM,
        returns={"legal_entity": (LegalEntity, LegalEntityRow)},
        description="Change what a legal entity's invoices say of it.",
    )  # fmt: skip
