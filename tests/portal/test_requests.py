"""A client's contact sends what they were asked for, over HTTP, and the firm's board hears it."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from models.database import Database
from tests.cast import Cast, House
from tests.filing import File, fetch, post
from tests.guests import invited, mailed
from tests.portal.visiting import Browser, Portal, portal_at
from tests.server.outside import Outside, outside
from tests.server.talking import hear, subscribe
from tests.servers import S3, DatabaseMaker

pytestmark = pytest.mark.files

ASK = (
    "mutation($input: CreateRequestInput!) { createRequest(input: $input)"
    " { request { id items { id } } errors { code } } }"
)
SEE = (
    "{ requests { title state dueDate overdue client { name } job { title stage }"
    " items { id text kind state answer documents { name state } } } }"
)
STAND = "{ jobs { title stage client { name } } documents { id name askedFor } }"
ANSWER = (
    "mutation($input: AnswerItemInput!) { answerItem(input: $input)"
    " { item { state answer } errors { code message } } }"
)
START = (
    "mutation($input: StartUploadInput!) { startUpload(input: $input) { document { id state }"
    " form { url fields { name value } } errors { code path } } }"
)
COMPLETE = (
    "mutation($input: CompleteUploadInput!) { completeUpload(input: $input)"
    " { document { id state refusal } errors { code } } }"
)
FETCH = "query($id: ID!) { downloadLink(documentId: $id) { url } }"


@pytest.fixture(scope="module")
async def portal(practice: Database, make_database: DatabaseMaker, s3: S3) -> AsyncIterator[Portal]:
    async with make_database() as own, outside(own, **s3) as site:
        portal = portal_at(site)
        yield portal
        for browser in portal.browsers:
            await browser.http.aclose()


async def signed_in(portal: Portal, house: House, email: str) -> Browser:
    """Somebody of the bakery, in the portal."""
    browser = portal.browser()
    token = await mailed(house, await invited(house, house.bakery, email=email))
    assert await browser.redeem(token) == []
    return browser


async def asked(site: Outside, house: House, *items: dict[str, str]) -> list[str]:
    """Dan asks the bakery for something; the items' ids."""
    given = {"jobId": f"job_{house.books.hex}", "title": "Year-end papers", "items": list(items)}
    answer = (await site.ask(house.dan, ASK, input=given))["createRequest"]
    assert answer["errors"] == []
    return [item["id"] for item in answer["request"]["items"]]


async def send(kit: Browser, item: str, file: File) -> dict[str, Any]:
    """Announce, send, have it looked at: what became of the document."""
    start = (await kit.ask(START, input={"itemId": item, **file.told}))["startUpload"]
    assert start["errors"] == []
    fields = {field["name"]: field["value"] for field in start["form"]["fields"]}
    sent = await post({"url": start["form"]["url"], "fields": fields}, file.content)
    assert sent.status_code == 204, sent.text
    done = (await kit.ask(COMPLETE, input={"id": start["document"]["id"]}))["completeUpload"]
    assert done["errors"] == []
    return dict(done["document"])


async def test_a_contact_sends_all_and_the_card_moves_on_the_firms_board(
    portal: Portal, cast: Cast
) -> None:
    house, site = cast.harbour, portal.site
    kit = await signed_in(portal, house, "kit@way.example")
    deeds, cars = await asked(
        site, house, {"kind": "FILE", "text": "The deeds"}, {"kind": "QUESTION", "text": "Cars?"}
    )
    seen = await kit.ask(SEE)
    (request,) = seen["requests"]
    assert (request["state"], request["job"]["stage"]) == ("OPEN", "We need something from you")
    assert request["overdue"] is False
    assert [item["state"] for item in request["items"]] == ["OPEN", "OPEN"]

    async with site.socket(house.dan) as board:
        await subscribe(
            board, "1", "subscription { boardChanges(filter: {scope: EVERYTHING, due: ANY}) {"
            " __typename ... on BoardChanges { changes { job { category } } } } }",
        )  # fmt: skip
        await hear(board)
        document = await send(kit, deeds, File())
        answer = (await kit.ask(ANSWER, input={"id": cars, "answer": "None."}))["answerItem"]
        async with asyncio.timeout(10):
            while '"category": "IN_PROGRESS"' not in str(await hear(board)).replace("'", '"'):
                pass

    after = await kit.ask(SEE)
    assert document["state"] == "CLEAN"
    assert answer == {"item": {"state": "FULFILLED", "answer": "None."}, "errors": []}
    assert after["requests"][0]["state"] == "FULFILLED"
    stand = await kit.ask(STAND)
    assert stand["jobs"] == [
        {"title": "Books", "stage": "In progress", "client": {"name": "The Bakery"}}
    ]
    assert [(one["name"], one["askedFor"]) for one in stand["documents"]] == [
        ("Deeds of the bakery.pdf", True)
    ]
    link = (await kit.ask(FETCH, id=document["id"]))["downloadLink"]["url"]
    assert (await fetch(link)).headers["content-disposition"].startswith("attachment;")


async def test_a_program_in_a_files_clothes_is_refused_in_words_and_the_item_stays_open(
    portal: Portal, cast: Cast
) -> None:
    house = cast.harbour
    kit = await signed_in(portal, house, "kit@wrong.example")
    (deeds,) = await asked(portal.site, house, {"kind": "FILE", "text": "The deeds"})

    document = await send(kit, deeds, File(b"MZ\x90 a program"))

    (request,) = (await kit.ask(SEE))["requests"]
    assert document["state"] == "REFUSED"
    assert document["refusal"] == "What is in the file is not application/pdf."
    assert request["items"][0]["state"] == "OPEN"


async def test_the_same_call_under_one_key_answers_once_in_the_portal_too(
    portal: Portal, cast: Cast
) -> None:
    house = cast.harbour
    kit = await signed_in(portal, house, "kit@twice.example")
    cars, _ = await asked(
        portal.site, house, *({"kind": "QUESTION", "text": text} for text in ("Cars?", "Vans?"))
    )
    given: Any = {"id": cars, "answer": "None.", "idempotencyKey": "one"}

    answers = [(await kit.ask(ANSWER, input=given))["answerItem"] for _ in range(2)]
    other = (await kit.ask(ANSWER, input={**given, "answer": "Two."}))["answerItem"]

    assert answers[0] == answers[1]
    assert [error["code"] for error in other["errors"]] == ["IDEMPOTENCY_MISMATCH"]
