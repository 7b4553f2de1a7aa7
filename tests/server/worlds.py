"""Somebody who asks the whole application, and things that they may not come to know of."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from uuid_utils.compat import uuid7

from schema import ids
from tests.cast import Person, one_firm
from tests.server.outside import Outside
from tests.server.talking import hear, subscribe
from tests.stock import Stock, stock_of
from tests.walk import ANY, FITTING, Place, Root

WORD = "Enzian"
"""In the name of everything that the one who asks may not know of."""

_HEX = re.compile(r"[0-9a-f]{32}")
_PASSING = re.compile(
    r'("\d{4}-\d\d-\d\dT[\d:.]+Z"|(?<="requestId":)"[^"]+"|\{"__typename":"UploadForm".*?\]\})'
)


@dataclass(frozen=True)
class World:
    """Somebody who asks, what they have themselves, and what they may not know of."""

    person: Person
    own: Stock
    strange: Stock

    @property
    def secrets(self) -> frozenset[UUID]:
        """The ids that they may not come to know."""
        if self.own.house is self.strange.house:
            return self.strange.of_the_client
        return frozenset(id for known in self.strange.ids.values() for id in known)

    def kinds(self, place: Place) -> list[str]:
        """Of which kinds there is something strange for this place."""
        kinds = ids.PREFIXES if place.prefix == ANY else (str(place.prefix),)
        return [kind for kind in kinds if self.strange.ids[kind][0] in self.secrets]


async def fresh(outside: Outside, strange: Stock) -> World:
    """A firm that never existed before, its owner asking; the other one as it stands."""
    house = await one_firm()
    await outside.key_of(house.ada)
    return World(house.ada, await stock_of(house, house.ada, house.bakery, "Own"), strange)


async def told(
    outside: Outside, world: World, root: Root, place: Place | None = None, id: Any = FITTING
) -> str:
    """The answer (of a subscription, the first item), in which nothing strange may be.

    Times, request ids, signed forms and the id that was sent are taken out.
    """
    request = root.request(world.own, place, id)
    if root.kind == "subscription":
        async with outside.socket(world.person) as socket:
            await subscribe(socket, "1", request["query"], **request["variables"])
            answer = await hear(socket)
    else:
        answer = (await outside.post(world.person, **request)).json()
    text = _PASSING.sub('"…"', orjson.dumps(answer).decode())
    text = text if id is FITTING else text.replace(id, "<id>")
    assert "UNAUTHENTICATED" not in text
    strange = {WORD, WORD.lower()} | (set(_HEX.findall(text)) & {id.hex for id in world.secrets})
    assert not [secret for secret in strange if secret in text], f"{root} {place}: {text}"
    return text


def code_of(answer: str) -> str:
    """The first refusal's code, or DONE."""
    found = orjson.loads(answer)
    for error in found.get("errors") or ():
        return str(error["extensions"]["code"])
    for value in (found.get("data") or {}).values():
        for error in (value or {}).get("errors", ()) if isinstance(value, dict) else ():
            return str(error["code"])
    return "DONE"


def unknown_id(kind: str) -> str:
    return f"{kind}_{uuid7().hex}"
