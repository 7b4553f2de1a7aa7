"""Requests and files: what comes from a client draws the job's card anew."""

import pytest

from models.documents import Document
from models.requests import ItemKind, Request, RequestItem
from models.unit_of_work import current
from subscriptions.feed import Feeds
from tests.cast import House
from tests.filing import File
from tests.subscriptions.test_touched import Deed, touched_by


async def ask_the_client(house: House) -> None:
    item = {"kind": ItemKind.QUESTION, "text": "Any cars?"}
    await Request.make(job_id=house.books, title="Papers", items=[item])


async def answer_for_the_client(house: House) -> None:
    row = await current().fetchrow("select * from request_item")
    await RequestItem.from_row(row or {}).answer_with("None.")


async def announce_a_file(house: House) -> None:
    await Document.announce(client_id=house.bakery, job_id=house.books, **File().said)


async def share_the_file(house: House) -> None:
    row = await current().fetchrow("select id from document")
    await (await Document.load((row or {})["id"])).change({"shared": True}, None)


@pytest.mark.parametrize(
    "deeds", [(ask_the_client, answer_for_the_client), (announce_a_file, share_the_file)]
)
async def test_the_card_is_drawn_anew(house: House, feeds: Feeds, deeds: tuple[Deed, ...]) -> None:
    for deed in deeds:
        assert await touched_by(house, feeds, deed) == ({house.books}, set())


async def test_a_file_of_the_client_alone_is_on_no_card(house: House, feeds: Feeds) -> None:
    async def announce(house: House) -> None:
        await Document.announce(client_id=house.bakery, **File().said)

    assert await touched_by(house, feeds, announce) == (set(), set())
