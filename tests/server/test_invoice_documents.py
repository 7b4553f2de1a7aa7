"""An invoice's PDF: what it says, who gets it, and how it is sent."""

import asyncio
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any
from uuid import UUID

import httpx
import pytest
from pypdf import PdfReader
from uuid_utils.compat import uuid7

from models.clients import Client
from models.firms import Firm, LegalEntity
from models.invoices import Invoice
from models.invoices.document import TEMPLATE, facts_of
from models.invoices.drafting import draft
from models.money import Money
from models.unit_of_work import reading, unit_of_work
from schema import ids
from server.typesetting import Typst
from tests.billing import money
from tests.cast import Cast, House, Person, one_firm, two_firms
from tests.server.outside import Outside

ODD = '#eval("1") $x$ *no* <b> _é_ \\ "quoted" [brackets] @ref'
"""What typst would read as markup, were it not a text."""


async def an_invoice(house: House, *, issue: bool = True, description: str = "Accounts") -> UUID:
    async with unit_of_work(house.cleo):
        invoice = await draft(client_id=house.bakery)
        await invoice.add_line(description=description, price=money("1000"), tax_rate=Decimal(20))
        await invoice.add_line(description="Filing fee", price=money("12.50"), tax_category="E")
        if issue:
            await invoice.issue(date(2024, 3, 2))
        return invoice.id


async def fetched(
    outside: Outside, person: Person | None, id: str, query: str = "", **headers: str
) -> httpx.Response:
    if person is not None:
        headers["authorization"] = f"Bearer {await outside.key_of(person)}"
    return await outside.http.get(f"/documents/invoices/{id}.pdf{query}", headers=headers)


def text_of(pdf: bytes) -> str:
    pages = PdfReader(BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


async def test_it_says_who_asks_whom_for_what_by_when(outside: Outside) -> None:
    house = await one_firm()
    async with unit_of_work(house.ada):
        (entity,) = await LegalEntity.all()
        await entity.change({"tax_ids": [{"name": "VAT", "number": "GB123456789"}]}, None)
    id = ids.written("invoice", await an_invoice(house))

    answer = await fetched(outside, house.cleo, id)

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"] == 'attachment; filename="invoice-1.pdf"'
    text = text_of(answer.content)
    for said in ("Harbour Accountants", "Invoice 1", "The Bakery", "Accounts", "£1,212.50",
                 "2 March 2024", "1 April 2024", "Tax 20 % on £1,000.00", "£200.00",
                 "Tax exempt on £12.50", "VAT GB123456789"):  # fmt: skip
        assert said in text, (said, text)
    assert "Draft" not in text


async def test_who_is_called_otherwise_afterwards_does_not_change_what_was_sent(
    cast: Cast,
) -> None:
    house = cast.harbour
    sent, kept_back = await an_invoice(house), await an_invoice(house, issue=False)
    before = await facts(house, sent)

    async with unit_of_work(house.ada):
        (entity,) = await LegalEntity.all()
        await entity.change(
            {"name": "Harbour Ltd", "tax_ids": [{"name": "VAT", "number": "1"}]}, None
        )
        await (await Firm.mine()).change({"name": "Harbour", "locale": "de-CH"}, None)
        await (await Client.load(house.bakery)).change({"name": "The Patisserie"}, None)

    assert await facts(house, sent) == before
    assert (await facts(house, kept_back))["client"] == "The Patisserie"


async def facts(house: House, id: UUID) -> dict[str, Any]:
    async with reading(house.cleo):
        return await facts_of(await Invoice.load(id, lock=False))


async def test_a_draft_says_so_and_may_be_shown_inline(outside: Outside) -> None:
    house = await one_firm()
    id = ids.written("invoice", await an_invoice(house, issue=False))

    answer = await fetched(outside, house.cleo, id, "?inline")

    assert answer.headers["content-disposition"] == 'inline; filename="invoice-draft.pdf"'
    assert "Draft invoice" in text_of(answer.content)


async def test_what_people_write_is_text_and_never_markup(outside: Outside) -> None:
    house = await one_firm()
    id = ids.written("invoice", await an_invoice(house, description=ODD))

    answer = await fetched(outside, house.cleo, id)

    assert answer.status_code == 200
    text = text_of(answer.content)
    for part in ('#eval("1")', "$x$", "*no*", "<b>", "_é_", "[brackets]", "@ref"):
        assert part in text


async def test_a_word_longer_than_its_column_goes_on_in_the_next_line(cast: Cast) -> None:
    house = cast.harbour
    id = await an_invoice(house, description="W" * 300)
    renderer = Typst()
    (page,) = PdfReader(BytesIO(await renderer.pdf(TEMPLATE, await facts(house, id)))).pages
    renderer.close()
    assert sum("WWW" in line for line in page.extract_text().splitlines()) > 5


async def test_nobody_else_gets_it(outside: Outside) -> None:
    cast = await two_firms()
    house = cast.harbour
    id = ids.written("invoice", await an_invoice(house))
    told = {}
    for name, person, wanted in (
        ("nobody", None, id),
        ("staff", house.dan, id),
        ("another firm", cast.alpine.ada, id),
        ("unknown", house.cleo, f"invoice_{uuid7().hex}"),
        ("another kind", house.cleo, ids.written("client", house.bakery)),
        ("no id", house.cleo, "a%00b"),
    ):
        answer = await fetched(outside, person, wanted)
        told[name] = answer.status_code
        assert "The Bakery" not in answer.text
    assert told == {"nobody": 401, "staff": 403, "another firm": 404, "unknown": 404,
                    "another kind": 404, "no id": 404}  # fmt: skip
    assert (await fetched(outside, None, id, authorization="Digest x")).status_code == 401


async def test_the_pages_cookie_opens_it_too(outside: Outside) -> None:
    house = await one_firm()
    id = ids.written("invoice", await an_invoice(house))
    key = await outside.key_of(house.cleo)
    answer = await fetched(outside, None, id, "?inline", cookie=f"openpractice={key}")
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("locale", "total"),
    [("en-GB", "£1,212.50"), ("de-CH", "£ 1’212.50"), ("zz-ZZ", "£1,212.50")],
)
async def test_amounts_and_days_are_written_as_the_firm_writes_them(
    cast: Cast, locale: str, total: str
) -> None:
    house = cast.harbour
    async with unit_of_work(house.ada):
        await (await Firm.load(house.id)).change({"locale": locale}, None)
    said = await facts(house, await an_invoice(house))
    assert said["total"].replace("\xa0", " ") == total


async def test_time_shows_in_hours_and_minutes_as_on_the_page_beside_it(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.cleo):
        invoice = await draft(client_id=house.bakery)
        for seconds in (5401, 5429, 5430):
            await invoice.add_line(description="Work", price=Money(1, "GBP"), seconds=seconds)
        lines = (await facts_of(invoice))["lines"]
    assert [line["time"] for line in lines] == ["1:30 h", "1:30 h", "1:31 h"]


async def test_many_documents_at_once_are_the_same_bytes_and_leave_the_loop_free() -> None:
    facts: dict[str, Any] = {
        "firm": "F", "entity": "E", "tax_ids": [], "client": "C", "number": "7",
        "issue_date": None, "due_date": None, "taxes": [], "net": "1", "tax": "0", "total": "1",
        "lines": [{"description": "x" * 40, "time": None, "rate": "0 %", "net": "1"}] * 200,
    }  # fmt: skip
    renderer, ticks = Typst(), 0
    made = asyncio.gather(*(renderer.pdf("invoice", facts) for _ in range(4)))
    while not made.done():
        await asyncio.sleep(0)
        ticks += 1
    renderer.close()
    assert len(set(await made)) == 1
    assert ticks > 10
    assert len(PdfReader(BytesIO((await made)[0])).pages) > 3
