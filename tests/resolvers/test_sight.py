"""Who sees what: the same rows in every list, count, node, loader, board and change.

Three clients have one of everything: the bakery (everybody's), the mill (nobody of its own) and
the vault (restricted). What a viewer may see is worked out here from the clients' teams alone.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from uuid import UUID

import pytest

from models.base import FirmModel
from models.clients import Client, ClientRelation, ClientRole
from models.comments import Comment
from models.contacts import ClientContact, Contact
from models.database import Database
from models.dependencies import Dependency
from models.events import EventKind
from models.external_ids import ExternalId
from models.jobs import Job
from models.members import Member
from models.permissions import Role
from models.portal_access import PortalAccess
from models.tasks import Task
from models.time_entries import TimeEntry
from models.timers import Timer
from models.unit_of_work import Row, current, reading, unit_of_work
from models.visibility import Sight
from resolvers import changes, jobs, members, nodes, relations, tasks, timers
from resolvers.boards import JOBS, TASKS, Kind, board
from resolvers.boards.cards import of_columns
from resolvers.pages import Order, Window, page
from resolvers.reading import by_ids, children, found_by_id
from schema.engine import Join, Read
from subscriptions import audience, cursors
from subscriptions.events import Event, models
from tests.cast import House, Person, two_firms
from tests.stock import stock_of

VIEWERS = ("ada", "ben", "cleo", "dan", "eve", "finn")
OF_CLIENTS = [
    pytest.param(model, id=table)
    for table, model in sorted(models().items())
    if model.sight in (Sight.CLIENT, Sight.OF_CLIENT, Sight.WORKED, Sight.BETWEEN_CLIENTS)
]
BY_ID = Order("t.id", "uuid")


@pytest.fixture(scope="module")
async def house(practice: Database) -> House:
    """A firm with one of everything for each of three clients; these tests only look at it."""
    house = (await two_firms()).harbour
    for word, client_id in (("Bun", house.bakery), ("Flour", house.mill), ("Gold", house.vault)):
        await stock_of(house, house.ben, client_id, word)
        await _from_elsewhere(house, word, client_id)
    async with unit_of_work(house.ben):
        bakery, vault = await Client.load(house.bakery), await Client.load(house.vault)
        await bakery.relate(vault, "owns")
        await vault.relate(bakery, "billed_through")
        for other in (vault, await Client.load(house.mill)):
            await (await bakery.relate(other, "subsidiary")).end()
        sons = await Client.get(name="Bun & Sons")
        await sons.assign(await Member.load(house.finn.id), "preparer")
        await Dependency.add(await Task.load(house.ring), await Task.load(house.seal))
        await Dependency.add(await Task.load(house.tidy), await Task.load(house.ring))
    return house


async def _from_elsewhere(house: House, word: str, client_id: UUID) -> None:
    async with unit_of_work(house.ben):
        await ExternalId.record_all(EventKind.EXTERNAL_ID_KEPT, [
            {"system": "Other", "entity": "client", "key": word, "entity_id": client_id,
             "client_id": client_id}
        ])  # fmt: skip


async def hidden_from(house: House, person: Person) -> set[UUID]:
    """The clients that this person may not know of, by the rule as people say it."""
    async with reading(house.system):
        everyone = await Client.all()
        mine = await ClientRole.filter(member_id=person.id, until_date=None)
    own = {part.client_id for part in mine}
    if person.role in (Role.OWNER, Role.ADMIN):
        return set()
    return {
        client.id
        for client in everyone
        if client.id not in own and (client.restricted or person.role is Role.CONTRACTOR)
    }


def clients_of(model: type[FirmModel], row: Any) -> set[UUID | None]:
    """The clients that a row is about."""
    if model is Client:
        return {row["id"]}
    return {row["client_id"], row["other_id"] if model is ClientRelation else None}


async def rows_of(house: House, model: type[FirmModel]) -> list[Row]:
    async with reading(house.system) as unit:
        return await unit.fetch(f"select * from {model.table()} order by id")


async def seen_and_hidden(
    house: House, model: type[FirmModel], person: Person
) -> tuple[list[UUID], list[UUID]]:
    """The ids of the rows that this person may see, and of those that they may not."""
    closed, rows = await hidden_from(house, person), await rows_of(house, model)
    hidden = [row["id"] for row in rows if not closed.isdisjoint(clients_of(model, row))]
    return [row["id"] for row in rows if row["id"] not in hidden], hidden


@pytest.mark.parametrize("model", OF_CLIENTS)
async def test_there_is_something_to_see_and_something_to_hide(
    house: House, model: type[FirmModel]
) -> None:
    for person in (house.dan, house.finn):
        seen, hidden = await seen_and_hidden(house, model, person)
        assert seen
        assert hidden
    assert (await seen_and_hidden(house, model, house.eve))[1] == []


@pytest.mark.parametrize("who", VIEWERS)
@pytest.mark.parametrize("model", OF_CLIENTS)
async def test_lists_counts_nodes_and_loaders_show_what_one_may_see_and_nothing_else(
    house: House, model: type[FirmModel], who: str
) -> None:
    person: Person = getattr(house, who)
    seen, hidden = await seen_and_hidden(house, model, person)
    asked = [*hidden, *seen]
    async with reading(person):
        listed = await page(model, BY_ID, Window(250))
        assert [row["id"] for row in listed["nodes"]] == seen
        assert await listed["count"]() == len(seen)

        found = await nodes.by_table([(model.table(), id) for id in asked], {model: "Thing"})
        assert [row and row["id"] for row in found] == [*[None] * len(hidden), *seen]

        loaded = await by_ids(model, asked)
        assert [row and row["id"] for row in loaded] == [*[None] * len(hidden), *seen]

        assert [await model.find(id) for id in hidden] == [None] * len(hidden)

        column = "id" if model is Client else "client_id"
        everybody = [id for (id,) in await Client.all().values_list("id")]
        below = await children(model, everybody, by=column)
        about_nobody = {row["id"] for row in await rows_of(house, model) if row[column] is None}
        assert {row["id"] for rows in below for row in rows} == set(seen) - about_nobody


async def contacts_hidden_from(house: House, person: Person) -> tuple[set[UUID], set[UUID]]:
    """The contacts that this person may know of, and those that they may not."""
    closed = await hidden_from(house, person)
    links: dict[UUID, set[UUID]] = {row["id"]: set() for row in await rows_of(house, Contact)}
    for row in await rows_of(house, ClientContact):
        links[row["contact_id"]].add(row["client_id"])
    of_nobody = person.role is Role.CONTRACTOR
    hidden = {id for id, clients in links.items() if (clients or of_nobody) and clients <= closed}
    return links.keys() - hidden, hidden


@pytest.mark.parametrize("who", VIEWERS)
async def test_a_contact_is_known_to_who_may_know_one_of_their_clients(
    house: House, who: str
) -> None:
    person: Person = getattr(house, who)
    seen, hidden = await contacts_hidden_from(house, person)
    assert bool(hidden) is (who in ("cleo", "dan", "finn"))
    async with reading(person):
        assert {row["id"] for row in (await page(Contact, BY_ID, Window(250)))["nodes"]} == seen
        assert {row["id"] for row in await by_ids(Contact, [*seen, *hidden]) if row} == seen
        assert [await Contact.find(id) for id in hidden] == [None] * len(hidden)


@pytest.mark.parametrize("who", VIEWERS)
async def test_changes_tell_of_what_one_may_see_and_of_nothing_else(house: House, who: str) -> None:
    person: Person = getattr(house, who)
    hidden: set[UUID] = set()
    for model in (param.values[0] for param in OF_CLIENTS):
        assert isinstance(model, type)
        hidden |= set((await seen_and_hidden(house, model, person))[1])
    hidden |= (await contacts_hidden_from(house, person))[1]
    async with reading(house.system):
        whole = await cursors.read(0, (await cursors.head()).seq, 100_000)
    async with reading(person):
        readable = audience.readable(person)
        expected = [
            event.seq
            for event in whole
            if event.entity in readable and event.entity_id not in hidden
        ]
        assert [event.seq for event in await audience.visible(whole)] == expected
        assert [event.seq for event in await told()] == expected


async def told() -> list[Event]:
    """All changes from the beginning, as the query tells them."""
    events: list[Event] = []
    cursor = (await cursors.head()).at(0)
    more = True
    while more:
        stretch = await cursors.changes(cursor, 100)
        events += stretch.events
        cursor, more = stretch.cursor, stretch.has_more
    return events


@pytest.mark.parametrize("who", VIEWERS)
@pytest.mark.parametrize(("kind", "model"), [(JOBS, Job), (TASKS, Task)], ids=["jobs", "tasks"])
async def test_boards_show_and_count_what_one_may_see_and_nothing_else(
    house: House, kind: Kind, model: type[FirmModel], who: str
) -> None:
    person: Person = getattr(house, who)
    seen, _ = await seen_and_hidden(house, model, person)
    async with reading(person):
        for grouping in ("category", "person", "due_week"):
            asked = {"scope": "everything", "due": "any"}
            columns = (await board(kind, asked, grouping, None))["columns"]
            pages = await of_columns(columns, Window(250))
            assert {row["id"] for page in pages for row in page["nodes"]} == set(seen)
            assert sum(column["count"] for column in columns) == len(seen)


Loader = Callable[[Sequence[Row]], Awaitable[Sequence[Any]]]


def below(model: type[FirmModel], by: str) -> Loader:
    async def load(parents: Sequence[Row]) -> Sequence[Any]:
        return await children(model, [row["id"] for row in parents], by=by)

    return load


async def running(_: Sequence[Row]) -> Sequence[Any]:
    return await timers.running()


async def activity(parents: Sequence[Row]) -> Sequence[Any]:
    return await changes.of_jobs(parents, audience.readable(current().viewer))


SIDES: list[Any] = [
    pytest.param(parent, shown, loader, id=f"{name} of a {parent.table()}")
    for parent, shown, name, loader in (
        (Client, ClientRelation, "relations", relations.standing),
        (Client, ClientRelation, "past relations", relations.past),
        (Client, Job, "open jobs", jobs.open_of_clients),
        (Member, ClientRole, "parts", below(ClientRole, "member_id")),
        (Member, Timer, "timer", members.running_timers),
        (Member, Timer, "timers of all", running),
        (Member, TimeEntry, "time", below(TimeEntry, "member_id")),
        (Contact, ClientContact, "roles", below(ClientContact, "contact_id")),
        (Contact, PortalAccess, "portal", below(PortalAccess, "contact_id")),
        (Job, Task, "steps", below(Task, "job_id")),
        (Job, Comment, "comments", below(Comment, "job_id")),
        (Job, Job, "changes", activity),
        (Task, Task, "blockers", tasks.blocked_by),
        (Task, Task, "what waits", tasks.blocks),
        (Task, Dependency, "dependencies", below(Dependency, "blocker_id")),
    )
]


@pytest.mark.parametrize("who", VIEWERS)
@pytest.mark.parametrize(("parent", "shown", "loader"), SIDES)
async def test_nothing_hidden_comes_in_from_the_side(
    house: House, parent: type[FirmModel], shown: type[FirmModel], loader: Loader, who: str
) -> None:
    person: Person = getattr(house, who)
    hidden = await hidden_from(house, person)
    async with reading(person):
        parents = (await page(parent, BY_ID, Window(250)))["nodes"]
        answers = await loader(parents)
    rows = [row for answer in answers for row in (answer if isinstance(answer, list) else [answer])]
    for row in filter(None, rows):
        assert hidden.isdisjoint(clients_of(shown, row))
    if who == "ada":
        assert any(rows), "there is nothing to be seen at all"


@pytest.mark.parametrize("who", VIEWERS)
async def test_a_row_comes_within_another_only_for_who_may_see_it(house: House, who: str) -> None:
    person: Person = getattr(house, who)
    hidden = await hidden_from(house, person)
    client_of = {task["id"]: task["client_id"] for task in await rows_of(house, Task)}
    blocker = Join("blocker_id", Task, frozenset({"id", "client_id"}), ())
    links = [row["id"] for row in await rows_of(house, Dependency)]
    async with reading(person):
        found = await found_by_id(Dependency, links, Read(("blocker_id",), (blocker,)))

    assert found
    for row in found.values():
        seen = client_of[row["blocker_id"]] not in hidden
        assert row["blocker_id.id"] == (row["blocker_id"] if seen else None)
    everything = all(row["blocker_id.id"] for row in found.values())
    assert everything is (who in ("ada", "ben", "eve"))
