"""Who looks after a client, and how clients stand to each other: dated, never overwritten."""

from datetime import date

import pytest

from models.clients import Client, ClientRelation, ClientRole
from models.errors import ValidationError
from models.events import EventKind
from models.members import Member
from models.unit_of_work import reading, unit_of_work
from resolvers import relations
from tests.cast import Cast
from tests.verify import verify_action, verify_refusal


async def test_a_member_is_given_a_part_at_a_client_once(cast: Cast) -> None:
    async with verify_action(cast.harbour) as action:
        for _ in range(2):
            async with unit_of_work(cast.harbour.ben):
                mill = await Client.load(cast.harbour.mill)
                role = await mill.assign(await Member.load(cast.harbour.eve.id), "reviewer")
                assert role.until_date is None
    assert action.kinds == [EventKind.CLIENT_ROLE_ASSIGNED]
    assert action.events[0]["client_id"] == str(cast.harbour.mill)


async def test_a_part_ends_and_stays_on_record(cast: Cast) -> None:
    async with verify_action(cast.harbour, cast.harbour.ben) as action:
        role = await _role(cast, cast.harbour.dan.id)
        await role.end(on=date(2025, 3, 31))
        await role.end(on=date(2026, 3, 31))
    assert action.kinds == [EventKind.CLIENT_ROLE_ENDED]
    assert role.until_date == date(2025, 3, 31)


async def test_a_part_that_ended_can_be_taken_up_again(cast: Cast) -> None:
    async with verify_action(cast.harbour, cast.harbour.ben) as action:
        await (await _role(cast, cast.harbour.dan.id)).end()
        bakery = await Client.load(cast.harbour.bakery)
        await bakery.assign(await Member.load(cast.harbour.dan.id), "preparer")
    assert action.kinds == [EventKind.CLIENT_ROLE_ENDED, EventKind.CLIENT_ROLE_ASSIGNED]


async def test_a_part_does_not_end_before_it_began(cast: Cast) -> None:
    async with verify_refusal(cast.harbour, cast.harbour.ben, ValidationError, path="untilDate"):
        await (await _role(cast, cast.harbour.dan.id)).end(on=date(2023, 12, 31))


async def test_a_part_begins_on_the_firms_own_date(cast: Cast) -> None:
    async with verify_action(cast.harbour, cast.harbour.ben):
        mill = await Client.load(cast.harbour.mill)
        early = await mill.assign(
            await Member.load(cast.harbour.eve.id), "reviewer", from_date=date(2020, 5, 1)
        )
        role = await mill.assign(await Member.load(cast.harbour.dan.id), "preparer")
    assert early.from_date == date(2020, 5, 1)
    async with reading(cast.harbour.ben) as unit:
        today = await unit.fetchval("select (now() at time zone 'Europe/London')::date")
    assert role.from_date == today


async def test_two_clients_are_related_once_until_it_ends(cast: Cast) -> None:
    async with verify_action(cast.harbour, cast.harbour.ben) as action:
        bakery = await Client.load(cast.harbour.bakery)
        mill = await Client.load(cast.harbour.mill)
        relation = await bakery.relate(mill, "owns")
        assert (await bakery.relate(mill, "owns")).id == relation.id
        await relation.end()
        await relation.end()
        assert (await bakery.relate(mill, "owns")).id != relation.id
    assert action.kinds == [
        EventKind.CLIENTS_RELATED,
        EventKind.CLIENT_RELATION_ENDED,
        EventKind.CLIENTS_RELATED,
    ]


async def test_a_client_is_not_related_to_itself(cast: Cast) -> None:
    async with verify_refusal(cast.harbour, cast.harbour.ben, ValidationError, path="otherId"):
        bakery = await Client.load(cast.harbour.bakery)
        await bakery.relate(bakery, "owns")


async def test_either_side_of_a_relation_knows_of_it_once_until_it_ends(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.ben):
        bakery, mill = await Client.load(house.bakery), await Client.load(house.mill)
        owns = await bakery.relate(mill, "owns")
        await (await mill.relate(bakery, "billed_through")).end()
    async with reading(house.ben):
        both = await relations.standing([{"id": house.bakery}, {"id": house.mill}])
        (of_the_mill,) = await relations.standing([{"id": house.mill}])

    told = [[row["id"] for row in rows] for rows in (*both, of_the_mill)]
    assert told == [[owns.id]] * 3


async def test_what_ends_on_a_day_to_come_stands_until_then_and_what_has_ended_is_past(
    cast: Cast,
) -> None:
    house = cast.harbour
    async with verify_action(house, house.ben) as action:
        bakery, mill = await Client.load(house.bakery), await Client.load(house.mill)
        long_ago = date(2020, 1, 1)
        over = await mill.relate(bakery, "trustee", from_date=long_ago)
        owned = await bakery.relate(mill, "owns", from_date=long_ago)
        await relations.end(id=over.id, until_date=date(2021, 1, 1))
        await relations.end(id=owned.id, until_date=date(2024, 6, 30))
        lasts = await bakery.relate(mill, "owns")
        await relations.end(id=lasts.id, until_date=date(2999, 12, 31))
    assert action.kinds[2:] == [
        EventKind.CLIENT_RELATION_ENDED, EventKind.CLIENT_RELATION_ENDED,
        EventKind.CLIENTS_RELATED, EventKind.CLIENT_RELATION_ENDED,
    ]  # fmt: skip
    async with reading(house.dan):
        (standing,) = await relations.standing([{"id": house.mill}])
        (past,) = await relations.past([{"id": house.mill}])
    assert [row["id"] for row in standing] == [lasts.id]
    assert [row["id"] for row in past] == [owned.id, over.id]


async def test_a_relation_does_not_end_before_it_began(cast: Cast) -> None:
    async with unit_of_work(cast.harbour.ben):
        bakery = await Client.load(cast.harbour.bakery)
        relation = await bakery.relate(await Client.load(cast.harbour.mill), "owns")
    async with verify_refusal(cast.harbour, cast.harbour.ben, ValidationError, path="untilDate"):
        await (await ClientRelation.load(relation.id)).end(on=date(2000, 1, 1))


@pytest.mark.parametrize("hidden", ["client", "other"])
async def test_a_relation_to_a_restricted_client_is_hidden_from_either_side(
    cast: Cast, hidden: str
) -> None:
    async with unit_of_work(cast.harbour.ben):
        bakery = await Client.load(cast.harbour.bakery)
        vault = await Client.load(cast.harbour.vault)
        one, other = (vault, bakery) if hidden == "client" else (bakery, vault)
        relation = await one.relate(other, "owns")
    async with reading(cast.harbour.ben):
        assert await ClientRelation.find(relation.id) is not None
    for viewer in (cast.harbour.dan, cast.harbour.finn):
        async with reading(viewer):
            assert await ClientRelation.find(relation.id) is None


async def _role(cast: Cast, member_id: object) -> ClientRole:
    return await ClientRole.get(
        client_id=cast.harbour.bakery, member_id=member_id, until_date__isnull=True
    )
