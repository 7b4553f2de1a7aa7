"""Who hears what: nobody hears of what they may not see, and whoever sees otherwise begins anew."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date

import pytest

from models.clients import Client, ClientRole
from models.comments import Comment
from models.jobs import Job
from models.members import Member
from models.permissions import Permission, Role
from models.sign_in import ApiToken, Session
from models.tasks import Task
from models.timers import Timer
from models.unit_of_work import reading, unit_of_work
from models.viewer import Viewer
from subscriptions import audience, cursors
from subscriptions.cursors import ResyncReason
from subscriptions.events import models
from subscriptions.feed import Feeds
from subscriptions.items import Batch, Heartbeat, Resync
from tests.cast import House
from tests.subscriptions.deeds import head, write
from tests.subscriptions.ear import Ear


async def heard(feeds: Feeds, viewer: Viewer, since: cursors.StreamCursor) -> list[str]:
    """The kinds of events that this viewer is told after `since`, up to now."""
    async with reading(viewer):
        until = (await cursors.head()).seq
    async with Ear(feeds.follow(viewer, since)) as ear:
        await ear.until_told(until)
    assert all(isinstance(item, (Batch, Heartbeat)) for item in ear.items)
    return [change.kind for change in ear.changes]


async def asked(viewer: Viewer, since: cursors.StreamCursor) -> list[str]:
    """The same, by the query."""
    async with reading(viewer):
        page = await cursors.changes(since)
    assert not page.has_more
    return [event.kind for event in page.events]


def test_every_entity_says_by_which_permission_it_is_heard_of() -> None:
    told = [entity for entities in audience.READ_BY.values() for entity in entities]

    assert sorted(told) == sorted(models())


async def test_a_restricted_clients_events_reach_its_team_and_admins_alone(
    house: House, feeds: Feeds
) -> None:
    since = await head(house)
    async with unit_of_work(house.ben):
        job = await Job.load(house.secret)
        await job.change({"title": "Still secret"}, None)
        await Comment.on_job(job, "Hush.")
        await Task.add(title="Polish", client_id=house.vault)

    told = ["job.changed", "comment.added", "task.created"]
    for viewer in house.people:
        expected = told if viewer in (house.ada, house.ben, house.eve) else []
        assert await heard(feeds, viewer, since) == expected, viewer.role
        assert await asked(viewer, since) == expected, viewer.role


async def test_hidden_events_move_the_cursor_in_silence(house: House, feeds: Feeds) -> None:
    since = await head(house)
    async with unit_of_work(house.ben):
        await Task.add(title="Polish", client_id=house.vault)
    await write(house)
    async with unit_of_work(house.ben):
        await Task.add(title="Polish again", client_id=house.vault)

    async with Ear(feeds.follow(house.dan, since)) as ear:
        await ear.until_told(since.seq + 3)

    (batch,) = ear.batches
    assert (batch.first, batch.last) == (since.seq + 1, since.seq + 3)
    assert [change.kind for change in batch.changes] == ["task.created"]


async def test_only_hidden_events_are_passed_over_by_a_heartbeat(
    house: House, feeds: Feeds
) -> None:
    since = await head(house)
    async with unit_of_work(house.ben):
        await Task.add(title="Polish", client_id=house.vault)

    async with Ear(feeds.follow(house.dan, since)) as ear:
        await ear.until_told(since.seq + 1)

    assert ear.batches == []
    assert isinstance(ear.items[-1], Heartbeat)


async def test_a_contractor_hears_of_assigned_clients_alone(house: House, feeds: Feeds) -> None:
    since = await head(house)
    async with unit_of_work(house.cleo):
        for client_id in (house.bakery, house.mill, None):
            await Task.add(title="Something", client_id=client_id)

    assert await heard(feeds, house.finn, since) == ["task.created", "task.created"]
    assert await asked(house.finn, since) == ["task.created", "task.created"]


async def test_sessions_passwords_and_tokens_are_told_to_admins_alone(
    house: House, feeds: Feeds
) -> None:
    since = await head(house)
    async with unit_of_work(house.cleo):
        await Session.open(house.cleo.id)
        await ApiToken.issue(member_id=house.cleo.id, name="BI", scopes=[Permission.READ_WORK])

    assert await heard(feeds, house.ada, since) == ["session.opened", "api_token.created"]
    for viewer in (house.ben, house.cleo, house.dan, house.finn):
        assert await heard(feeds, viewer, since) == []
        assert await asked(viewer, since) == []


async def test_no_secret_is_ever_in_an_event(house: House, feeds: Feeds) -> None:
    since = await head(house)
    async with unit_of_work(house.cleo):
        await Session.open(house.cleo.id)

    async with Ear(feeds.follow(house.ada, since)) as ear:
        await ear.until_told(since.seq + 1)

    (event,) = ear.changes
    assert "token_hash" not in event.payload


async def test_a_token_hears_what_its_scopes_reach(house: House, feeds: Feeds) -> None:
    since = await head(house)
    async with unit_of_work(house.dan):
        await Timer.start(task_id=house.ring)
        await Task.add(title="Something")
        await Client.add(name="New")
    token = replace(house.dan, scopes=frozenset({Permission.READ_TIME, Permission.READ_CLIENTS}))

    assert await heard(feeds, token, since) == ["timer.started", "client.added"]
    assert await asked(token, since) == ["timer.started", "client.added"]


async def test_another_firms_events_are_never_heard(house: House, feeds: Feeds) -> None:
    since = await head(house)
    async with (
        Ear(feeds.follow(house.ada)) as ours,
        Ear(feeds.follow(house.neighbour.ada)) as theirs,
    ):
        await ours.first_item()
        await theirs.first_item()
        written = await write(house, 3)
        beside = await write(house.neighbour, 5)
        await ours.until_told(written.seq)
        await theirs.until_told(beside.seq)

    assert ours.numbers == list(range(since.seq + 1, since.seq + 4))
    assert len(theirs.numbers) == 5
    assert {event.entity_id for event in ours.changes}.isdisjoint(
        event.entity_id for event in theirs.changes
    )


async def test_a_page_of_changes_holds_as_many_as_asked_and_says_whether_more_follow(
    house: House,
) -> None:
    since = await head(house)
    await write(house, 7)

    async with reading(house.dan):
        first = await cursors.changes(since, 4)
        rest = await cursors.changes(first.cursor, 4)

    assert [event.seq - since.seq for event in first.events] == [1, 2, 3, 4]
    assert first.has_more
    assert [event.seq - since.seq for event in rest.events] == [5, 6, 7]
    assert not rest.has_more
    assert rest.cursor == await head(house)


async def test_the_cursor_after_ones_own_events_is_the_last_ones(house: House) -> None:
    async with unit_of_work(house.ada) as unit:
        for title in ("One", "Two"):
            await Task.add(title=title)
    mine = await head(house)
    await write(house)

    async with reading(house.ada):
        assert await cursors.after(unit.events) == mine
        assert await cursors.after([]) is None


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
