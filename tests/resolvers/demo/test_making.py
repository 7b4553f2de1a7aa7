"""Making the demo firms: once, shown while it goes on, anew when cut off or refreshed."""

from datetime import datetime

import pytest
from uuid_utils.compat import uuid7

from models.database import Database
from models.migrations import migrate
from models.portal_sign_in import contacts_at
from resolvers import demo
from resolvers.demo.ashworth import ASHWORTH
from resolvers.demo.making import make_firm
from resolvers.demo.tavares import TAVARES
from tests.models.pools import small_pool
from tests.resolvers.demo.demo_firm import DemoFirm, firm_of
from tests.server.launcher import say
from tests.servers import DatabaseMaker, DemoFirms


async def test_the_command_shows_how_far_it_is(demo_firms: DemoFirms) -> None:
    assert demo_firms.told.splitlines() == [
        "Making the demo firms …",
        *(f"Making the demo firms: {percent} %" for percent in (25, 50, 75, 100)),
    ]


async def test_where_they_are_the_command_says_so(
    demo_firms: DemoFirms, make_database: DatabaseMaker
) -> None:
    async with make_database(like=demo_firms.database) as own:
        await migrate(own.migrate_url)  # a copy looks like a backup that was restored, once
        known = {"DATABASE_URL": own.url, "MIGRATE_DATABASE_URL": own.migrate_url}
        assert await say("demo", before=(), REDIS_URL="memory://", **known) == (
            0, "The demo firms are there; `openpractice demo --refresh` makes them anew.\n", "",
        )  # fmt: skip


async def test_made_twice_makes_nothing_twice(ashworth: DemoFirm, tavares: DemoFirm) -> None:
    before = [await firm.value("select seq from firm_stream") for firm in (ashworth, tavares)]

    assert await demo.are_there()
    await demo.make(lambda _done, _total: None)

    assert await firm_of(ASHWORTH) == ashworth
    assert before == [
        await firm.value("select seq from firm_stream") for firm in (ashworth, tavares)
    ]


class CutOff(Exception):
    """Somebody has pulled the plug."""


async def test_one_that_was_cut_off_is_made_anew_and_refreshed_it_is_another_one(
    practice: Database, own_database_url: str
) -> None:
    def pull_the_plug(done: int, _total: int) -> None:
        if done > 5:
            raise CutOff

    async with small_pool(own_database_url, size=4):
        with pytest.raises(CutOff):
            await demo.make(pull_the_plug, [TAVARES])
        assert await demo.people() == []

        await demo.make(lambda _done, _total: None, [TAVARES])
        before, people = await firm_of(TAVARES), await demo.people()
        assert len(people) == 4
        assert await before.value("select count(*) from client") == 10

        await demo.refresh(lambda _done, _total: None, [TAVARES])
        assert await firm_of(TAVARES) != before
        assert await demo.people() == people, "the same people sign in"
        (contact,) = await demo.contacts()
        doors = [found.firm_id for found in await contacts_at(contact["email"])]
        assert before.id not in doors, "no letter leads into the old one"


@pytest.mark.parametrize("day", ["2028-02-29T12:00", "2027-01-01T00:10"])
async def test_it_can_be_made_on_any_day(
    practice: Database, own_database_url: str, day: str
) -> None:
    now, id = datetime.fromisoformat(f"{day}+00:00"), uuid7()
    async with small_pool(own_database_url, size=4):
        await make_firm(id, TAVARES, lambda _done: None, now)
        firm = DemoFirm(id)

        assert await firm.value("select max(at) from event where kind <> 'credential.set'") <= now
        assert await firm.pairs(
            "select category, count(*) from job where category in ('waiting_on_client',"
            " 'in_review') group by 1"
        ) == {"waiting_on_client": 2, "in_review": 1}
        late = "select count(*) from job where due_date < $1 and category not in ('done')"
        assert await firm.value(late, now.date()) == 1
