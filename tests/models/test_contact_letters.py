"""Whom the firm writes to about the portal, and what the letters say."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date

import pytest

from models.database import Database, database
from models.messages import Message
from models.requests import Request
from models.unit_of_work import unit_of_work
from server.mail import Inbox
from tests.asking import TWO
from tests.cast import Cast
from tests.guests import guest, invited
from tests.models.test_messages import said


@pytest.fixture
async def inbox(practice: Database) -> AsyncIterator[Inbox]:
    """Where the letters of this test come."""
    inbox, before = Inbox("https://practice.example"), practice.mailer
    practice.mailer = inbox
    yield inbox
    practice.mailer = before


async def test_the_clients_contacts_are_told_by_mail_and_nobody_else(
    cast: Cast, inbox: Inbox
) -> None:
    house = cast.harbour
    assert database().mailer is inbox
    await invited(house, house.bakery, email="kit@bakery.example")
    await invited(house, house.mill, email="kim@mill.example")
    inbox.letters.clear()
    async with unit_of_work(house.dan):
        await Request.make(
            job_id=house.books, title="Year-end\npapers", items=TWO, due_date=date(2026, 5, 1)
        )

    (letter,) = inbox.letters
    assert (letter.to, letter.sender) == ("kit@bakery.example", "Harbour Accountants")
    assert letter.subject == "Harbour Accountants needs something from you: Year-end papers"
    assert "for The Bakery, by 1 May 2026:" in letter.text
    assert "https://practice.example/portal\n" in letter.text
    assert "cars" not in letter.text, "what exactly is asked stands in the portal alone"


async def test_contacts_are_told_once_until_they_have_read_and_never_what(
    cast: Cast, inbox: Inbox
) -> None:
    house = cast.harbour
    kit = await guest(house)
    inbox.letters.clear()
    await said(house.dan, house, "Your secret figures")
    last = await said(house.dan, house, "And more")
    (letter,) = inbox.letters
    assert (letter.to, letter.subject) == (
        "kit@bakery.example", "A message from Harbour Accountants waits for you"
    )  # fmt: skip
    assert "secret" not in letter.text

    async with unit_of_work(kit):
        await (await Message.load(last.id, lock=False)).read()
    await said(kit, house, "Thanks")
    await said(house.dan, house, "Again")

    assert len(inbox.letters) == 2, "their own message is no news to them"


async def test_of_two_who_write_at_once_one_letter_tells(cast: Cast, inbox: Inbox) -> None:
    house = cast.harbour
    await guest(house)
    inbox.letters.clear()
    await asyncio.gather(*(said(person, house, "Hello") for person in (house.dan, house.cleo) * 3))
    assert len(inbox.letters) == 1


async def test_who_is_let_in_later_is_told_of_the_next_message(cast: Cast, inbox: Inbox) -> None:
    house = cast.harbour
    await said(house.dan, house, "Is anybody there?")
    await guest(house)
    inbox.letters.clear()
    for body in ("Hello", "And hello again"):
        await said(house.dan, house, body)
    (letter,) = inbox.letters
    assert letter.to == "kit@bakery.example"
