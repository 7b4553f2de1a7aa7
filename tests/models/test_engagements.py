"""Engagements: what a client has agreed to."""

from uuid_utils.compat import uuid7

from models.engagements import Engagement, EngagementService
from models.errors import Conflict, NotFound
from models.events import EventKind
from models.unit_of_work import reading, unit_of_work
from tests.cast import Cast
from tests.verify import verify_action, verify_refusal


async def test_an_engagement_starts_with_each_of_its_services_once(cast: Cast) -> None:
    house = cast.harbour
    async with verify_action(house, house.ben) as action:
        made = await Engagement.start(
            client_id=house.mill,
            name="All of it",
            service_ids=[house.bookkeeping, house.accounts, house.bookkeeping],
        )
    assert action.kinds == [
        EventKind.ENGAGEMENT_STARTED,
        EventKind.ENGAGEMENT_SERVICE_ADDED,
        EventKind.ENGAGEMENT_SERVICE_ADDED,
    ]
    async with reading(house.ben):
        services = await EngagementService.filter(engagement_id=made.id)
    assert {row.service_id for row in services} == {house.bookkeeping, house.accounts}


async def test_an_engagement_started_twice_under_one_id_starts_once(cast: Cast) -> None:
    house, id = cast.harbour, uuid7()
    async with verify_action(house) as action:
        for _ in range(2):
            async with unit_of_work(house.ben):
                await Engagement.start(
                    id=id, client_id=house.mill, name="Books", service_ids=[house.bookkeeping]
                )
    assert action.kinds == [EventKind.ENGAGEMENT_STARTED, EventKind.ENGAGEMENT_SERVICE_ADDED]
    async with verify_refusal(house, house.ben, Conflict, code="ID_TAKEN"):
        await Engagement.start(id=id, client_id=house.bakery, name="Books")


async def test_an_engagement_is_not_made_of_the_other_firms_things(cast: Cast) -> None:
    house, other = cast.harbour, cast.alpine
    async with verify_refusal(house, house.ada, NotFound, path="clientId"):
        await Engagement.start(client_id=other.mill, name="X")
    async with verify_refusal(house, house.ada, NotFound, path="serviceIds"):
        await Engagement.start(client_id=house.mill, name="X", service_ids=[other.bookkeeping])


async def test_an_engagement_with_a_restricted_client_is_its_teams_alone(cast: Cast) -> None:
    async with verify_refusal(cast.harbour, cast.harbour.cleo, NotFound, path="clientId"):
        await Engagement.start(client_id=cast.harbour.vault, name="X")
    async with verify_action(cast.harbour, cast.harbour.eve):
        await Engagement.start(client_id=cast.harbour.vault, name="X")
