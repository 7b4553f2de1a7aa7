"""Clients: taking them on, changing them, restricting them."""

import asyncpg
import pytest
from uuid_utils.compat import uuid7

from models.clients import Client, tidy_tags
from models.errors import Conflict, Forbidden, NotFound, ValidationError
from models.events import EventKind
from models.unit_of_work import reading, unit_of_work
from tests.cast import Cast
from tests.verify import verify_action, verify_refusal


async def test_a_client_is_an_active_organisation_in_the_firms_currency(cast: Cast) -> None:
    async with verify_action(cast.alpine, cast.alpine.dan) as action:
        client = await Client.add(name="The Dairy")
    assert (client.kind, client.status, client.currency) == ("organisation", "active", "CHF")
    assert not client.restricted
    event = action.only(EventKind.CLIENT_ADDED)
    assert event["client_id"] == str(client.id)


async def test_a_client_is_what_was_said_of_it(cast: Cast) -> None:
    async with verify_action(cast.harbour, cast.harbour.dan):
        client = await Client.add(
            name="Mo", kind="individual", status="prospect", tags=[" VAT ", "VAT", "new"]
        )
    assert (client.kind, client.status, client.tags) == ("individual", "prospect", ["VAT", "new"])


async def test_a_client_made_twice_under_one_id_is_made_once(cast: Cast) -> None:
    id = uuid7()
    async with verify_action(cast.harbour) as action:
        for is_new in (True, False):
            async with unit_of_work(cast.harbour.dan):
                client = await Client.add(id=id, name="The Dairy", tags=["milk"])
                assert client.is_new is is_new
    assert action.kinds == [EventKind.CLIENT_ADDED]


async def test_another_client_under_the_same_id_is_a_conflict(cast: Cast) -> None:
    async with verify_refusal(cast.harbour, cast.harbour.dan, Conflict, code="ID_TAKEN"):
        await Client.add(id=cast.harbour.bakery, name="The Dairy")


async def test_an_id_of_the_other_firm_is_free_here(cast: Cast) -> None:
    async with verify_action(cast.harbour, cast.harbour.dan):
        client = await Client.add(id=cast.alpine.bakery, name="Mine")
    assert client.is_new


async def test_a_client_is_patched_field_by_field(cast: Cast) -> None:
    async with verify_action(cast.harbour, cast.harbour.dan) as action:
        bakery = await Client.load(cast.harbour.bakery)
        await bakery.change({"status": "onboarding", "tags": ["bread ", "bread"]}, None)
    assert action.only(EventKind.CLIENT_CHANGED)["payload"] == {
        "status": ["active", "onboarding"],
        "tags": [[], ["bread"]],
    }


async def test_a_patch_that_changes_nothing_is_no_event(cast: Cast) -> None:
    async with verify_action(cast.harbour, cast.harbour.dan) as action:
        bakery = await Client.load(cast.harbour.bakery)
        await bakery.change({"name": "The Bakery", "tags": []}, expected_version=1)
    assert action.kinds == []
    assert bakery.version == 1


async def test_a_status_that_does_not_exist_is_refused(cast: Cast) -> None:
    async with verify_refusal(cast.harbour, cast.harbour.dan, asyncpg.CheckViolationError):
        await (await Client.load(cast.harbour.bakery)).change({"status": "famous"}, None)


@pytest.mark.parametrize("tags", [[""], ["  "], ["x" * 61], [str(n) for n in range(51)]])
def test_tags_are_few_and_short(tags: list[str]) -> None:
    with pytest.raises(ValidationError, match="At most 50 tags"):
        tidy_tags(tags)


async def test_a_manager_takes_on_a_restricted_client_and_staff_do_not(cast: Cast) -> None:
    async with verify_refusal(cast.harbour, cast.harbour.dan, Forbidden):
        await Client.add(name="The Safe", restricted=True)
    async with verify_action(cast.harbour, cast.harbour.cleo):
        await Client.add(name="The Safe", restricted=True)


async def test_who_restricts_a_client_must_still_see_it(cast: Cast) -> None:
    async with verify_refusal(cast.harbour, cast.harbour.cleo, Forbidden, path="restricted"):
        await (await Client.load(cast.harbour.bakery)).change({"restricted": True}, None)
    async with verify_refusal(cast.harbour, cast.harbour.dan, Forbidden):
        await (await Client.load(cast.harbour.bakery)).change({"restricted": True}, None)
    async with verify_action(cast.harbour, cast.harbour.ben):  # the bakery's partner
        await (await Client.load(cast.harbour.bakery)).change({"restricted": True}, None)
    async with verify_action(cast.harbour, cast.harbour.ada):  # the owner, of no client's team
        await (await Client.load(cast.harbour.mill)).change({"restricted": True}, None)


async def test_a_client_restricted_meanwhile_is_gone_for_others_at_once(cast: Cast) -> None:
    async with unit_of_work(cast.harbour.ada):
        await (await Client.load(cast.harbour.mill)).change({"restricted": True}, None)
    async with reading(cast.harbour.cleo):
        with pytest.raises(NotFound):
            await Client.load(cast.harbour.mill, lock=False)


async def test_the_other_firms_client_cannot_be_loaded(cast: Cast) -> None:
    async with reading(cast.harbour.ada):
        with pytest.raises(NotFound) as caught:
            await Client.load(cast.alpine.bakery, lock=False)
        with pytest.raises(NotFound) as unknown:
            await Client.load(uuid7(), lock=False)
    assert str(caught.value) == str(unknown.value)
