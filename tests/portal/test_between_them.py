"""What is between a firm and a client's contact, over HTTP: messages, invoices, an invoice's
paper."""

from io import BytesIO
from typing import Any
from uuid import UUID

import httpx
from pypdf import PdfReader

from models.invoices import Invoice
from models.invoices.drafting import draft
from models.invoices.payments import Payment
from models.unit_of_work import unit_of_work
from schema import ids
from tests.billing import fee_draft, issued, money
from tests.cast import Cast, House
from tests.guests import come_in, invited
from tests.portal.visiting import Portal
from tests.server.talking import enter, hear, subscribe

OWED = (
    "{ invoices { number state total { amount currency } paid { amount } outstanding { amount } pdf"
    " lines { description net { amount } } } }"
)
SAID = "{ messages { id body author fromFirm readAt job { title } } }"
SEND = (
    "mutation($input: SendMessageInput!) { sendMessage(input: $input)"
    " { message { author body } errors { code path } } }"
)
SEND_AND_NAME = SEND.replace("author body", "id")
FOLLOW = (
    "subscription($since: StreamCursor) { portalChanges(since: $since) { __typename"
    " ... on PortalChanges { changes { entity id removed } } ... on Heartbeat { cursor } } }"
)
READ = (
    "mutation($input: ReadMessageInput!) { readMessage(input: $input)"
    " { message { readAt } errors { code } } }"
)
THREAD = (
    "query($job: ID!) { messages(filter: { job: { eq: $job } })"
    " { nodes: edges { node { body author readAt contact { name } } } } }"
)


class Kit:
    """A director of the bakery, signed in by bearer."""

    def __init__(self, portal: Portal, token: str) -> None:
        self.http = portal.site.http
        self.token = token
        self.headers = {"authorization": f"Bearer {token}"}

    async def ask(self, query: str, **variables: Any) -> Any:
        answer = await self.http.post(
            "/portal/graphql", json={"query": query, "variables": variables}, headers=self.headers
        )
        assert "errors" not in answer.json(), answer.text
        return answer.json()["data"]

    async def fetch(self, path: str) -> httpx.Response:
        return await self.http.get(path, headers=self.headers)


async def draft_for_the_mill(house: House) -> UUID:
    async with unit_of_work(house.cleo):
        invoice = await draft(client_id=house.mill)
        await invoice.add_line(description="Fee", price=money("10"))
        return invoice.id


async def kit_of(portal: Portal, house: House) -> Kit:
    return Kit(portal, await come_in(house, await invited(house, house.bakery)))


async def test_a_contact_sees_what_was_issued_and_where_it_stands_and_no_draft(
    portal: Portal, cast: Cast
) -> None:
    house = cast.harbour
    kit = await kit_of(portal, house)
    await fee_draft(house, "900")
    whole, part = await issued(house, "10"), await issued(house, "50", "50")
    async with unit_of_work(house.cleo):
        await Payment.receive(await Invoice.load(whole.id), money("12"))
        await Payment.receive(await Invoice.load(part.id), money("20"))

    owed = (await kit.ask(OWED))["invoices"]

    assert [(one["state"], one["outstanding"]["amount"]) for one in owed] == [
        ("OPEN", "100.00"), ("PAID", "0.00"),
    ]  # fmt: skip
    assert owed[0]["total"] == {"amount": "120.00", "currency": "GBP"}
    assert owed[0]["paid"] == {"amount": "20.00"}
    assert owed[0]["lines"] == [{"description": "Fee", "net": {"amount": "50.00"}}] * 2


async def test_a_contact_fetches_the_paper_of_an_invoice_of_theirs_alone(
    portal: Portal, cast: Cast
) -> None:
    house = cast.harbour
    kit = await kit_of(portal, house)
    mine, mills = await issued(house, "10"), await draft_for_the_mill(house)
    async with unit_of_work(house.cleo):
        await (await Invoice.load(mills)).issue()
    ours = await fee_draft(house, "9")
    (owed,) = (await kit.ask(OWED))["invoices"]

    paper = await kit.fetch(owed["pdf"])

    assert paper.headers["content-disposition"] == 'attachment; filename="invoice-1.pdf"'
    assert "Invoice 1" in " ".join(
        page.extract_text() for page in PdfReader(BytesIO(paper.content)).pages
    )
    for id in (ours.id, mills):
        path = f"/portal/documents/invoices/{ids.written('invoice', id)}.pdf"
        assert (await kit.fetch(path)).status_code == 404
    staffs = owed["pdf"].removeprefix("/portal")
    assert (await kit.fetch(staffs)).status_code == 401, "the staff's door knows no contact"
    assert (await portal.site.http.get(owed["pdf"])).status_code == 401
    assert owed["pdf"].endswith(f"{ids.written('invoice', mine.id)}.pdf")


async def test_what_a_contact_writes_stands_in_the_jobs_thread_under_their_name(
    portal: Portal, cast: Cast
) -> None:
    house = cast.harbour
    kit = await kit_of(portal, house)
    job = ids.written("job", house.books)
    given = {"clientId": ids.written("client", house.bakery), "jobId": job}

    sent = (await kit.ask(SEND, input={**given, "body": "When?"}))["sendMessage"]
    said = await portal.site.ask(house.dan, SEND, input={**given, "body": "In May."})

    assert sent == {"message": {"author": "Kit", "body": "When?"}, "errors": []}
    assert said["sendMessage"]["errors"] == []
    last, first = (await kit.ask(SAID))["messages"]
    assert (first["fromFirm"], last["fromFirm"], last["author"]) == (False, True, "Dan")
    assert last["job"] == {"title": "Books"}
    read = (await kit.ask(READ, input={"id": last["id"]}))["readMessage"]
    assert read["message"]["readAt"] is not None
    thread = (await portal.site.ask(house.dan, THREAD, job=job))["messages"]["nodes"]
    assert [one["node"]["contact"] for one in thread] == [None, {"name": "Kit"}]
    assert thread[0]["node"]["readAt"] == read["message"]["readAt"]


async def test_what_staff_write_is_told_on_the_portals_socket_and_after_a_break_once_more(
    portal: Portal, cast: Cast
) -> None:
    house = cast.harbour
    kit = await kit_of(portal, house)
    since = (await kit.ask("{ streamCursor }"))["streamCursor"]
    given = {"clientId": ids.written("client", house.bakery), "body": "Hello"}
    said = (await portal.site.ask(house.dan, SEND_AND_NAME, input=given))["sendMessage"]
    for _ in range(2):
        async with portal.connect("/portal/graphql") as socket:
            await enter(socket, kit.token)
            await subscribe(socket, "1", FOLLOW, since=since)
            told = (await hear(socket))["payload"]["data"]["portalChanges"]
        assert told["changes"] == [
            {"entity": "MESSAGE", "id": said["message"]["id"], "removed": False}
        ]
