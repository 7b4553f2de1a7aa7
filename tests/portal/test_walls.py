"""What the database itself shows a contact, whatever a query of ours forgets to ask."""

from uuid import UUID, uuid4

import asyncpg
import pytest

from models.contacts import Contact
from models.documents import Document
from models.invoices.credit_notes import CreditNote
from models.invoices.drafting import draft
from models.invoices.payments import Payment
from models.messages import Message
from models.requests import ItemKind, Request, RequestItem
from models.unit_of_work import Row, Unit, reading, unit_of_work
from models.viewer import Viewer
from tests.asking import TWO, answered_by, asked, items_of
from tests.billing import money
from tests.cast import Cast
from tests.filing import File
from tests.guests import come_in, guest, in_portal, invited

OPEN = {
    "firm", "contact", "client", "portal_access", "portal_session", "event", "job", "stage",
    "request", "request_item", "document", "idempotency", "message",
    "invoice", "invoice_line", "payment", "credit_note", "ledger_entry", "firm_stream",
}  # fmt: skip
"""The tables of which a contact may read anything."""


async def billed(client_id: UUID) -> None:
    """A draft, and an invoice that was issued, paid and credited in part."""
    for issue in (False, True):
        invoice = await draft(client_id=client_id)
        await invoice.add_line(description="Accounts", price=money("100", invoice.currency))
        if issue:
            await invoice.issue()
            await Payment.receive(invoice, money("1", invoice.currency))
            await CreditNote.write(invoice, "A gift", money("1", invoice.currency))


async def everybody(cast: Cast) -> Viewer:
    """Kit of the bakery and the vault, among contacts of other clients and of the other firm;
    of each client something is asked, and each has a file that is shared and one that is not."""
    for house in (cast.harbour, cast.alpine):
        async with unit_of_work(house.ada):
            for job_id, client_id in ((house.books, house.bakery), (house.year_end, house.mill)):
                item = {"kind": ItemKind.FILE, "text": "Deeds"}
                await Request.make(job_id=job_id, title="Papers", items=[item])
                await Message.send(client_id=client_id, body="Hello")
                await billed(client_id)
                for shared in (True, False):
                    await Document.announce(client_id=client_id, shared=shared, **File().said)
    await invited(cast.harbour, cast.harbour.mill, email="kim@mill.example")
    await invited(cast.alpine, cast.alpine.bakery)
    kit = await invited(cast.harbour, cast.harbour.bakery, cast.harbour.vault)
    await come_in(cast.harbour, kit)
    return in_portal(cast.harbour, kit)


async def readable(unit: Unit, table: str) -> list[Row] | None:
    """What the contact may see of a table, in the columns granted to them; None where none are."""
    columns = await unit.fetchval(
        """select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute
           where attrelid = $1::text::regclass and attnum > 0 and not attisdropped
             and has_column_privilege(attrelid, attnum, 'select')""",
        table,
    )
    return None if columns is None else await unit.fetch(f"select {columns} from {table}")


async def test_a_contact_sees_their_own_rows_of_these_tables_and_nothing_else(cast: Cast) -> None:
    kit, house = await everybody(cast), cast.harbour
    async with reading(kit) as unit:
        tables = await unit.fetch(
            "select relname::text as name from pg_class"
            " where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm')"
        )
        seen = {row["name"]: await readable(unit, row["name"]) for row in tables}

    assert {name for name, rows in seen.items() if rows is not None} == OPEN
    assert [(row["id"], row["name"]) for row in seen["firm"] or ()] == [
        (house.id, "Harbour Accountants")
    ]
    assert [row["id"] for row in seen["contact"] or ()] == [kit.contact_id]
    assert {row["id"] for row in seen["client"] or ()} == {house.bakery, house.vault}
    assert {row["contact_id"] for row in seen["portal_access"] or ()} == {kit.contact_id}
    assert {row["contact_id"] for row in seen["portal_session"] or ()} == {kit.contact_id}
    assert [row["firm_id"] for row in seen["firm_stream"] or ()] == [house.id]
    assert seen["event"] == [], "they have done nothing yet"
    assert {row["id"] for row in seen["job"] or ()} == {house.books, house.secret}
    assert {row["client_facing_name"] for row in seen["stage"] or ()} == {
        "Planned", "We need something from you",
    }  # fmt: skip
    for table in ("request", "request_item", "document", "message", "invoice"):
        assert [row["client_id"] for row in seen[table] or ()] == [house.bakery], table


async def test_with_the_access_the_client_is_gone_from_sight(cast: Cast) -> None:
    kit, house = await everybody(cast), cast.harbour
    async with unit_of_work(house.ada):
        contact = await Contact.load(kit.contact_id or uuid4())
        await contact.close_portal(house.bakery)
    async with reading(kit) as unit:
        rows = await unit.fetch("select id from client")
    assert [row["id"] for row in rows] == [house.vault]


async def test_another_firms_client_is_unseen_even_by_a_contact_who_claims_that_firm(
    cast: Cast,
) -> None:
    kit = await everybody(cast)
    liar = Viewer.of_contact(cast.alpine.id, kit.contact_id or uuid4(), session_id=uuid4())
    async with reading(liar) as unit:
        for table in OPEN - {"firm", "firm_stream"}:
            assert await readable(unit, table) == [], table


BRING = (
    "insert into document (firm_id, id, created_at, updated_at, client_id, request_item_id, name,"
    " size, media_type, sha256, state, shared)"
    " select c.firm, gen_random_uuid(), now(), now(), c.id, i.id, 'x', 1, 'text/plain',"
    " repeat('0', 64), {0}, true from (select id, current_setting('app.firm_id')::uuid as firm"
    " from client) c, {1}"
)
"""Announcing a file past our own code."""

WRITE = (
    "insert into message (firm_id, id, created_at, updated_at, client_id, contact_id, author, body)"
    " select current_setting('app.firm_id')::uuid, gen_random_uuid(), now(), now(), l.id, {}, {},"
    " 'Hello' from contact c, client l"
)
"""Writing in the name of somebody else."""


@pytest.mark.parametrize(
    "attempt",
    [
        "select notes from client",
        "select tags from client",
        "select country from firm",
        "select payload from event",
        "select category from job",
        "select owner_id from job",
        "select member_id from invoice_line",
        "select seconds from invoice_line",
        "select reason from credit_note",
        "select provider from payment",
        "select count(*) from ledger_transaction",
        "select name from stage",
        "select count(*) from task",
        "select count(*) from waiting",
        "update request set title = 'Mine'",
        "update request_item set text = 'Mine'",
        "update document set state = 'clean', storage_key = 'files/x'",
        "delete from document",
        "update message set body = 'Mine'",
        "delete from message",
        WRITE.format("c.id", "'Ada Archer'"),
        WRITE.format("gen_random_uuid()", "c.name"),
        BRING.format("'clean'", "request_item i"),
        BRING.format("'pending'", "(values (null::uuid)) i (id)"),
        "select count(*) from magic_link",
        "select * from find_portal_session('')",
        "update client set name = 'Mine'",
        "update contact set name = 'Kim'",
        "update portal_access set withdrawn_at = null",
        "update portal_session set expires_at = now()",
        "update portal_session set contact_id = gen_random_uuid()",
        "delete from portal_session",
        "update event set at = now()",
        "insert into portal_access (firm_id, client_id) select gen_random_uuid(), id from client",
        "call portal_sees('job', 'id', 'true')",
        "set local role openpractice_gate",
    ],
)
async def test_a_contact_is_refused(attempt: str, cast: Cast) -> None:
    kit = await everybody(cast)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with unit_of_work(kit) as unit:
            await unit.execute(attempt)


async def test_what_the_firm_found_good_is_not_answered_anew_even_past_our_code(cast: Cast) -> None:
    house = cast.harbour
    kit, request = await guest(house), await asked(house, TWO[0])
    (cars,) = await items_of(house, request)
    await answered_by(kit, cars)
    async with unit_of_work(house.dan):
        await (await RequestItem.load(cars.id, lock=False)).accept()
    async with unit_of_work(kit) as unit:
        changed = await unit.execute("update request_item set state = 'fulfilled', answer = 'Two.'")
    assert changed == "UPDATE 0"


async def test_nobody_writes_an_event_in_the_name_of_somebody_else(cast: Cast) -> None:
    kit, house = await everybody(cast), cast.harbour
    for actor in (house.ada.id, None):
        with pytest.raises(asyncpg.InsufficientPrivilegeError, match="row-level security"):
            async with unit_of_work(kit) as unit:
                await unit.execute(
                    "insert into event (firm_id, kind, entity, entity_id, entity_version, payload,"
                    " actor_id, at) values ($1, 'client.changed', 'client', $2, 9, '{}', $3, now())",
                    house.id, house.bakery, actor,
                )  # fmt: skip


async def test_what_a_contact_was_is_forgotten_by_the_connection(cast: Cast) -> None:
    kit = await everybody(cast)
    async with reading(kit) as unit:
        assert await unit.fetchval("select current_user::text") == "openpractice_portal"
    async with reading(cast.harbour.ada) as unit:
        assert await unit.fetchval("select current_user::text") == "openpractice_app"
        assert await unit.fetchval("select viewer_contact()") is None
        assert len(await unit.fetch("select from client")) == 3
