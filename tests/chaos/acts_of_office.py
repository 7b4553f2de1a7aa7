"""What else members do: clients and who may see them, what clients are asked for, money."""

import random
from typing import Any

from tests.chaos.acts import BILLERS, WORDS, Act, acts
from tests.chaos.stage import Stage

acts.of_one(1, "updateClient", "client", notes=WORDS)
acts.of_one(0.5, "cancelRequest", "request", ends=True)
acts.of_one(1, "acceptItem", "item")
acts.of_one(0.5, "rejectItem", "item", reason=WORDS)
acts.of_one(1, "readMessage", "message")
acts.of_one(1, "issueInvoice", "invoice", people=BILLERS)
acts.of_one(0.5, "discardInvoice", "invoice", people=BILLERS)
acts.of_one(0.3, "creditInvoice", "invoice", key="invoiceId", reason=WORDS, people=BILLERS)
acts.of_one(1, "removeInvoiceLine", "line", ends=True, people=BILLERS)
acts.of_one(0.3, "endRecurrence", "recurrence", ends=True, people=BILLERS)
acts.of_one(1, "endClientRole", "role", ends=True)


@acts.add(0.5)
def create_a_client(stage: Stage, chance: random.Random) -> Act | None:
    said = {"name": chance.choice(WORDS), "restricted": chance.random() < 0.3}
    return Act("createClient", said, "client", "made: client { id }")


@acts.add(1, ("ada", "ben"))
def restrict_a_client_or_open_it(stage: Stage, chance: random.Random) -> Act | None:
    mill = {"id": stage.id("client", "mill")}
    return Act("updateClient", {**mill, "restricted": chance.random() < 0.5})


@acts.add(1, ("ada", "ben"))
def give_somebody_a_part(stage: Stage, chance: random.Random) -> Act | None:
    """Dan sees the vault and Finn the mill with it; without it they do not."""
    who, where = chance.choice([("dan", "vault"), ("finn", "mill"), ("eve", "mill")])
    said = {
        "clientId": stage.id("client", where),
        "memberId": stage.member(who),
        "role": "PREPARER",
    }
    return Act("assignClientRole", said, "role", "made: clientRole { id }")


@acts.add(1.5, ("ada",))
def change_a_role(stage: Stage, chance: random.Random) -> Act | None:
    said = {"id": stage.member("eve"), "role": chance.choice(["STAFF", "MANAGER"])}
    return Act("updateMember", said)


@acts.add(1, ("ada", "ben"))
def open_the_portal_or_close_it(stage: Stage, chance: random.Random) -> Act | None:
    """Kit sees the mill, too, or the bakery alone."""
    said = {"contactId": stage.contacts["kit"], "clientId": stage.id("client", "mill")}
    return Act(chance.choice(["inviteToPortal", "withdrawFromPortal"]), said)


@acts.add(1)
def ask_for_something(stage: Stage, chance: random.Random) -> Act | None:
    items = [{"kind": "QUESTION", "text": word} for word in chance.sample(WORDS, 2)]
    said = {"jobId": stage.one("job", chance), "title": chance.choice(WORDS), "items": items}
    return Act("createRequest", said, "request", "made: request { id items { id } }")


@acts.add(1)
def write_to_a_client(stage: Stage, chance: random.Random) -> Act | None:
    client = stage.id("client", chance.choice(["bakery", "mill"]))
    said = {"clientId": client, "body": chance.choice(WORDS)}
    return Act("sendMessage", said, "message", "made: message { id }")


@acts.add(1, BILLERS)
def draft_an_invoice(stage: Stage, chance: random.Random) -> Act | None:
    said: dict[str, Any] = {"jobId": stage.one("job", chance)}
    if chance.random() < 0.5:
        said = {"clientId": stage.id("client", chance.choice(["bakery", "mill"]))}
    return Act("draftInvoice", said, "invoice", "made: invoice { id }")


@acts.add(1, BILLERS)
def add_a_line(stage: Stage, chance: random.Random) -> Act | None:
    invoice = stage.one("invoice", chance)
    price = {"amount": "12.50", "currency": "GBP"}
    said: dict[str, Any] = {"invoiceId": invoice, "description": "Fee", "price": price}
    return Act("addInvoiceLine", said, "line", "made: invoiceLine { id }") if invoice else None


@acts.add(1, BILLERS)
def record_a_payment(stage: Stage, chance: random.Random) -> Act | None:
    said = {"amount": {"amount": "1.00", "currency": "GBP"}}
    invoice = stage.one("invoice", chance)
    return Act("recordPayment", {"invoiceId": invoice, **said}) if invoice else None


@acts.add(0.5, BILLERS)
def let_it_come_back(stage: Stage, chance: random.Random) -> Act | None:
    """What is due already is the worker's to make."""
    said = {"clientId": stage.id("client", "bakery"), "templateId": stage.one("template", chance),
            "rule": "FREQ=MONTHLY", "firstDate": "2026-10-31"}  # fmt: skip
    return Act("startRecurrence", said, "recurrence", "made: recurrence { id }")
