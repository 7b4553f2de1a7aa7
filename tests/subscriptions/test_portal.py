"""What a contact is told live: what they are shown and nothing else, and again after a break."""

from decimal import Decimal
from uuid import UUID

from models.clients import Client
from models.comments import Comment
from models.contacts import Contact
from models.documents import Document
from models.invoices.drafting import draft
from models.invoices.payments import Payment
from models.jobs import Job
from models.messages import Message
from models.rates import Rate
from models.requests import Request
from models.tasks import Task
from models.time_entries import TimeEntry
from models.unit_of_work import unit_of_work
from models.workflows import WorkCategory
from subscriptions.cursors import ResyncReason
from subscriptions.feed import Feeds
from subscriptions.items import Resync
from subscriptions.portal import THEIRS, Change, PortalEntity
from tests.asking import TWO
from tests.billing import money
from tests.cast import Cast, House
from tests.filing import File
from tests.guests import guest, in_portal, invited
from tests.subscriptions.deeds import head
from tests.subscriptions.ear import Ear


async def say(house: House, client_id: UUID) -> UUID:
    async with unit_of_work(house.ada):
        return (await Message.send(client_id=client_id, body="Hello")).id


async def told(ear: Ear, house: House) -> list[Change]:
    """All that was told so far, up to a last word to the bakery, which is left out."""
    last = Change(PortalEntity.MESSAGE, await say(house, house.bakery), removed=False)
    await ear.until(lambda ear: last in ear.changes)
    return [change for change in ear.changes if change != last]


async def test_a_contact_hears_of_all_that_is_theirs(house: House, feeds: Feeds) -> None:
    kit = await guest(house)
    async with Ear(feeds.follow(kit, None, THEIRS)) as ear:
        await ear.first_item()
        async with unit_of_work(house.ada):
            request = await Request.make(job_id=house.books, title="Papers", items=TWO[:1])
            file = await Document.announce(client_id=house.bakery, shared=True, **File().said)
            invoice = await draft(client_id=house.bakery)
            await invoice.add_line(description="Fee", price=money("10"))
            await invoice.issue()
        heard = await told(ear, house)
        async with unit_of_work(house.ada):
            await Payment.receive(invoice, money("1"))
        paid = await told(ear, house)

    assert [(one.entity, one.id) for one in heard if one.entity is not PortalEntity.REQUEST_ITEM] == [
        (PortalEntity.REQUEST, request.id), (PortalEntity.JOB, house.books), (PortalEntity.DOCUMENT, file.id),
        (PortalEntity.INVOICE, invoice.id),
    ]  # fmt: skip
    assert not any(one.removed for one in heard)
    assert [(one.entity, one.id) for one in paid[len(heard) :]][-1] == (
        PortalEntity.INVOICE,
        invoice.id,
    )


async def test_what_leaves_their_sight_is_told_as_gone_and_never_what_they_had_not_seen(
    house: House, feeds: Feeds
) -> None:
    kit = await guest(house)
    async with unit_of_work(house.ada):
        request, other = [
            await Request.make(job_id=house.books, title=title, items=TWO[:1])
            for title in ("Papers", "More papers")
        ]
        shown = await Document.announce(client_id=house.bakery, shared=True, **File().said)
        hidden = await Document.announce(client_id=house.bakery, **File().said)
    async with Ear(feeds.follow(kit, None, THEIRS)) as ear:
        await ear.first_item()
        async with unit_of_work(house.ada):
            await request.cancel()
            await shown.change({"shared": False}, None)
            await hidden.change({"name": "Inside.pdf"}, None)
            await hidden.lapse()
            job = await Job.load(house.books)
            await job.move(stage=await job.stage_of(WorkCategory.CANCELLED))
        heard = await told(ear, house)

    assert {(one.entity, one.id) for one in heard if one.removed} == {
        (PortalEntity.REQUEST, request.id), (PortalEntity.REQUEST, other.id),
        (PortalEntity.DOCUMENT, shown.id), (PortalEntity.JOB, house.books),
    }  # fmt: skip
    assert hidden.id not in {one.id for one in heard}


async def test_nothing_of_another_client_another_firm_or_the_inside_ever_comes(
    cast: Cast, feeds: Feeds
) -> None:
    house = cast.harbour
    kit = await guest(house)
    async with Ear(feeds.follow(kit, None, THEIRS)) as ear:
        await ear.first_item()
        await say(house, house.mill)
        await say(house, house.vault)
        await say(cast.alpine, cast.alpine.bakery)
        async with unit_of_work(house.ada):
            job = await Job.load(house.books)
            await Comment.on_job(job, "They are slow.")
            await job.change({"budget_seconds": 3600, "owner_id": house.eve.id}, None)
            await Task.add(title="Inside", job_id=house.books)
            await TimeEntry.log(seconds=60, job_id=house.books)
            await Rate.set(
                client_id=house.bakery, from_date=job.created_at.date(), hourly=Decimal(90)
            )
            invoice = await draft(client_id=house.bakery)
            await invoice.add_line(description="Fee", price=money("10"))
            await Document.announce(client_id=house.bakery, **File().said)

        assert await told(ear, house) == []


async def test_after_a_break_it_goes_on_where_it_stopped(house: House, feeds: Feeds) -> None:
    kit = await guest(house)
    since = await head(house)
    first, second = await say(house, house.bakery), await say(house, house.bakery)

    async with Ear(feeds.follow(kit, since, THEIRS)) as ear:
        await ear.until(lambda ear: len(ear.changes) == 2)

    assert [change.id for change in ear.changes] == [first, second]


async def let_in(house: House, contact: Contact) -> None:
    mill = await Client.load(house.mill)
    await contact.link(mill, "director")
    await contact.open_portal(mill)


async def let_out(house: House, contact: Contact) -> None:
    await contact.close_portal(house.mill)


async def test_whoever_is_shown_more_or_less_begins_anew_and_nobody_else(
    house: House, feeds: Feeds
) -> None:
    kit = await guest(house)
    kim = in_portal(house, await invited(house, house.mill, email="kim@mill.example"))
    for deed in (let_in, let_out):
        async with (
            Ear(feeds.follow(kit, None, THEIRS)) as ear,
            Ear(feeds.follow(kim, None, THEIRS)) as other,
        ):
            await ear.first_item()
            await other.first_item()
            async with unit_of_work(house.ada):
                await deed(house, await Contact.load(kit.contact_id or house.id))
            await ear.until_over()
            said = await say(house, house.mill)
            await other.until(lambda ear: ear.changes)
        assert isinstance(ear.items[-1], Resync)
        assert ear.items[-1].reason is ResyncReason.ACCESS_CHANGED
        assert [change.id for change in other.changes] == [said]
