"""API tokens: named, read-only unless they say more, never more than their maker, never told."""

from datetime import timedelta
from typing import Any

import asyncpg
import pytest
from structlog.testing import capture_logs
from uuid_utils.compat import uuid7

from models import clock
from models.errors import Conflict, Forbidden, NotFound, PracticeError, ValidationError
from models.events import EventKind
from models.members import Member
from models.opaque_tokens import token_hash
from models.permissions import READING, Permission
from models.sign_in import TOKEN_LIFETIME, ApiToken, viewer_of
from models.unit_of_work import reading, unit_of_work
from models.viewer import Viewer
from resolvers import api_tokens, operators
from tests.cast import Cast, Person
from tests.verify import verify_action, verify_refusal


async def made(person: Viewer, **more: Any) -> tuple[ApiToken, str]:
    """A token of theirs and its secret."""
    async with unit_of_work(person):
        answer = await api_tokens.create(name="Power BI", **more)
    return answer["api_token"], answer["token"]


async def holder(secret: str) -> Viewer:
    viewer = await viewer_of(secret)
    assert viewer is not None
    return viewer


async def test_a_token_reads_and_does_nothing_else_unless_it_says_so(cast: Cast) -> None:
    house = cast.harbour
    async with verify_action(house, house.dan) as action:
        secret = (await api_tokens.create(name="Power BI"))["token"]
    assert action.kinds == [EventKind.API_TOKEN_CREATED]
    viewer = await holder(secret)
    assert (viewer.firm_id, viewer.member_id, viewer.role) == (house.id, house.dan.id, "staff")
    assert viewer.permissions == READING
    for permission in Permission:
        assert viewer.may(permission) is (permission in READING)


async def test_a_token_may_what_its_scopes_say_and_its_member_still_may(cast: Cast) -> None:
    house = cast.harbour
    _, secret = await made(house.cleo, scopes=[Permission.MANAGE_TIME, Permission.READ_TIME])
    assert (await holder(secret)).permissions == {Permission.MANAGE_TIME, Permission.READ_TIME}
    async with unit_of_work(house.ada):
        await (await Member.load(house.cleo.id)).change({"role": "staff"}, None)
    assert (await holder(secret)).permissions == {Permission.READ_TIME}


async def test_nobody_gives_a_token_more_than_they_have(cast: Cast) -> None:
    house = cast.harbour
    async with verify_refusal(house, house.dan, Forbidden):
        await api_tokens.create(name="Too much", scopes=[Permission.MANAGE_TIME])
    _, secret = await made(house.ben, scopes=[Permission.MANAGE_TOKENS, Permission.READ_TIME])
    narrow = await holder(secret)
    async with verify_refusal(house, narrow, Forbidden):
        await api_tokens.create(name="Wider", scopes=[Permission.MANAGE_TIME])
    async with verify_refusal(house, narrow, Forbidden):
        await api_tokens.create(name="All that is read")
    async with verify_action(house, narrow):
        await api_tokens.create(name="As narrow", scopes=[Permission.READ_TIME])


async def test_a_secret_is_kept_as_its_hash_and_told_to_no_event_and_no_log(
    cast: Cast, as_owner: "asyncpg.Connection[Any]"
) -> None:
    house = cast.harbour
    with capture_logs() as logged:
        async with verify_action(house) as action:
            token, secret = await made(house.dan)
            await holder(secret)
    told = f"{action.events} {logged}"
    assert secret.startswith("op_live_")
    assert secret not in told
    assert token_hash(secret).hex() not in told
    row = await as_owner.fetchrow(
        "select token_hash, to_jsonb(t)::text as everything from api_token t where id = $1",
        token.id,
    )
    assert row is not None
    assert (bytes(row["token_hash"]), secret in row["everything"]) == (token_hash(secret), False)
    assert secret not in repr(token)


async def test_a_revoked_token_opens_nothing_and_revoking_twice_is_once(cast: Cast) -> None:
    house = cast.harbour
    token, secret = await made(house.dan)
    async with verify_action(house, house.dan) as action:
        for _ in range(2):
            await api_tokens.revoke(id=token.id)
    assert action.kinds == [EventKind.API_TOKEN_REVOKED]
    assert await viewer_of(secret) is None


async def test_a_token_ends_by_itself_after_a_year(cast: Cast) -> None:
    house = cast.harbour
    async with reading(house.dan):
        now = await clock.now()
    found = []
    for age in (TOKEN_LIFETIME - timedelta(minutes=1), TOKEN_LIFETIME + timedelta(seconds=1)):
        async with unit_of_work(house.dan, at=now - age):
            secret = (await api_tokens.create(name="Old"))["token"]
        found.append(await viewer_of(secret) is None)
    assert found == [False, True]


async def test_a_token_ends_with_its_members_last_day(cast: Cast) -> None:
    house = cast.harbour
    _, secret = await made(house.dan)
    async with unit_of_work(house.ada):
        await (await Member.load(house.dan.id)).leave(
            (await clock.now()).date() - timedelta(days=2)
        )
    assert await viewer_of(secret) is None


@pytest.mark.parametrize("name", ["eve", "cleo", "ben"])
async def test_a_token_is_its_members_own_business_and_the_admins(cast: Cast, name: str) -> None:
    house = cast.harbour
    token, secret = await made(house.dan)
    person: Person = getattr(house, name)
    async with verify_refusal(house, person, NotFound):
        await api_tokens.revoke(id=token.id)
    async with verify_refusal(cast.alpine, cast.alpine.ada, NotFound):
        await api_tokens.revoke(id=token.id)
    async with verify_action(house, house.ada):
        await api_tokens.revoke(id=token.id)
    assert await viewer_of(secret) is None


async def test_a_token_asked_for_twice_under_one_id_is_made_once_and_told_once(cast: Cast) -> None:
    house, id = cast.harbour, uuid7()
    first, secret = await made(house.dan, id=id)
    again, nothing = await made(house.dan, id=id)
    assert (first.id, again.id) == (id, id)
    assert not nothing
    assert (await holder(secret)).api_token_id == id
    async with verify_refusal(house, house.dan, Conflict, code="ID_TAKEN"):
        await api_tokens.create(name="Another", id=id)


async def test_a_token_has_a_name_a_member_and_at_least_one_scope(cast: Cast) -> None:
    house = cast.harbour
    for name in ("", "x" * 101):
        async with verify_refusal(house, house.dan, asyncpg.CheckViolationError):
            await api_tokens.create(name=name)
    async with verify_refusal(house, house.system, NotFound):
        await api_tokens.create(name="Nobody's")
    async with verify_refusal(house, house.dan, ValidationError, path="scopes"):
        await ApiToken.issue(member_id=house.dan.id, name="Useless", scopes=[])


async def test_an_operator_makes_one_for_a_member_by_address(cast: Cast) -> None:
    house, address = cast.harbour, f"{uuid7().hex}@people.example"
    async with unit_of_work(house.ada):
        await (await Member.load(house.dan.id)).change({"email": address}, None)
    speaker = await operators.speaker_for(address.upper())
    async with verify_action(house) as action:
        secret = await api_tokens.create_for(speaker.viewer, "Nightly", [Permission.TRACK_TIME])
    viewer = await holder(secret)
    assert viewer.member_id == house.dan.id
    assert viewer.permissions == {Permission.TRACK_TIME}
    assert action.events[0]["actor_id"] == str(house.dan.id)
    with pytest.raises(PracticeError, match="nobody@people"):
        await operators.speaker_for("nobody@people.example")
    with pytest.raises(Forbidden):
        await api_tokens.create_for(speaker.viewer, "Nightly", [Permission.MANAGE_FIRM])
