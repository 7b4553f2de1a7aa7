"""Who hears what: nobody hears of what they may not see."""

from dataclasses import replace

from models.clients import Client
from models.comments import Comment
from models.jobs import Job
from models.permissions import Permission
from models.sign_in import ApiToken, Session
from models.tasks import Task
from models.timers import Timer
from models.unit_of_work import reading, unit_of_work
from models.viewer import Viewer
from resolvers.imports.external_ids import ExternalIds
from subscriptions import audience, cursors
from subscriptions.events import models
from subscriptions.feed import Feeds
from subscriptions.items import Batch, Heartbeat
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
        names = ExternalIds("ledger")
        await names.keep("client", "Vault Holdings", house.vault, house.vault)

    told = ["job.changed", "comment.added", "task.created", "external_id.kept"]
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
