"""A contact who asks the whole portal, and things that they may not come to know of."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson

from models.contacts import Contact
from models.unit_of_work import unit_of_work
from portal.schema import portal
from tests.cast import House
from tests.server.outside import Outside
from tests.server.worlds import WORD
from tests.stock import Stock
from tests.walk import FITTING, Place, Root, roots

OPEN_TO_ALL = ("requestSignInLink", "redeemSignInLink", "signOut", "serverTime", "viewer")
ROOTS = [root for root in roots(portal(), "query", "mutation") if root.name not in OPEN_TO_ALL]
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


async def take_away(house: House, contact_id: UUID, client_id: UUID) -> None:
    async with unit_of_work(house.ada):
        await (await Contact.load(contact_id)).close_portal(client_id)
