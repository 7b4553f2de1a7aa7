"""Idempotency keys: one call under one key, each member's own, and nothing kept of a refusal."""

import asyncio
from uuid import UUID

import pytest
from uuid_utils.compat import uuid7

from models.errors import PracticeError, ValidationError
from models.idempotency import remember, remembered
from models.teams import Team
from models.unit_of_work import unit_of_work
from models.viewer import Viewer
from tests.cast import Cast
from tests.verify import verify_action, verify_refusal

UNTIL_SOMEBODY_WAITS = """do $$ begin
  while not exists (select from pg_locks where not granted
                    and transactionid = pg_current_xact_id()::xid)
  loop perform pg_sleep(0.001); end loop;
end $$"""

CALL, OTHER_CALL = b"form a team", b"form another team"


async def form(viewer: Viewer, key: str | None, call: bytes = CALL) -> UUID | None:
    """Form a team under a key, as a mutation does; the id it answers."""
    async with unit_of_work(viewer):
        answer = await remembered(key, call)
        if answer is None:
            team = await Team.form(name=uuid7().hex)
            answer = {"team": team.id}
            await remember(key, answer)
    return answer["team"]


async def test_twenty_calls_at_once_under_one_key_happen_once_and_hear_the_same(
    cast: Cast,
) -> None:
    house = cast.harbour
    async with verify_action(house) as action:
        answers = await asyncio.gather(*(form(house.ben, "key") for _ in range(20)))
    assert {str(id) for id in answers} == {action.events[0]["entity_id"]}
    assert len(action.events) == 1


async def test_another_call_under_the_same_key_is_refused(cast: Cast) -> None:
    house = cast.harbour
    await form(house.ben, "key")
    async with verify_refusal(
        house, house.ben, ValidationError, code="IDEMPOTENCY_MISMATCH", path="idempotencyKey"
    ):
        await remembered("key", OTHER_CALL)


async def test_a_key_belongs_to_one_member_of_one_firm(cast: Cast) -> None:
    asking = (cast.harbour.ben, cast.harbour.ada, cast.harbour.system,
              cast.alpine.ben, cast.alpine.system)  # fmt: skip
    answers = [await form(viewer, "key", call) for viewer in asking
               for call in (CALL, CALL)]  # fmt: skip
    assert len(set(answers)) == len(asking)
    assert answers[::2] == answers[1::2]


async def test_without_a_key_nothing_is_remembered(cast: Cast) -> None:
    house = cast.harbour
    assert await form(house.ben, None) != await form(house.ben, None)


@pytest.mark.parametrize(("key", "fits"), [("k", True), ("k" * 255, True), ("🗝" * 255, True),
                                           ("", False), ("k" * 256, False)])  # fmt: skip
async def test_a_key_has_1_to_255_characters(cast: Cast, key: str, fits: bool) -> None:
    house = cast.harbour
    if fits:
        assert await form(house.ben, key) == await form(house.ben, key)
        return
    async with verify_refusal(house, house.ben, ValidationError, path="idempotencyKey"):
        await remembered(key, CALL)


async def test_a_refused_call_leaves_its_key_free(cast: Cast) -> None:
    house = cast.harbour

    async def refused() -> None:
        async with unit_of_work(house.ben):
            assert await remembered("key", OTHER_CALL) is None
            raise PracticeError("Not like this.")

    with pytest.raises(PracticeError):
        await refused()
    assert await form(house.ben, "key") == await form(house.ben, "key")


async def test_a_call_that_waits_for_one_that_is_refused_happens_itself(cast: Cast) -> None:
    house, taken = cast.harbour, asyncio.Event()

    async def refused() -> None:
        async with unit_of_work(house.ben) as unit:
            assert await remembered("key", CALL) is None
            taken.set()
            await unit.execute(UNTIL_SOMEBODY_WAITS)
            raise PracticeError("Not like this.")

    async def after_it() -> UUID | None:
        await taken.wait()
        return await form(house.ben, "key")

    async with verify_action(house) as action:
        endings = await asyncio.gather(refused(), after_it(), return_exceptions=True)
    assert isinstance(endings[0], PracticeError)
    assert str(endings[1]) == action.events[0]["entity_id"]


async def test_what_was_answered_comes_back_as_it_was(cast: Cast) -> None:
    house, id = cast.harbour, uuid7()
    answer: dict[str, UUID | None] = {"timer": id, "stopped": None}
    async with unit_of_work(house.ben):
        assert await remembered("key", CALL) is None
        await remember("key", answer)
    async with unit_of_work(house.ben):
        assert await remembered("key", CALL) == answer
