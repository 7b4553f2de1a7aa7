"""A year of the demo firms: time, what was billed and paid of it, and what clients were asked."""

from contextlib import suppress
from datetime import date

import pytest

from models.ledger.verification import verify
from models.unit_of_work import unit_of_work
from models.viewer import Viewer
from resolvers import demo
from resolvers.demo.ashworth import ASHWORTH
from resolvers.demo.tavares import TAVARES
from resolvers.templates import apply
from tests.resolvers.demo.demo_firm import DemoFirm

# ------------------------------------------------------------------------------------------- time


async def test_time_goes_a_year_back_without_a_gap(ashworth: DemoFirm, tavares: DemoFirm) -> None:
    for firm, people in ((ashworth, 12), (tavares, 4)):
        months = await firm.fetch(
            "select date_trunc('month', local_date) as month,"
            " count(distinct member_id) as people from time_entry group by 1 order by 1"
        )

        assert await firm.value("select current_date - min(local_date) from time_entry") >= 360
        assert len(months) in (12, 13)
        assert {row["people"] for row in months[1:-1]} == {people}


# ------------------------------------------------------------------------------------------ money


async def test_each_month_has_invoices_and_the_last_wait_as_drafts(
    ashworth: DemoFirm, tavares: DemoFirm
) -> None:
    for firm, at_least in ((ashworth, 100), (tavares, 40)):
        months = await firm.pairs(
            "select to_char(issue_date, 'YYYY-MM'), count(*) from invoice"
            " where state = 'issued' group by 1"
        )

        assert len(months) >= 11
        assert sum(months.values()) >= at_least
        assert await firm.value("select count(*) from invoice where state = 'draft'") == 3
        assert await firm.value(
            "select count(*) from time_entry e join job j on j.id = e.job_id"
            " where e.billing = 'billable' and j.category <> 'done'"
        )


async def test_one_invoice_has_been_due_for_three_months(
    ashworth: DemoFirm, tavares: DemoFirm
) -> None:
    for firm, client in ((ashworth, "Larkfield Nurseries Ltd"),
                         (tavares, "Cortiça Montargil, S.A.")):  # fmt: skip
        late = await firm.fetch(
            "select c.name, current_date - i.due_date as days, sum(l.amount) = i.total as whole"
            " from invoice i join client c on c.id = i.client_id"
            " join ledger_entry l on l.invoice_id = i.id and l.account = 'receivable'"
            " where i.due_date < current_date - 45 group by c.name, i.due_date, i.total"
            " having sum(l.amount) > 0"
        )

        [only] = late
        assert (only["name"], only["whole"]) == (client, True)
        assert 90 <= only["days"] <= 95


async def test_one_is_written_down_with_its_reason(ashworth: DemoFirm, tavares: DemoFirm) -> None:
    for firm, client in ((ashworth, "Northgate Joinery Ltd"), (tavares, "Têxteis Ave Novo, Lda.")):
        written = await firm.fetch(
            "select i.id, i.net, sum(l.standard) as standard, min(l.adjustment_reason) as reason"
            " from invoice i join invoice_line l on l.invoice_id = i.id"
            " join client c on c.id = i.client_id"
            " where c.name = $1 and l.adjustment <> 0 group by i.id, i.net", client,
        )  # fmt: skip

        [only] = written
        assert only["net"] == (int(only["standard"]) * 7 + 5) // 10
        assert only["reason"]


async def test_one_fixed_fee_does_not_cover_its_time(ashworth: DemoFirm, tavares: DemoFirm) -> None:
    for firm, client, fee in ((ashworth, "Calder Cycles Ltd", 420_00),
                              (tavares, "Azulejos Belém, Lda.", 450_00)):  # fmt: skip
        bills = await firm.fetch(
            "select i.net, sum(l.standard) as standard from invoice i"
            " join invoice_line l on l.invoice_id = i.id join client c on c.id = i.client_id"
            " where c.name = $1 group by i.id, i.net", client,
        )  # fmt: skip

        assert len(bills) >= 9
        assert {row["net"] for row in bills} == {fee}
        assert all(row["standard"] > fee for row in bills)


async def test_most_is_paid_some_of_it_in_parts_and_a_part_credited(
    ashworth: DemoFirm, tavares: DemoFirm
) -> None:
    for firm in (ashworth, tavares):
        paid = await firm.pairs(
            "select n, count(*) from (select count(*) as n from payment group by invoice_id) p"
            " group by 1"
        )
        issued = await firm.value("select count(*) from invoice where state = 'issued'")

        assert set(paid) == {1, 2}
        assert sum(paid.values()) >= 0.8 * issued
        assert await firm.value("select count(*) from credit_note") == 1
        assert not await firm.value(
            "select count(*) from payment p join invoice i on i.id = p.invoice_id"
            " where p.received_on < i.issue_date + 10"
        )


async def test_the_books_are_whole(ashworth: DemoFirm, tavares: DemoFirm) -> None:
    for firm in (ashworth, tavares):
        assert (await verify(firm.fetch)).findings == ()
        assert await firm.value(
            "select sum(total) from invoice where state = 'issued'"
        ) == await firm.value(
            "select sum(e.amount) from ledger_entry e join ledger_transaction t"
            " on t.id = e.transaction_id where t.kind = 'issue' and e.account = 'receivable'"
        )


# ----------------------------------------------------------------------- templates and the portal


async def test_a_contact_answered_what_they_were_asked_and_has_a_file_to_send(
    ashworth: DemoFirm, tavares: DemoFirm
) -> None:
    for firm in (ashworth, tavares):
        asked = await firm.fetch(
            "select r.state as request, i.kind, i.state, i.answer is not null as answered,"
            " exists (select from event e where e.entity_id = i.id and e.actor_id = a.contact_id)"
            " as by_them from request r join request_item i on i.request_id = r.id"
            " join portal_access a on a.client_id = r.client_id order by r.id, i.number"
        )

        assert [tuple(row.values()) for row in asked] == [
            ("fulfilled", "question", "fulfilled", True, True),
            ("open", "question", "fulfilled", True, True),
            ("open", "file", "open", False, False),
        ]


async def test_what_is_said_in_the_portal_is_read_but_for_the_last(
    ashworth: DemoFirm, tavares: DemoFirm
) -> None:
    for firm in (ashworth, tavares):
        said = await firm.fetch(
            "select contact_id is not null as by_contact, read_at > created_at as was_read"
            " from message order by id"
        )
        assert [(row["by_contact"], row["was_read"]) for row in said] == [
            (False, True), (True, True), (False, None),
        ]  # fmt: skip


@pytest.mark.files
async def test_papers_were_shared_over_the_year_and_have_been_looked_at(
    ashworth: DemoFirm, tavares: DemoFirm
) -> None:
    for firm, plan in ((ashworth, ASHWORTH), (tavares, TAVARES)):
        papers = await firm.fetch(
            "select name, state, shared, storage_key, now() - created_at > interval '300 days' as old"
            " from document order by created_at"
        )
        assert [row["name"] for row in papers] == [name for _, name, _ in plan.portal.papers]
        assert papers[0]["old"]
        assert all(row["state"] == "clean" and row["shared"] for row in papers)
        assert all(row["storage_key"].startswith("files/") for row in papers)


async def test_who_may_look_into_the_portal_is_said(ashworth: DemoFirm, tavares: DemoFirm) -> None:
    assert [(one["firm"], one["name"], one["email"]) for one in await demo.contacts()] == [
        ("Ashworth & Okafor", "Lydia Oakes", "lydia.oakes@oakhambooksltd.example"),
        ("Tavares Consultoria", "Rita Sequeira", "rita.sequeira@padariaalfamalda.example"),
    ]


class Undone(Exception):
    """All has been seen, and none of it stays."""


async def test_a_published_template_makes_a_job_with_all_its_steps(ashworth: DemoFirm) -> None:
    template = await ashworth.value("select id from template where name = 'Year-end accounts'")
    client = await ashworth.value("select id from client where name = 'Pell & Daughters Ltd'")

    with suppress(Undone):
        async with unit_of_work(Viewer.system(ashworth.id, "test")) as unit:
            job = await apply(
                template_id=template, client_id=client,
                period_start=date(2026, 1, 1), period_end=date(2026, 12, 31),
            )  # fmt: skip
            steps = await unit.fetch(
                "select assignee_id is not null as whose, due_date > $2 as later from task"
                " where job_id = $1", job.id, job.start_date,
            )  # fmt: skip
            raise Undone

    assert job.title == "Year-end accounts 2026"
    assert [tuple(row.values()) for row in steps] == [(True, True)] * 6


async def test_a_template_comes_back_for_one_client(ashworth: DemoFirm, tavares: DemoFirm) -> None:
    for firm in (ashworth, tavares):
        published = "select count(*) from template_version where published_at < now()"
        assert await firm.value(published) == 2
        assert await firm.value(
            "select count(*) from recurrence where next_date > current_date and ended_on is null"
        ) == 1  # fmt: skip
