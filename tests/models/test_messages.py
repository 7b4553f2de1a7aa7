"""Messages: each side reads what the other wrote, and what was said stays said."""

from uuid import UUID

import asyncpg
import pytest

from models.contacts import Contact
from models.errors import NotFound
from models.events import EventKind
from models.messages import Message
from models.unit_of_work import reading, unit_of_work
from models.viewer import Viewer
from tests.cast import Cast, House
from tests.guests import guest
from tests.verify import verify_action, verify_refusal


async def said(by: Viewer, house: House, body: str, job_id: UUID | None = None) -> Message:
    async with unit_of_work(by):
        return await Message.send(client_id=house.bakery, job_id=job_id, body=body)


async def unread(house: House) -> list[str]:
    async with reading(house.ada) as unit:
        rows = await unit.fetch("select body from message where read_at is null order by id")
    return [row["body"] for row in rows]


async def test_a_member_writes_and_the_contact_reads_it_with_all_before(cast: Cast) -> None:
    house = cast.harbour
    kit = await guest(house)
    await said(house.dan, house, "One", house.books)
    await said(house.dan, house, "Beside")
    async with verify_action(house, house.dan) as sent:
        two = await Message.send(client_id=house.bakery, job_id=house.books, body="Two")

    assert (two.author, two.member_id, two.contact_id) == ("Dan", house.dan.id, None)
    assert sent.kinds == ["message.sent"]
    async with verify_action(house, kit) as read:
        await (await Message.load(two.id, lock=False)).read()
    assert read.kinds == ["message.read", "message.read"]
    assert await unread(house) == ["Beside"]


async def test_a_contact_writes_in_their_own_name_and_reading_twice_is_once(cast: Cast) -> None:
    house = cast.harbour
    kit = await guest(house)
    async with verify_action(house, kit) as sent:
        message = await Message.send(client_id=house.bakery, job_id=house.books, body="When?")

    assert (message.author, message.contact_id) == ("Kit", kit.contact_id)
    assert sent.only(EventKind.MESSAGE_SENT)["client_id"] == str(house.bakery)
    for kinds in (["message.read"], []):
        async with verify_action(house, house.dan) as read:
            await (await Message.load(message.id, lock=False)).read()
        assert read.kinds == kinds


async def test_nobody_reads_in_the_name_of_the_other_side(cast: Cast) -> None:
    house = cast.harbour
    kit = await guest(house)
    ours, theirs = await said(house.dan, house, "Ours"), await said(kit, house, "Theirs")
    for viewer, message in ((house.dan, ours), (kit, theirs)):
        async with unit_of_work(viewer):
            await (await Message.load(message.id, lock=False)).read()
    assert await unread(house) == ["Theirs"], "what Dan wrote stands before what Kit read"


async def test_whoever_does_not_see_the_client_writes_to_nobody(cast: Cast) -> None:
    house = cast.harbour
    kit = await guest(house)
    for viewer, client, job, path in (
        (kit, house.mill, None, "clientId"),
        (kit, house.bakery, house.year_end, "jobId"),
        (house.dan, house.vault, None, "clientId"),
        (house.dan, house.bakery, house.year_end, "jobId"),
        (house.dan, cast.alpine.bakery, None, "clientId"),
    ):
        async with verify_refusal(house, viewer, NotFound, path=path):
            await Message.send(client_id=client, job_id=job, body="Hello")


@pytest.mark.parametrize(
    "attempt", ["update message set body = 'Mine'", "update message set read_at = null"]
)
async def test_what_was_said_and_read_stays_also_against_sql(cast: Cast, attempt: str) -> None:
    house = cast.harbour
    message = await said(await guest(house), house, "When?")
    async with unit_of_work(house.dan):
        await (await Message.load(message.id, lock=False)).read()
    with pytest.raises(asyncpg.CheckViolationError):
        async with unit_of_work(house.dan) as unit:
            await unit.execute(attempt)


async def test_a_contact_who_was_shown_out_reads_no_more(cast: Cast) -> None:
    house = cast.harbour
    kit = await guest(house)
    message = await said(house.dan, house, "Hello")
    async with unit_of_work(house.ada):
        await (await Contact.load(kit.contact_id or house.id)).close_portal(house.bakery)
    async with verify_refusal(house, kit, NotFound):
        await (await Message.load(message.id, lock=False)).read()
