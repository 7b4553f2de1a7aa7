"""Whom a request is written to, and what the letter says."""

from collections.abc import AsyncIterator
from datetime import date

import pytest

from models.database import Database, database
from models.requests import Request
from models.unit_of_work import unit_of_work
from server.mail import Inbox
from tests.cast import Cast
from tests.guests import invited
from tests.models.test_requests import TWO


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
