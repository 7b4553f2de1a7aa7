"""The firm and its offices."""

import strawberry

from models.firms import Firm as FirmRow
from models.firms import Office as OfficeRow
from models.permissions import Permission
from resolvers import firms
from schema.fields import children, field, node_id, query, viewer_of
from schema.inputs import given_field
from schema.mutations import mutation, verb_input
from schema.nodes import Node, node_type
from schema.scalars import DecimalText


@node_type(OfficeRow, "Where members work: it gives their calendar dates a time zone.")
class Office(Node):
    id: strawberry.ID = node_id(OfficeRow)
    version: int = field("How often it was changed, from 1.")
    name: str = field("What the firm calls it.")
    time_zone: str = field("IANA time zone, such as Europe/London.")
    country: str = field("ISO 3166 code of its country.")


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
    offices: list[Office] = children(
        OfficeRow, by="firm_id", allow=Permission.READ_FIRM, description="Its offices."
    )


@verb_input("Change the firm's own facts: what is absent stays as it is.")
class UpdateFirm:
    expected_version: int | None = given_field("The version you last saw.")
    name: str = given_field("Its name.")
    locale: str = given_field("How it writes dates and numbers.")
    time_zone: str = given_field("IANA time zone that its due dates are reckoned in.")
    week_start: int = given_field("First day of its week: 1 is Monday, 7 is Sunday.")
    payment_terms_days: int = given_field("Days that clients have to pay, 0 to 365.")
    tax_rate: DecimalText = given_field("Tax on new lines of invoices, a percentage.")


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
