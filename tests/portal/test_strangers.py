"""Every root field of the portal, given what is another client's, another firm's, or was theirs
until a moment ago: answered exactly like what does not exist."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
import pytest

from models.contacts import Contact
from models.database import Database
from models.unit_of_work import unit_of_work
from portal.schema import portal
from tests.cast import House, two_firms
from tests.guests import come_in, invited
from tests.server.outside import Outside, events_of, outside
from tests.server.worlds import WORD, code_of, unknown_id
from tests.servers import S3, DatabaseMaker
from tests.stock import Stock, stock_of
from tests.walk import FITTING, Place, Root, roots

pytestmark = pytest.mark.files

OPEN_TO_ALL = ("requestSignInLink", "redeemSignInLink", "signOut", "serverTime", "viewer")
ROOTS = [root for root in roots(portal(), "query", "mutation") if root.name not in OPEN_TO_ALL]
FOUND = {"answerItem": "INVALID"}
"""What a call with one's own ids is answered, where it is not done: the item asks for a file."""
_PASSING = re.compile(r'"\d{4}-\d\d-\d\dT[\d:.]+Z"|(?<="requestId":)"[^"]+"')


@dataclass
class Guest:
    """A contact with two clients, of whom one is taken away; what is theirs and what never was."""

    site: Outside
    house: House
    token: str
    own: Stock
    former: Stock
    strange: tuple[Stock, ...]

    async def told(self, root: Root, place: Place | None = None, id: Any = FITTING) -> str:
        """The answer, in which nothing strange may be; times and the id that was sent aside."""
        answer = await self.site.http.post(
            "/portal/graphql",
            json=root.request(self.own, place, id),
            headers={"authorization": f"Bearer {self.token}"},
        )
        text = _PASSING.sub('"…"', orjson.dumps(answer.json()).decode())
        assert "UNAUTHENTICATED" not in text
        assert WORD not in text, f"{root} {place}: {text}"
        return text if id is FITTING else text.replace(id, "<id>")


@pytest.fixture(scope="module")
async def guest(practice: Database, make_database: DatabaseMaker, s3: S3) -> AsyncIterator[Guest]:
    async with make_database() as own, outside(own, **s3) as site:
        cast = await two_firms()
        house = cast.harbour
        kit = await invited(house, house.bakery, house.mill)
        token = await come_in(house, kit)
        stocks = [
            await stock_of(house, house.ada, house.bakery, "Own"),
            await stock_of(house, house.ada, house.mill, WORD),
            await stock_of(house, house.ada, house.vault, f"{WORD}2"),
            await stock_of(cast.alpine, cast.alpine.ada, cast.alpine.bakery, WORD),
        ]
        await _take_away(house, kit, house.mill)
        yield Guest(site, house, token, stocks[0], stocks[1], tuple(stocks[2:]))


async def _take_away(house: House, contact_id: UUID, client_id: UUID) -> None:
    async with unit_of_work(house.ada):
        await (await Contact.load(contact_id)).close_portal(client_id)


def test_every_root_field_but_those_open_to_all_is_walked() -> None:
    assert {root.name for root in ROOTS if root.id_places} == {
        "request", "downloadLink", "answerItem", "startUpload", "completeUpload",
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
    await _take_away(guest.house, contact, guest.house.bakery)
    for root in ROOTS:
        answer = await guest.site.http.post(
            "/portal/graphql",
            json=root.request(guest.own),
            headers={"authorization": f"Bearer {token}"},
        )
        assert answer.status_code == 401, f"{root}: {answer.text}"
