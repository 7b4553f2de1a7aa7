"""Signing in: one password, the firms it opens, and nothing about who is known here."""

import asyncio
import time
from datetime import date, timedelta
from typing import Any

import argon2
import asyncpg
import pytest

from models import clock, sign_in
from models.clients import firm_today
from models.errors import NotFound, Overloaded, PracticeError, ValidationError
from models.events import EventKind
from models.firms import Firm
from models.members import Member
from models.opaque_tokens import token_hash
from models.sign_in import (
    SESSION_LIFETIME,
    Account,
    Credential,
    Session,
    accounts,
    hashed,
    viewer_of,
)
from models.unit_of_work import reading, unit_of_work
from resolvers import operators
from resolvers import sign_in as signing
from tests.cast import Cast, House, Person
from tests.verify import verify_action, verify_refusal

PASSWORD = "correct horse battery"
OTHER = "wrong horse battery"


async def give(person: Person, password: str = PASSWORD) -> str:
    """The person gets this password and an address of their own; returns the address."""
    hash = await hashed(password)
    email = f"{person.id.hex}@people.example"
    async with unit_of_work(person):
        member = await Member.load(person.id)
        await member.change({"email": email}, None)
        await Credential.set(member, hash)
    return email


async def test_a_password_is_kept_as_argon2id_and_never_in_an_event(cast: Cast) -> None:
    house = cast.harbour
    hash = await hashed(PASSWORD)
    async with verify_action(house, house.dan) as action:
        await Credential.set(await Member.me(), hash)
        await Credential.set(await Member.me(), await hashed(OTHER))
    assert action.kinds == [EventKind.PASSWORD_SET] * 2
    assert hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert "argon2" not in str(action.events)
    assert await hashed(PASSWORD) != hash


@pytest.mark.parametrize(
    ("password", "fits"),
    [("x" * 11, False), ("x" * 12, True), ("x" * 128, True), ("x" * 129, False), ("", False)],
)
async def test_a_password_has_12_to_128_characters(password: str, fits: bool) -> None:
    if fits:
        assert await sign_in.matches(await hashed(password), password)
    else:
        with pytest.raises(ValidationError, match="12 to 128"):
            await hashed(password)


async def test_a_password_is_the_same_however_its_letters_were_typed() -> None:
    hash = await hashed("café au lait noir")
    assert await sign_in.matches(hash, "café au lait noir")
    assert not await sign_in.matches(hash, "Café au lait noir")


async def test_the_right_password_opens_a_session_that_is_known_by_its_hash_alone(
    cast: Cast, as_owner: "asyncpg.Connection[Any]"
) -> None:
    house = cast.harbour
    email = await give(house.dan)
    async with verify_action(house) as action:
        token = await signing.sign_in(email=email.upper(), password=PASSWORD)
    assert isinstance(token, str)
    assert token.startswith("op_live_")
    assert len(token) == len("op_live_") + 43  # 256 bits
    assert action.kinds == [EventKind.SESSION_OPENED]
    assert token not in str(action.events)
    assert token_hash(token).hex() not in str(action.events)
    row = await as_owner.fetchrow(
        "select token_hash, to_jsonb(s)::text as everything from session s where member_id = $1",
        house.dan.id,
    )
    assert row is not None
    assert (bytes(row["token_hash"]), token in row["everything"]) == (token_hash(token), False)
    viewer = await viewer_of(token)
    assert viewer is not None
    assert (viewer.firm_id, viewer.member_id, viewer.role, viewer.scopes) == (
        house.id, house.dan.id, house.dan.role, None,
    )  # fmt: skip


async def test_whoever_may_not_come_in_is_told_one_and_the_same(cast: Cast) -> None:
    house = cast.harbour
    email = await give(house.dan)
    answers = set()
    for asked in (
        {"email": email, "password": OTHER},
        {"email": email, "password": ""},
        {"email": email, "password": "x" * 10_000},
        {"email": "nobody@people.example", "password": PASSWORD},
        {"email": "eve@harbour.example", "password": PASSWORD},  # known, and without a password
        {"email": "no address at all", "password": PASSWORD},
        {"email": email, "password": PASSWORD, "firm_id": cast.alpine.id},
    ):
        async with verify_action(house) as action:
            with pytest.raises(ValidationError) as refused:
                await signing.sign_in(**asked)
        answers.add((refused.value.message, refused.value.path, refused.value.code))
        assert action.events == []
    assert answers == {
        ("This address and password do not open a firm here.", ("password",), "SIGN_IN_REFUSED")
    }


async def test_an_unknown_address_costs_the_same_work_as_a_wrong_password(cast: Cast) -> None:
    email = await give(cast.harbour.dan)
    stored = await hashed(PASSWORD)
    assert argon2.extract_parameters(sign_in._NOBODY) == argon2.extract_parameters(stored)

    async def work(address: str) -> float:
        """Processor time, which what else the machine does has no part in."""
        began = time.process_time()
        for _ in range(5):
            assert await accounts(address, OTHER) == []
        return time.process_time() - began

    known, unknown = await work(email), await work("nobody@people.example")
    assert 0.5 < unknown / known < 2


async def test_one_address_in_two_firms_chooses_between_those_its_password_opens(
    cast: Cast,
) -> None:
    harbour, alpine = cast.harbour, cast.alpine
    email = await give(harbour.dan)
    async with unit_of_work(alpine.ada):
        await (await Member.load(alpine.dan.id)).change({"email": email}, None)
        await Credential.set(await Member.load(alpine.dan.id), await hashed(PASSWORD))
    assert await signing.sign_in(email=email, password=PASSWORD) == [
        Account(alpine.id, "Alpine Treuhand", alpine.dan.id),
        Account(harbour.id, "Harbour Accountants", harbour.dan.id),
    ]
    token = await signing.sign_in(email=email, password=PASSWORD, firm_id=alpine.id)
    assert isinstance(token, str)
    viewer = await viewer_of(token)
    assert viewer is not None
    assert (viewer.firm_id, viewer.member_id) == (alpine.id, alpine.dan.id)
    async with unit_of_work(alpine.dan):
        await Credential.set(await Member.me(), await hashed(OTHER))
    token = await signing.sign_in(email=email, password=OTHER)
    assert isinstance(token, str)
    opened = await viewer_of(token)
    assert opened is not None
    assert opened.firm_id == alpine.id


async def test_signing_out_ends_that_session_alone_and_twice_is_once(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        tokens = [(await Session.open(house.dan.id))[1] for _ in range(2)]
    viewer = await viewer_of(tokens[0])
    assert viewer is not None
    async with verify_action(house) as action:
        await signing.sign_out(viewer)
        await signing.sign_out(viewer)
    assert action.kinds == [EventKind.SESSION_CLOSED]
    assert [await viewer_of(token) is None for token in tokens] == [True, False]


async def test_a_session_ends_by_itself_after_thirty_days(cast: Cast) -> None:
    house = cast.harbour
    async with reading(house.dan):
        now = await clock.now()
    tokens = []
    for age in (SESSION_LIFETIME - timedelta(minutes=1), SESSION_LIFETIME + timedelta(seconds=1)):
        async with unit_of_work(house.dan, at=now - age):
            tokens.append((await Session.open(house.dan.id))[1])
    assert [await viewer_of(token) is None for token in tokens] == [False, True]


@pytest.mark.parametrize(
    "token", ["", "op_live_", "op_live_" + "x" * 43, "op_live_" + "x" * 300, "op_test_" + "x" * 43]
)
async def test_what_is_no_token_of_ours_opens_nothing(practice: object, token: str) -> None:
    assert await viewer_of(token) is None


async def test_a_role_counts_as_it_is_now(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        _, token = await Session.open(house.dan.id)
    async with unit_of_work(house.ada):
        await (await Member.load(house.dan.id)).change({"role": "contractor"}, None)
    viewer = await viewer_of(token)
    assert viewer is not None
    assert viewer.role == "contractor"


async def leave(house: House, on: date) -> None:
    async with unit_of_work(house.ada):
        await (await Member.load(house.dan.id)).leave(on)


async def test_on_the_last_day_one_still_comes_in_and_from_the_next_not_at_all(cast: Cast) -> None:
    house = cast.harbour
    email = await give(house.dan)
    async with unit_of_work(house.dan):
        _, token = await Session.open(house.dan.id)
        today = await firm_today()
    await leave(house, today)
    assert await viewer_of(token) is not None
    assert len(await accounts(email, PASSWORD)) == 1
    await leave(house, today - timedelta(days=1))
    assert await viewer_of(token) is None
    assert await accounts(email, PASSWORD) == []
    with pytest.raises(PracticeError):
        await operators.speaker_for(email)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
async def test_the_last_day_is_reckoned_where_the_firm_is(cast: Cast, zone: str) -> None:
    house = cast.harbour  # between the two zones lie 25 hours: in one of them it is another day
    async with unit_of_work(house.ada):
        await (await Firm.mine()).change({"time_zone": zone}, None)
    async with unit_of_work(house.dan):
        _, token = await Session.open(house.dan.id)
        today = await firm_today()
    for last, out in ((today, False), (today - timedelta(days=1), True)):
        await leave(house, last)
        assert (await viewer_of(token) is None) is out


async def test_nobody_reads_or_ends_somebody_elses_session(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        session, _ = await Session.open(house.dan.id)
    async with verify_refusal(house, house.eve, NotFound):
        await Session.load(session.id)
    async with verify_refusal(cast.alpine, cast.alpine.ada, NotFound):
        await Session.load(session.id)


async def test_more_tries_at_once_than_are_soon_worked_off_are_turned_away() -> None:
    tries = (sign_in.matches(None, PASSWORD) for _ in range(40))
    endings = await asyncio.gather(*tries, return_exceptions=True)
    assert endings.count(False) == 32
    assert sum(isinstance(ending, Overloaded) for ending in endings) == 8
