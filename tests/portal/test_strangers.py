"""Every root field of the portal, given what is another client's, another firm's, or was theirs
until a moment ago: answered exactly like what does not exist."""

import pytest

from tests.guests import come_in, invited
from tests.portal.strangers import ROOTS, Guest, take_away
from tests.server.outside import events_of
from tests.server.worlds import code_of, unknown_id
from tests.walk import Root

pytestmark = pytest.mark.files

FOUND = {"answerItem": "INVALID"}
"""What a call with one's own ids is answered, where it is not done: the item asks for a file."""


def test_every_root_field_but_those_open_to_all_is_walked() -> None:
    assert {root.name for root in ROOTS if root.id_places} == {
        "request", "downloadLink", "answerItem", "startUpload", "completeUpload",
        "sendMessage", "readMessage",
    }  # fmt: skip


@pytest.mark.parametrize("root", ROOTS, ids=str)
async def test_what_is_not_theirs_is_answered_like_what_does_not_exist(
    guest: Guest, root: Root
) -> None:
    await guest.told(root)
    before = await events_of(guest.house)
    for place in root.id_places:
        kind = str(place.prefix)
        unknown = await guest.told(root, place, unknown_id(kind))
        for stock in (guest.former, *guest.strange):
            assert await guest.told(root, place, stock.written(kind)) == unknown
        assert await guest.told(root, place, guest.own.written("task")) == unknown
        assert await guest.told(root, place, "nonsense") == unknown
    assert await events_of(guest.house) == before


@pytest.mark.parametrize("root", [root for root in ROOTS if root.id_places], ids=str)
async def test_with_ids_of_ones_own_each_call_finds_its_things(guest: Guest, root: Root) -> None:
    answer = await guest.told(root)

    assert code_of(answer) == FOUND.get(root.name, "DONE")
    assert answer != await guest.told(root, root.id_places[0], unknown_id("request"))


async def test_whoever_was_removed_is_nobody_to_any_field(guest: Guest) -> None:
    contact = await invited(guest.house, guest.house.bakery, email="kay@bakery.example")
    token = await come_in(guest.house, contact)
    await take_away(guest.house, contact, guest.house.bakery)
    for root in ROOTS:
        answer = await guest.site.http.post(
            "/portal/graphql",
            json=root.request(guest.own),
            headers={"authorization": f"Bearer {token}"},
        )
        assert answer.status_code == 401, f"{root}: {answer.text}"
