"""What reports are asked by: a period, what their rows are, and which ones."""

from typing import Annotated

from models.clients import Client as ClientRow
from models.jobs import Job as JobRow
from models.members import Member as MemberRow
from models.workflows import Service as ServiceRow
from resolvers.reports.billing import BillingBy
from resolvers.reports.turnaround import TurnaroundBy
from resolvers.reports.utilisation import UtilisationBy
from resolvers.reports.worked import WorkedBy
from schema.enums import described
from schema.fields import argument
from schema.filters import IdFilter
from schema.inputs import given_field, input_type, reference
from schema.scalars import Date

described(
    WorkedBy, "What tells the rows of time worked apart.", CLIENT="For whom it was worked.",
    MEMBER="Who worked.", SERVICE="The service of the job it was worked on.",
    MONTH="The calendar month of the day it was worked.",
)  # fmt: skip
described(UtilisationBy, "What tells the rows of utilisation apart.", MEMBER="Whose hours.",
          MONTH="The calendar month.")  # fmt: skip
described(BillingBy, "What tells the rows of billing apart, beside their currency.",
          CLIENT="Whose documents.", MONTH="The calendar month of their day.")  # fmt: skip


described(TurnaroundBy, "What tells the rows of turnaround apart.", CLIENT="Who was waited for.",
          MONTH="The calendar month in which it came.")  # fmt: skip


@input_type("Days on the firm's own calendar, ten years at most.")
class PeriodInput:
    first: Date = given_field("Its first day.", optional=False)
    last: Date = given_field("Its last day.", optional=False)


@input_type("Which time.")
class WorkedFilter:
    client: IdFilter | None = reference(ClientRow, "For which client.")
    job: IdFilter | None = reference(JobRow, "On which job.")
    member: IdFilter | None = reference(MemberRow, "Whose.")
    service: IdFilter | None = reference(ServiceRow, "On jobs of which service.")


@input_type("Whose hours.")
class UtilisationFilter:
    member: IdFilter | None = reference(MemberRow, "Which member's.")


@input_type("Whose documents.")
class ReceivablesFilter:
    client: IdFilter | None = reference(ClientRow, "Which client's.")


@input_type("Whom was waited for.")
class TurnaroundFilter:
    client: IdFilter | None = reference(ClientRow, "Which client.")


Period = Annotated[PeriodInput, argument("Which days.")]
ByWorked = Annotated[list[WorkedBy], argument("What the rows are; none is one row of all.")]
ByUtilisation = Annotated[
    list[UtilisationBy], argument("What the rows are; none is one row of all.")
]
ByBilling = Annotated[
    list[BillingBy], argument("What the rows are; none is one row for each currency.")
]
ByTurnaround = Annotated[list[TurnaroundBy], argument("What the rows are; none is one row of all.")]
OfTurnaround = Annotated[TurnaroundFilter | None, argument("Whom; all unless said.")]
OfWorked = Annotated[WorkedFilter | None, argument("Which time; all unless said.")]
OfUtilisation = Annotated[UtilisationFilter | None, argument("Whose; everybody's unless said.")]
OfReceivables = Annotated[ReceivablesFilter | None, argument("Whose; all unless said.")]
Today = Annotated[Date | None, argument("On which day, inclusive; the firm's today unless said.")]
