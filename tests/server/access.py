"""Pages of staff and contacts that follow all they may, and all that can happen to their access."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import orjson
import websockets
from websockets.asyncio.client import ClientConnection
from websockets.typing import Subprotocol

from models.clients import Client, ClientRole
from models.contacts import Contact
from models.members import Member
from models.permissions import Permission, Role
from models.portal_sign_in import PortalSession
from models.sign_in import ApiToken, Session
from models.unit_of_work import current, unit_of_work
from tests.cast import House, Person
from tests.guests import come_in, invited
from tests.server.outside import Outside
from tests.server.talking import enter, hear, subscribe

FOLLOW = {
    "staff": """subscription ($since: StreamCursor) { changes(since: $since) { __typename
      ... on Changes { cursor changes { entityId kind } } ... on Heartbeat { cursor }
      ... on Resync { reason cursor } } }""",
    "portal": """subscription ($since: StreamCursor) { portalChanges(since: $since) { __typename
      ... on PortalChanges { cursor changes { id removed } } ... on Heartbeat { cursor }
      ... on Resync { reason cursor } } }""",
}
PATHS = {"staff": "/graphql", "portal": "/portal/graphql"}


@dataclass
class Screen:
    """A page that follows all it may; what it was told, and how that ended."""

    socket: ClientConnection
    stream: str
    told: list[dict[str, Any]] = field(default_factory=list)
    end: str | int = ""
    """The code with which the socket was closed, or why it was to begin anew."""

    async def until_closed(self) -> None:
        """Hear all that is said, to the end of the socket."""
        with suppress(websockets.ConnectionClosed):
            while True:
                await self._hear()
        self.end = self.socket.close_code or 1006

    async def until_resync(self) -> None:
        """Hear all that is said, to the end of the stream alone."""
        while self.end == "":
            await self._hear()

    async def until_told(self, id: str) -> None:
        async with asyncio.timeout(10):
            while id not in self.ids:
                await self._hear()

    async def _hear(self) -> None:
        frame = orjson.loads(await self.socket.recv())
        said = frame.get("payload", {}).get("data", {}).get(self.stream, {})
        self.end = said.get("reason", self.end)
        self.told += said.get("changes", ())

    @property
    def ids(self) -> list[str]:
        return [change.get("entityId", change.get("id", "")) for change in self.told]


@asynccontextmanager
async def screen(site: Outside, door: str, token: str) -> AsyncIterator[Screen]:
    """Somebody's page, live from now on."""
    async with websockets.connect(
        f"ws://127.0.0.1:{site.port}{PATHS[door]}",
        subprotocols=[Subprotocol("graphql-transport-ws")],
    ) as socket:
        await enter(socket, token)
        await subscribe(socket, "1", FOLLOW[door])
        name = "changes" if door == "staff" else "portalChanges"
        said = (await hear(socket))["payload"]["data"][name]
        assert said["__typename"] == "Heartbeat"
        yield Screen(socket, name)


@dataclass(frozen=True)
class Case:
    """Somebody's page, what is done to them, and something they may hear no more of."""

    door: str
    token: str
    deed: Callable[[], Awaitable[object]]
    end: int | str
    client: UUID | None


async def a_session(person: Person) -> tuple[Session, str]:
    async with unit_of_work(person):
        return await Session.open(person.id)


async def role_changed(house: House) -> Case:
    _, token = await a_session(house.dan)

    async def deed() -> None:
        await (await Member.load(house.dan.id)).change({"role": Role.CONTRACTOR}, None)

    return Case("staff", token, deed, 4411, house.mill)


async def session_closed(house: House) -> Case:
    session, token = await a_session(house.dan)

    async def deed() -> None:
        await (await Session.load(session.id)).close()

    return Case("staff", token, deed, 4403, house.bakery)


async def token_revoked(house: House) -> Case:
    async with unit_of_work(house.dan):
        made, token = await ApiToken.issue(
            member_id=house.dan.id, name="BI",
            scopes=[Permission.READ_FIRM, Permission.READ_WORK, Permission.READ_CLIENTS],
        )  # fmt: skip

    async def deed() -> None:
        await (await ApiToken.load(made.id)).revoke()

    return Case("staff", token, deed, 4403, house.bakery)


async def member_left(house: House) -> Case:
    _, token = await a_session(house.dan)

    async def deed() -> None:
        await (await Member.load(house.dan.id)).leave(date(2025, 1, 1))

    return Case("staff", token, deed, 4403, house.bakery)


async def client_made_restricted(house: House) -> Case:
    _, token = await a_session(house.dan)

    async def deed() -> None:
        await (await Client.load(house.mill)).change({"restricted": True}, None)

    return Case("staff", token, deed, "ACCESS_CHANGED", house.mill)


async def contractors_part_ended(house: House) -> Case:
    _, token = await a_session(house.finn)

    async def deed() -> None:
        id = await current().fetchval(
            "select id from client_role where client_id = $1 and member_id = $2",
            house.bakery, house.finn.id,
        )  # fmt: skip
        await (await ClientRole.load(id)).end()

    return Case("staff", token, deed, "ACCESS_CHANGED", house.bakery)


async def a_guest(house: House, *clients: UUID) -> tuple[UUID, str]:
    kit = await invited(house, *clients)
    return kit, await come_in(house, kit)


async def contact_removed(house: House) -> Case:
    kit, token = await a_guest(house, house.bakery)

    async def deed() -> None:
        await (await Contact.load(kit)).unlink(await Client.load(house.bakery), "director")

    return Case("portal", token, deed, 4403, house.bakery)


async def contact_removed_from_one_of_two(house: House) -> Case:
    kit, token = await a_guest(house, house.bakery, house.mill)

    async def deed() -> None:
        await (await Contact.load(kit)).unlink(await Client.load(house.mill), "director")

    return Case("portal", token, deed, "ACCESS_CHANGED", house.mill)


async def portal_access_withdrawn(house: House) -> Case:
    kit, token = await a_guest(house, house.bakery)

    async def deed() -> None:
        await (await Contact.load(kit)).close_portal(house.bakery)

    return Case("portal", token, deed, 4403, house.bakery)


async def contact_signed_out(house: House) -> Case:
    kit, token = await a_guest(house, house.bakery)

    async def deed() -> None:
        id = await current().fetchval("select id from portal_session where contact_id = $1", kit)
        await (await PortalSession.load(id)).close()

    return Case("portal", token, deed, 4403, house.bakery)


async def contacts_address_changed(house: House) -> Case:
    kit, token = await a_guest(house, house.bakery)

    async def deed() -> None:
        await (await Contact.load(kit)).change({"email": "new@bakery.example"}, None)

    return Case("portal", token, deed, 4403, house.bakery)


CASES: tuple[Callable[[House], Awaitable[Case]], ...] = (
    role_changed, session_closed, token_revoked, member_left, client_made_restricted,
    contractors_part_ended, contact_removed, contact_removed_from_one_of_two,
    portal_access_withdrawn, contact_signed_out, contacts_address_changed,
)  # fmt: skip
