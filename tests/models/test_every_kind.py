"""Every kind of event is caused here by an act that is proved: no kind can be forgotten."""

import pytest

from models.events import EventKind
from tests.cast import House, two_firms
from tests.kinds import clients, firm, money, planning, requests, work  # noqa: F401  (fill ACTS)
from tests.kinds.acts import ACTS, Act
from tests.verify import verify_action, verify_history

FOUNDING = {EventKind.FIRM_FOUNDED, EventKind.LEGAL_ENTITY_ADDED, EventKind.OFFICE_OPENED}
"""Before these a firm owns nothing of which there could be a picture; its history begins there."""


@pytest.fixture(scope="module")
async def house(practice: object) -> House:
    """One firm for all of them, whose history grows with each."""
    return (await two_firms()).harbour


@pytest.mark.parametrize("act", ACTS, ids=str)
async def test_what_was_there_and_the_events_make_what_is_there(house: House, act: Act) -> None:
    course = act.course(house)
    async with verify_action(house, await anext(course)) as action:
        assert await anext(course, None) is None

    assert set(action.kinds) == act.kinds


async def test_a_firm_is_the_sum_of_its_events_from_its_founding_on(house: House) -> None:
    assert await verify_history(house) >= FOUNDING


def test_each_kind_of_event_is_caused_by_an_act_that_is_proved() -> None:
    caused = frozenset[EventKind]().union(*(act.kinds for act in ACTS))

    assert set(EventKind) - FOUNDING == caused
