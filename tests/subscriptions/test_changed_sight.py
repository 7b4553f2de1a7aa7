"""Whoever sees otherwise than before begins anew; everybody else goes on undisturbed."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date

import pytest

from models.clients import Client, ClientRole
from models.contacts import Contact
from models.jobs import Job
from models.members import Member
from models.permissions import Permission, Role
from models.sign_in import ApiToken, Session
from models.teams import Team
from models.unit_of_work import current, unit_of_work
from resolvers.boards import Lens, jobs_on
from subscriptions.boards import JOBS
from subscriptions.cursors import ResyncReason
from subscriptions.feed import Feeds
from subscriptions.interest import Interest
from subscriptions.items import Resync
from subscriptions.touched import Touched, interest_in
from tests.cast import House, Person
from tests.subscriptions.deeds import head, write
from tests.subscriptions.ear import Ear, only_item
from tests.subscriptions.scribe import Scribe


async def change_role(house: House) -> None:
    member = await Member.load(house.dan.id)
    await member.change({"role": Role.MANAGER}, None)


async def leave(house: House) -> None:
    await (await Member.load(house.dan.id)).leave(date(2030, 1, 1))


async def restrict_the_mill(house: House) -> None:
    await (await Client.load(house.mill)).change({"restricted": True}, None)


async def assign_to_the_vault(house: House) -> None:
    await (await Client.load(house.vault)).assign(await Member.load(house.dan.id), "preparer")


async def rename(house: House) -> None:
    await (await Member.load(house.dan.id)).change({"name": "Daniel"}, None)


async def change_a_colleagues_role(house: House) -> None:
    await (await Member.load(house.eve.id)).change({"role": Role.MANAGER}, None)


async def assign_to_the_mill(house: House) -> None:
    await (await Client.load(house.mill)).assign(await Member.load(house.dan.id), "preparer")


async def assign_a_colleague_to_the_vault(house: House) -> None:
    await (await Client.load(house.vault)).assign(await Member.load(house.cleo.id), "preparer")


Deed = Callable[[House], Awaitable[None]]
CHANGES: list[Deed] = [change_role, leave, restrict_the_mill, assign_to_the_vault]
KEEPS: list[Deed] = [
    rename,
    change_a_colleagues_role,
    assign_to_the_mill,
    assign_a_colleague_to_the_vault,
]


@pytest.mark.parametrize("deed", CHANGES)
async def test_whose_sight_changes_begins_anew(house: House, feeds: Feeds, deed: Deed) -> None:
    async with Ear(feeds.follow(house.dan)) as dan, Ear(feeds.follow(house.ada)) as ada:
        await dan.first_item()
        await ada.first_item()
        async with unit_of_work(house.ada):
            await deed(house)
        await dan.until_over()
        await ada.until_told((await head(house)).seq)

    assert dan.items[-1] == Resync(ResyncReason.ACCESS_CHANGED, await head(house))
    assert dan.changes == []
    assert len(ada.changes) == 1


@pytest.mark.parametrize("deed", KEEPS)
async def test_whose_sight_stays_goes_on(house: House, feeds: Feeds, deed: Deed) -> None:
    async with Ear(feeds.follow(house.dan)) as dan:
        await dan.first_item()
        async with unit_of_work(house.ada):
            await deed(house)
        written = await write(house)
        await dan.until_told(written.seq)

    assert dan.changes[-1].kind == "task.created"


@pytest.mark.parametrize("personal", [False, True])
async def test_what_happens_to_a_hidden_clients_contact_alone_is_told_to_nobody_outside(
    house: House, feeds: Feeds, *, personal: bool
) -> None:
    async with unit_of_work(house.ben):
        contact = await Contact.add(name="Hidden")
        await contact.link(await Client.load(house.vault), "director")
    async with (
        Scribe().read_by(feeds, house.dan, personal=personal) as dan,
        Scribe().read_by(feeds, house.ada, personal=personal) as ada,
    ):
        await dan.first_item()
        await ada.first_item()
        async with unit_of_work(house.ben):
            await (await Contact.load(contact.id)).change({"name": "Seen by few"}, None)
        await ada.until_told((await head(house)).seq)
        written = await write(house)
        await dan.until_told(written.seq)

    assert [change.kind for change in ada.changes][:1] == ["contact.changed"]
    assert [change.kind for change in dan.changes] == ["task.created"]


async def test_the_end_of_a_part_at_a_restricted_client_ends_its_sight(
    house: House, feeds: Feeds
) -> None:
    async with Ear(feeds.follow(house.eve)) as eve:
        await eve.first_item()
        async with unit_of_work(house.ada) as unit:
            id = await unit.fetchval(
                "select id from client_role where client_id = $1 and member_id = $2",
                house.vault, house.eve.id,
            )  # fmt: skip
            await (await ClientRole.load(id)).end()
        await eve.until_over()

    assert eve.items[-1].reason is ResyncReason.ACCESS_CHANGED


async def test_a_contractor_assigned_to_any_client_begins_anew(house: House, feeds: Feeds) -> None:
    async with Ear(feeds.follow(house.finn)) as finn:
        await finn.first_item()
        async with unit_of_work(house.ada):
            await (await Client.load(house.mill)).assign(
                await Member.load(house.finn.id), "preparer"
            )
        await finn.until_over()

    assert finn.items[-1].reason is ResyncReason.ACCESS_CHANGED


async def test_a_session_that_ends_hears_no_more_and_others_of_its_member_do(
    house: House, feeds: Feeds
) -> None:
    async with unit_of_work(house.dan):
        session, _ = await Session.open(house.dan.id)
    here, elsewhere = replace(house.dan, session_id=session.id), house.dan

    async with Ear(feeds.follow(here)) as ear, Ear(feeds.follow(elsewhere)) as other:
        await ear.first_item()
        await other.first_item()
        async with unit_of_work(house.dan):
            await (await Session.load(session.id)).close()
        await ear.until_over()
        await other.until_told((await write(house)).seq)

    assert ear.items[-1].reason is ResyncReason.ACCESS_CHANGED
    assert [change.kind for change in other.changes] == ["task.created"]


async def test_a_revoked_token_hears_no_more(house: House, feeds: Feeds) -> None:
    async with unit_of_work(house.dan):
        made, _ = await ApiToken.issue(
            member_id=house.dan.id, name="BI", scopes=[Permission.READ_WORK]
        )
    token = replace(house.dan, api_token_id=made.id, scopes=frozenset({Permission.READ_WORK}))

    async with Ear(feeds.follow(token)) as ear:
        await ear.first_item()
        async with unit_of_work(house.ada):
            await (await ApiToken.load(made.id)).revoke()
        await ear.until_over()

    assert ear.items[-1].reason is ResyncReason.ACCESS_CHANGED


async def test_an_absence_in_which_ones_sight_changed_ends_in_a_new_beginning(
    house: House, feeds: Feeds
) -> None:
    since = await head(house)
    async with unit_of_work(house.ada):
        await assign_to_the_vault(house)
    await write(house, 3)

    async with Ear(feeds.follow(house.dan, since)) as ear:
        await ear.until_over()

    assert ear.items == [Resync(ResyncReason.ACCESS_CHANGED, await head(house))]


async def test_those_who_keep_sockets_are_told_where_access_has_changed(
    house: House, feeds: Feeds
) -> None:
    changes = feeds.access_changes()
    async with Ear(feeds.follow(house.ada)) as ear:
        await ear.first_item()
        await write(house)
        async with unit_of_work(house.ada):
            await change_role(house)

        assert await anext(changes) == house.id


async def join_the_taxes(house: House) -> None:
    await (await Team.load(house.taxes)).add(await Member.load(house.dan.id))


async def leave_the_ledgers(house: House) -> None:
    await (await Team.load(house.ledgers)).remove(await Member.load(house.dan.id))


async def leave_the_bakery(house: House) -> None:
    id = await current().fetchval(
        "select id from client_role where client_id = $1 and member_id = $2",
        house.bakery, house.dan.id,
    )  # fmt: skip
    await (await ClientRole.load(id)).end()


def board_of(member: Person, scope: str) -> Interest[Touched]:
    lens = Lens((("due", "any"), ("scope", scope)), member.id)
    return interest_in(JOBS, lens=lens, matching=jobs_on, hangs_on=lens.hangs_on)


@pytest.mark.parametrize(
    ("deed", "scope", "other"),
    [
        (join_the_taxes, "my_teams", "my_clients"),
        (leave_the_ledgers, "my_teams", "everything"),
        (assign_to_the_mill, "my_clients", "my_teams"),
        (leave_the_bakery, "my_clients", "mine"),
    ],
)
async def test_whose_clients_or_teams_change_has_their_board_anew(
    house: House, feeds: Feeds, deed: Deed, scope: str, other: str
) -> None:
    since = await head(house)
    async with (
        Ear(feeds.follow(house.dan, since, board_of(house.dan, scope))) as theirs,
        Ear(feeds.follow(house.dan, since, board_of(house.dan, other))) as of_something_else,
        Ear(feeds.follow(house.cleo, since, board_of(house.cleo, scope))) as a_colleagues,
    ):
        for ear in (theirs, of_something_else, a_colleagues):
            await ear.first_item()
        async with unit_of_work(house.ada):
            await deed(house)
        await theirs.until_over()
        async with unit_of_work(house.ada):
            await (await Job.load(house.books)).change({"title": "The books"}, None)
        for ear in (of_something_else, a_colleagues):
            await ear.until(lambda ear: ear.changes)

    assert theirs.items[-1].reason is ResyncReason.ACCESS_CHANGED
    late = await only_item(feeds.follow(house.dan, since, board_of(house.dan, scope)))
    assert late.reason is ResyncReason.ACCESS_CHANGED
