"""CSV out: what one may see, whole, harmless to spreadsheets, and no faster than it is read."""

import asyncio
import csv
import io
import socket
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from models.client_facts import ClientAddress, ClientKeyDate, ClientTaxId
from models.clients import Client, ClientRole
from models.database import database
from models.events import EventKind
from models.invoices.payments import Payment
from models.permissions import Permission
from models.sign_in import ApiToken
from models.time_entries import TimeEntry
from models.unit_of_work import unit_of_work
from schema import ids
from tests.billing import DAY, issued, money, priced, worked
from tests.cast import House, Person, one_firm
from tests.server.outside import Outside

NAMES = ("clients", "client_tax_ids", "client_addresses", "client_key_dates", "jobs",
         "time_entries", "invoices", "invoice_lines", "payments")  # fmt: skip


@pytest.fixture(scope="module")
async def house(outside: Outside) -> House:
    house = await one_firm()
    await priced(house)
    await worked(house, house.books, (house.dan, 5400))
    await worked(house, house.secret, (house.ben, 60))
    for client_id, word in ((house.bakery, "Bun"), (house.vault, "Vault")):
        async with unit_of_work(house.ada):
            client = await Client.load(client_id)
            await ClientTaxId.set(client, kind="VAT", number=f"={word} 123 456 789")
            await ClientAddress.set(client, purpose="postal", line1=f"{word} House", country="GB")
            await ClientKeyDate.set(client, name=f"{word} year-end", month=3, day=31)
    invoice = await issued(house, "100.00")
    async with unit_of_work(house.cleo):
        await Payment.receive(await invoice.load(invoice.id), money("0.05"), provider="bank")
    return house


async def read(
    outside: Outside, person: Person | None, name: str, **headers: str
) -> httpx.Response:
    if person is not None:
        headers["authorization"] = f"Bearer {await outside.key_of(person)}"
    return await outside.http.get(f"/export/{name}", headers=headers)


def rows(answer: httpx.Response) -> list[dict[str, str]]:
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text)))


async def token(person: Person, *scopes: Permission) -> str:
    async with unit_of_work(person):
        _, secret = await ApiToken.issue(member_id=person.id, name="BI", scopes=scopes)
    return secret


async def test_rows_are_written_as_graphql_writes_them(outside: Outside, house: House) -> None:
    answer = await read(outside, house.cleo, "invoices.csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="invoices.csv"'
    assert answer.headers["content-type"].startswith("text/csv")
    (row,) = rows(answer)
    asked = await outside.ask(house.cleo, """{ invoices { nodes { id number status version
      net { amount } total { amount } outstanding { amount } currency issueDate
      client { id } } } }""")  # fmt: skip
    (node,) = asked["invoices"]["nodes"]
    assert row["id"] == node["id"]
    assert (row["number"], row["status"], row["version"]) == (
        "1", "PART_PAID", str(node["version"]),
    )  # fmt: skip
    assert (row["net"], row["total"], row["outstanding"]) == ("100.00", "120.00", "119.95")
    assert (row["client_id"], row["issue_date"]) == (node["client"]["id"], node["issueDate"])
    assert row["job_id"] == ""


async def test_every_export_has_its_rows_for_who_may_see_them(
    outside: Outside, house: House
) -> None:
    counts = {name: len(rows(await read(outside, house.ada, f"{name}.csv"))) for name in NAMES}
    assert counts == {"clients": 3, "client_tax_ids": 2, "client_addresses": 2,
                      "client_key_dates": 2, "jobs": 3, "time_entries": 2, "invoices": 1,
                      "invoice_lines": 1, "payments": 1}  # fmt: skip
    seen = {name: len(rows(await read(outside, house.cleo, f"{name}.csv"))) for name in NAMES}
    facts = {"client_tax_ids": 1, "client_addresses": 1, "client_key_dates": 1}
    assert seen == counts | facts | {"clients": 2, "jobs": 2, "time_entries": 1}
    for name in ("clients", *facts):
        assert "Vault" not in (await read(outside, house.cleo, f"{name}.csv")).text


async def test_tax_ids_are_whole_for_who_may_read_them_alone(
    outside: Outside, house: House
) -> None:
    (whole,) = rows(await read(outside, house.dan, "client_tax_ids.csv"))
    (masked,) = rows(await read(outside, house.finn, "client_tax_ids.csv"))
    assert (whole["kind"], whole["number"]) == ("VAT", "'=Bun 123 456 789")
    assert (masked["kind"], masked["number"]) == ("VAT", "•••• 789")
    assert masked["client_id"] == whole["client_id"] == ids.written("client", house.bakery)


async def test_the_report_of_time_worked_is_the_same_by_csv(outside: Outside, house: House) -> None:
    asked = f"worked.csv?first={DAY}&last={DAY}&by=client,month"
    (row,) = rows(await read(outside, house.cleo, asked))
    assert row == {
        "client_id": ids.written("client", house.bakery), "client": "The Bakery",
        "month": "2024-03-01", "seconds": "5400", "billable_seconds": "5400",
        "unpriced_seconds": "0", "currency": "GBP", "standard_value": "180.00", "billed": "0.00",
    }  # fmt: skip
    (hours,) = rows(await read(outside, house.dan, asked))
    assert "standard_value" not in hours


async def test_a_contractors_own_time_names_no_client_that_is_not_theirs_any_more(
    outside: Outside,
) -> None:
    house = await one_firm()
    await worked(house, house.books, (house.finn, 600))
    async with unit_of_work(house.cleo):
        part = await ClientRole.held("member_id = $1", house.finn.id)
        assert part is not None
        await part.end()
    asked = f"worked.csv?first={DAY}&last={DAY}&by=client"
    (row,) = rows(await read(outside, house.finn, asked))
    assert (row["client_id"], row["client"], row["seconds"]) == ("", "", "600")
    (entry,) = rows(await read(outside, house.finn, "time_entries.csv"))
    assert (entry["client_id"], entry["job_id"], entry["seconds"]) == ("", "", "600")


async def test_no_cell_is_a_formula(outside: Outside) -> None:
    house = await one_firm()
    odd = ["=1+1", "+1", "-1", "@sum", "\tx", '=cmd|" /C calc"!A0', 'a "quoted", word\nand more']
    async with unit_of_work(house.ada):
        for name in odd:
            await Client.add(name="x", notes=name)
    told = [row["notes"] for row in rows(await read(outside, house.ada, "clients.csv"))][3:]
    assert told == [f"'{name}" for name in odd[:-1]] + odd[-1:]


async def test_a_token_reads_what_its_scopes_say(outside: Outside, house: House) -> None:
    secret = await token(house.ada, Permission.READ_CLIENTS)
    basic = b64encode(f"bi:{secret}".encode()).decode()
    told = {}
    for name, header in (("bearer", f"Bearer {secret}"), ("basic", f"Basic {basic}")):
        answer = await read(outside, None, "clients.csv", authorization=header)
        told[name] = len(rows(answer))
    assert told == {"bearer": 3, "basic": 3}
    refused = await read(outside, None, "invoices.csv", authorization=f"Bearer {secret}")
    assert (refused.status_code, refused.text) == (
        403, "This needs the permission billing:read.\n",
    )  # fmt: skip


@pytest.mark.parametrize(("name", "status", "words"), [
    ("nothing.csv", 404, "There is no such export; there is client_addresses, client_key_dates"),
    ("clients.csv?x=1", 400, "clients takes no parameter."),
    ("worked.csv", 400, "Say first=2026-01-31."),
    ("worked.csv?first=2024-01-02&last=2024-01-01", 400, "The last day lies before the first."),
    ("worked.csv?first=2024-01-01&last=2024-01-01&by=job", 400, "by is made of client"),
    ("worked.csv?first=2024-01-01&first=2024-01-02&last=2024-01-03", 400, "first is said twice."),
    ("worked.csv?first=2024-01-01&last=2024-01-01&x=1", 400, "worked takes first, last, by."),
])  # fmt: skip
async def test_what_cannot_be_answered_is_told_in_words(
    outside: Outside, house: House, name: str, status: int, words: str
) -> None:
    answer = await read(outside, house.ada, name)
    assert (answer.status_code, answer.text.startswith(words)) == (status, True), answer.text


async def test_strangers_and_writers_are_turned_away(outside: Outside, house: House) -> None:
    assert (await read(outside, None, "clients.csv")).status_code == 401
    assert (await read(outside, None, "clients.csv", authorization="Digest x")).status_code == 401
    wrong: Any = await outside.http.post("/export/clients.csv")
    assert wrong.status_code == 405


@pytest.fixture(scope="module")
async def busy(outside: Outside) -> House:
    """A firm with ten megabytes of notes, more than any buffer between a reader and the database."""
    busy = await one_firm()
    async with unit_of_work(busy.dan):
        await TimeEntry.record_all(EventKind.TIME_LOGGED, [
            {"member_id": busy.dan.id, "client_id": busy.bakery, "local_date": DAY,
             "time_zone": "Europe/London", "seconds": 60, "billing": "billable",
             "note": "n" * 2000, "source": "import"}
            for _ in range(12_000)
        ])  # fmt: skip
    return busy


@asynccontextmanager
async def half_read(outside: Outside, house: House) -> AsyncIterator[None]:
    """All its time, of which somebody has read the first piece."""
    key = await outside.key_of(house.ada)
    # What the reader's own system takes in advance is bounded, else it might be all of it.
    narrow = httpx.AsyncHTTPTransport(
        socket_options=[(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)]
    )
    async with (
        httpx.AsyncClient(transport=narrow, base_url=outside.http.base_url) as http,
        http.stream(
            "GET", "/export/time_entries.csv", headers={"authorization": f"Bearer {key}"}
        ) as answer,
    ):
        pieces = answer.aiter_bytes()  # let go, it would close the answer
        assert await anext(pieces)
        yield


async def test_a_slow_reader_keeps_their_own_firm_waiting_and_no_other(
    outside: Outside, house: House, busy: House
) -> None:
    async with half_read(outside, busy):
        waiting = asyncio.create_task(read(outside, busy.ada, "clients.csv"))
        assert len(rows(await read(outside, house.ada, "clients.csv"))) == 3
        assert not waiting.done()
    assert len(rows(await waiting)) == 3


async def test_whoever_leaves_half_way_leaves_the_pool_whole(outside: Outside, busy: House) -> None:
    house = busy
    for _ in range(4):
        async with half_read(outside, house):
            pass
        assert len(rows(await read(outside, house.ada, "clients.csv"))) == 3
    whole = rows(await read(outside, house.ada, "time_entries.csv"))
    assert len(whole) == 12_000
    await database().unended.end()
    assert database().pool.get_size() == database().pool.get_idle_size()
