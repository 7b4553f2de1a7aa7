"""The figures of a client, a job or a member over a period."""

from typing import Any

import strawberry

from models.permissions import Permission
from schema.fields import batch, computed, field
from schema.loading import Batch
from schema.money import Money
from schema.report_inputs import Period
from schema.scalars import DecimalText, Long

AMOUNTS = "an amount for each currency; null for who sees no billing."
REALISATION = (
    "What was billed for the time that was billed, over what it was worth: 1 where all is asked"
    " for. Null without any, with several currencies, or for who sees no billing."
)


@strawberry.type
class TimeFigures:
    worked_seconds: Long = computed("Seconds worked in the period.", lambda row: row["seconds"])
    billable_seconds: Long = field("Those of them that are to be charged.")
    unpriced_seconds: Long = field("Billable seconds that no rate prices: worth nothing so far.")
    standard_value: list[Money] | None = field(
        "What the billable time is worth: as it was put on an invoice, else at its rate now;"
        f" {AMOUNTS}"
    )
    realisation: DecimalText | None = field(REALISATION)


@strawberry.type(description="What was worked for a client or on a job in a period, and billed.")
class WorkFigures(TimeFigures):
    billed: list[Money] | None = field(
        "Net of what was issued in the period, before tax, less what was credited in it, by the"
        f" ledger; {AMOUNTS}"
    )
    paid: list[Money] | None = field(f"What came in in the period, by the ledger; {AMOUNTS}")
    outstanding: list[Money] | None = field(
        f"What is still to be paid at the end of its last day, by the ledger; {AMOUNTS}"
    )


@strawberry.type(description="What a member worked in a period, of the time the viewer may see.")
class MemberFigures(TimeFigures):
    capacity_seconds: Long | None = field(
        "The hours they have, by weekday, their days off taken away; null for a contractor who asks"
        " about somebody else."
    )
    utilisation: DecimalText | None = field(
        "Billable seconds over capacity seconds; null without capacity."
    )
    billed: list[Money] | None = computed(
        "What was billed for this time, before tax, less what was credited: a line that was"
        f" written up or down is spread over its time; {AMOUNTS}",
        lambda row: row["billed_time"],
    )


def figures(of: Batch) -> Any:
    """A field for the figures of each parent, `of` all of them."""

    async def asked(parents: Any, *, period: Period) -> Any:
        return await of(parents, period.first, period.last)

    return batch(asked, allow=Permission.READ_TIME, cost=5, of=("id",),
                 description="What was worked and billed in a period.")  # fmt: skip
