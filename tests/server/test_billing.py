"""Billing over the wire: from a rate to a paid invoice, and what others than managers read."""

from typing import Any

import pytest

from schema import ids
from tests.billing import DAY, priced, worked
from tests.cast import House, one_firm
from tests.server.outside import Outside

MONEY = "{ amount currency }"
INVOICE = f"""
  id number status pdf net {MONEY} tax {MONEY} total {MONEY} outstanding {MONEY} paid {MONEY}
  credited {MONEY} taxTotals {{ category rate net {MONEY} tax {MONEY} }}
  lines {{ id description seconds standard {MONEY} net {MONEY} timeEntries {{ seconds }} }}
  payments {{ amount {MONEY} applied {MONEY} }} creditNotes {{ number amount {MONEY} }}
  ledgerEntries {{ account amount {MONEY} transaction {{ kind }} }}
"""


@pytest.fixture
async def house(outside: Outside) -> House:
    house = await one_firm()
    await priced(house)
    return house


async def do(outside: Outside, person: Any, verb: str, answer: str, **input: Any) -> Any:
    """The payload of a mutation."""
    kind = verb[0].upper() + verb[1:] + "Input!"
    query = f"mutation ($input: {kind}) {{ {verb}(input: $input) {{ {answer}"
    return (await outside.ask(
        person, query + " errors { __typename message code path } } }", input=input
    ))[verb]  # fmt: skip


def pounds(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "GBP"}


async def test_from_time_to_a_paid_invoice(outside: Outside, house: House) -> None:
    await worked(house, house.books, (house.dan, 5400))
    cleo, books = house.cleo, ids.written("job", house.books)

    made = await do(outside, cleo, "draftInvoice", f"invoice {{ {INVOICE} }}", jobId=books)
    invoice = made["invoice"]
    assert (invoice["number"], invoice["status"], invoice["total"]) == (
        None, "DRAFT", pounds("180.00"),
    )  # fmt: skip
    (line,) = invoice["lines"]
    assert (line["seconds"], line["timeEntries"]) == (5400, [{"seconds": 5400}])

    await do(outside, cleo, "adjustInvoiceLine", "invoiceLine { id }", id=line["id"],
             adjustment=pounds("-30.00"), reason="Slow day")  # fmt: skip
    await do(outside, cleo, "addInvoiceLine", "invoiceLine { id }", invoiceId=invoice["id"],
             description="Filing", price=pounds("50"), taxCategory="STANDARD", taxRate="20")  # fmt: skip
    issued = await do(outside, cleo, "issueInvoice", f"invoice {{ {INVOICE} }}", id=invoice["id"])
    assert (issued["invoice"]["number"], issued["invoice"]["status"]) == (1, "ISSUED")
    assert issued["invoice"]["total"] == pounds("210.00")
    assert issued["invoice"]["taxTotals"] == [
        {"category": "STANDARD", "rate": "20", "net": pounds("50.00"), "tax": pounds("10.00")},
        {"category": "ZERO", "rate": "0", "net": pounds("150.00"), "tax": pounds("0.00")},
    ]

    paid = await do(outside, cleo, "recordPayment", f"invoice {{ {INVOICE} }}",
                    invoiceId=invoice["id"], amount=pounds("10.00"), provider="bank",
                    externalId="1")  # fmt: skip
    assert (paid["invoice"]["status"], paid["invoice"]["outstanding"]) == (
        "PART_PAID", pounds("200.00"),
    )  # fmt: skip
    bakery = ids.written("client", house.bakery)
    owed = await outside.ask(cleo, "query ($id: ID!) { client(id: $id) { receivable "
                             f"{MONEY} }} }}", id=bakery)  # fmt: skip
    assert owed == {"client": {"receivable": [pounds("200.00")]}}
    credited = await do(outside, cleo, "creditInvoice", f"invoice {{ {INVOICE} }}",
                        invoiceId=invoice["id"], reason="Kindness")  # fmt: skip
    assert credited["invoice"]["status"] == "CREDITED"
    balances: dict[str, int] = {}
    for entry in credited["invoice"]["ledgerEntries"]:
        minor = int(entry["amount"]["amount"].replace(".", ""))
        balances[entry["account"]] = balances.get(entry["account"], 0) + minor
    assert balances == {"RECEIVABLE": 0, "FEES": -3000, "ADJUSTMENTS": 3000, "TAX": 0,
                        "BANK": 1000, "CLIENT_CREDIT": -1000}  # fmt: skip


async def test_invoices_are_found_by_client_status_and_date(outside: Outside, house: House) -> None:
    cleo, made = house.cleo, dict[str, Any]()
    for name in (house.bakery, house.mill):
        made = await do(outside, cleo, "draftInvoice", "invoice { id }",
                        clientId=ids.written("client", name))  # fmt: skip
        await do(outside, cleo, "addInvoiceLine", "invoice { id }", description="Fee",
                 invoiceId=made["invoice"]["id"], price=pounds("1"))  # fmt: skip
    await do(outside, cleo, "issueInvoice", "invoice { id }", id=made["invoice"]["id"],
             issueDate="2024-01-01")  # fmt: skip

    for filter, names in (
        ({}, ["The Mill", "The Bakery"]),
        ({"client": {"eq": ids.written("client", house.bakery)}}, ["The Bakery"]),
        ({"job": {"isNull": True}}, ["The Mill", "The Bakery"]),
        ({"job": {"eq": ids.written("job", house.books)}}, []),
        ({"status": {"eq": "OVERDUE"}}, ["The Mill"]),
        ({"status": {"in": ["DRAFT", "PAID"]}}, ["The Bakery"]),
        ({"issueDate": {"lte": "2024-01-01"}}, ["The Mill"]),
        ({"dueDate": {"gt": "2024-02-01"}}, []),
    ):
        found = await outside.ask(
            cleo, "query ($filter: InvoiceFilter) { invoices(filter: $filter)"
            " { totalCount nodes { client { name } } } }", filter=filter,
        )  # fmt: skip
        assert [node["client"]["name"] for node in found["invoices"]["nodes"]] == names
        assert found["invoices"]["totalCount"] == len(names)


async def test_an_entry_says_which_rate_prices_it_to_those_who_see_billing_alone(
    outside: Outside, house: House
) -> None:
    await worked(house, house.books, (house.dan, 1800))
    await do(outside, house.cleo, "setRate", "rate { id }", fromDate=str(DAY), hourly="99.99",
             memberId=ids.written("member", house.dan.id))  # fmt: skip
    query = f"""{{ timeEntries {{ nodes {{ rateExplanation {{
      rate {{ scope hourly }} value {MONEY} losers {{ scope hourly }} }} }} }} }}"""

    told = await outside.ask(house.cleo, query)

    assert told["timeEntries"]["nodes"] == [{"rateExplanation": {
        "rate": {"scope": "MEMBER", "hourly": "99.99"}, "value": pounds("50.00"),
        "losers": [{"scope": "FIRM", "hourly": "120"}],
    }}]  # fmt: skip
    told = await outside.ask(house.dan, query)
    assert told["timeEntries"]["nodes"] == [{"rateExplanation": None}]


async def test_an_entry_says_that_it_is_billed_and_on_what_to_those_who_see_billing_alone(
    outside: Outside, house: House
) -> None:
    await worked(house, house.books, (house.dan, 1800))
    query = "{ timeEntries { nodes { billed invoice { number status } } } }"
    told = await outside.ask(house.cleo, query)
    assert told["timeEntries"]["nodes"] == [{"billed": False, "invoice": None}]

    await do(outside, house.cleo, "draftInvoice", "invoice { id }",
             jobId=ids.written("job", house.books))  # fmt: skip

    told = await outside.ask(house.cleo, query)
    on = {"number": None, "status": "DRAFT"}
    assert told["timeEntries"]["nodes"] == [{"billed": True, "invoice": on}]
    told = await outside.ask(house.dan, query)
    assert told["timeEntries"]["nodes"] == [{"billed": True, "invoice": None}]


@pytest.mark.parametrize(
    "sent",
    [
        "1,00",
        1,
        1.5,
        1e5,
        "1e5",
        "NaN",
        "Infinity",
        10**400,
        "9" * 400,
        True,
        None,
        {"a": 1},
        ["1"],
    ],
)
async def test_what_is_no_decimal_text_is_refused_in_clear_words(
    outside: Outside, house: House, sent: Any
) -> None:
    made = await do(outside, house.cleo, "draftInvoice", "invoice { id }",
                    clientId=ids.written("client", house.bakery))  # fmt: skip
    input = {"invoiceId": made["invoice"]["id"], "description": "Fee",
             "price": {"amount": sent, "currency": "GBP"}}  # fmt: skip
    answer = await outside.post(
        house.cleo, variables={"input": input},
        query="mutation ($input: AddInvoiceLineInput!) { addInvoiceLine(input: $input)"
        " { errors { message } } }",
    )  # fmt: skip
    assert answer.status_code in (200, 400)
    assert "errors" in answer.json()
    assert "INTERNAL" not in answer.text


async def test_a_refusal_says_where_in_the_input_it_lies_down_to_the_field_and_the_step(
    outside: Outside, house: House
) -> None:
    made = await do(outside, house.cleo, "draftInvoice", "invoice { id }",
                    clientId=ids.written("client", house.bakery))  # fmt: skip
    line = {"invoiceId": made["invoice"]["id"], "description": "Fee"}
    for price, path in (
        ({"amount": "1.005", "currency": "GBP"}, ["price", "amount"]),
        ({"amount": "-1", "currency": "GBP"}, ["price", "amount"]),
        ({"amount": "1", "currency": "CHF"}, ["price", "currency"]),
        ({"amount": "1", "currency": "XYZ"}, ["price", "currency"]),
    ):
        (error,) = (await do(outside, house.cleo, "addInvoiceLine", "invoice { id }", **line,
                             price=price))["errors"]  # fmt: skip
        assert error["path"] == ["input", *path]
    template = {"serviceId": ids.written("service", house.bookkeeping), "name": "Books"}
    for step, part in (({"title": "Post", "dependsOn": [2]}, "dependsOn"),
                       ({"title": "Post", "notes": None}, "notes")):  # fmt: skip
        (error,) = (await do(outside, house.cleo, "createTemplate", "template { id }", **template,
                             steps=[{"title": "Gather"}, step]))["errors"]  # fmt: skip
        assert error["path"] == ["input", "steps", "1", part]


async def test_a_refusal_tells_how_all_stands_that_the_input_names(
    outside: Outside, house: House
) -> None:
    draft = await do(outside, house.cleo, "draftInvoice", "invoice { id }",
                     clientId=ids.written("client", house.bakery))  # fmt: skip
    refused = await do(outside, house.cleo, "recordPayment", "payment { id } invoice { status }",
                       invoiceId=draft["invoice"]["id"], amount=pounds("1"))  # fmt: skip
    assert [error["code"] for error in refused["errors"]] == ["NOT_ISSUED"]
    assert (refused["payment"], refused["invoice"]) == (None, {"status": "DRAFT"})
