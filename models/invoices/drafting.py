"""Drafting: a job's unbilled billable time becomes the lines of an invoice, one for each member."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from models import rates
from models.billed_time import InvoiceLineTime, invoices_of
from models.clients import Client
from models.errors import Conflict, ValidationError, inside
from models.events import EventKind
from models.invoices import Invoice
from models.invoices.lines import InvoiceLine
from models.jobs import Job
from models.money import Money
from models.unit_of_work import Row, current


async def draft(*, job_id: UUID | None = None, client_id: UUID | None = None,
                id: UUID | None = None) -> Invoice:  # fmt: skip
    """An invoice of a job's unbilled time, or an empty one for a client.

    Two drafts of one job wait for each other. Raises Conflict where all time is on an invoice.
    """
    if job_id is None:
        if client_id is None:
            raise ValidationError("Say which job it bills, or which client.", path=("jobId",))
        return await Invoice.begin(await Client.load(client_id, lock=False, path=("clientId",)),
                                   job_id=None, id=id)  # fmt: skip
    job = await Job.load(job_id, path=("jobId",))
    if client_id not in (None, job.client_id):
        raise ValidationError("That job is another client's.", path=("clientId",))
    invoice = await Invoice.begin(await Client.load(job.client_id, lock=False), job_id=job.id,
                                  id=id)  # fmt: skip
    if invoice.is_new:
        await _bill(invoice, job)
    return invoice


async def _bill(invoice: Invoice, job: Job) -> None:
    entries = await _unbilled(job)
    if not entries:
        raise Conflict(await _why_nothing(job), path=("jobId",), code="NOTHING_TO_BILL")
    hourly = await _rates_of(entries, invoice.currency)
    for member_id in dict.fromkeys(entry["member_id"] for entry in entries):
        await _bill_member(invoice, job, hourly, [
            entry for entry in entries if entry["member_id"] == member_id
        ])  # fmt: skip


async def _bill_member(
    invoice: Invoice, job: Job, hourly: Mapping[UUID, Decimal], entries: Sequence[Row]
) -> InvoiceLine:
    with inside("jobId"):
        values = [Money.worked(hourly[entry["id"]], entry["seconds"], invoice.currency)
                  for entry in entries]  # fmt: skip
        price = sum(values, Money(0, invoice.currency))
    line = await invoice.add_line(
        description=f"{job.title}: {entries[0]['member_name']}", price=price,
        seconds=sum(entry["seconds"] for entry in entries), member_id=entries[0]["member_id"],
    )  # fmt: skip
    links: list[dict[str, Any]] = [
        {"line_id": line.id, "invoice_id": invoice.id, "client_id": invoice.client_id,
         "time_entry_id": entry["id"], "seconds": entry["seconds"],
         "hourly": hourly[entry["id"]], "value": value.minor}
        for entry, value in zip(entries, values, strict=True)
    ]  # fmt: skip
    await InvoiceLineTime.record_all(EventKind.TIME_BILLED, links)
    return line


async def _unbilled(job: Job) -> list[Row]:
    """The job's billable time on no live invoice, held so that nobody changes it meanwhile.

    `offset 0` has each entry looked up by itself: a join may read all that was ever billed.
    """
    return await current().fetch(
        "select t.*, m.name as member_name from time_entry t"
        " join member m on m.firm_id = t.firm_id and m.id = t.member_id"
        " where t.job_id = $1 and t.billing = 'billable' and t.seconds > 0 and not exists ("
        "   select from invoice_line_time b where b.firm_id = t.firm_id"
        "   and b.time_entry_id = t.id and b.voided_at is null offset 0)"
        " order by m.name, m.id, t.local_date, t.id for no key update of t", job.id,
    )  # fmt: skip


async def _rates_of(entries: Sequence[Row], currency: str) -> dict[UUID, Decimal]:
    """What an hour of each entry costs. Raises ValidationError for time without a rate."""
    found: dict[UUID, Row] = {}
    for fitting in await rates.that_fit([entry["id"] for entry in entries]):
        found.setdefault(fitting["entry_id"], fitting)
    for entry in entries:
        whose_time = f"{entry['member_name']}'s time on {entry['local_date']}"
        rate = found.get(entry["id"])
        if rate is None:
            raise ValidationError(f"There is no rate for {whose_time}: set one first.",
                                  path=("jobId",), code="NO_RATE")  # fmt: skip
        if rate["currency"] != currency:
            raise ValidationError(
                f"The rate for {whose_time} is in {rate['currency']}, the client's invoices in"
                f" {currency}: set one in {currency}.", path=("jobId",), code="OTHER_CURRENCY",
            )  # fmt: skip
    return {id: rate["hourly"] for id, rate in found.items()}


async def _why_nothing(job: Job) -> str:
    rows = await current().fetch(
        "select id from time_entry where job_id = $1 and billing = 'billable' and seconds > 0",
        job.id,
    )
    if not rows:
        return "There is no billable time on this job yet."
    on = await invoices_of({row["id"] for row in rows})
    return f"All billable time of this job is on {', '.join(on)} already."
