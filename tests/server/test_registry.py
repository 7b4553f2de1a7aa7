"""Who listens is asked about again and again, and of many never all at once."""

import asyncio
from collections.abc import Collection
from uuid import uuid4

from models.permissions import Role
from models.viewer import Viewer
from server.authentication import Sessions
from server.sockets.frames import Closing
from server.sockets.registry import Sockets

STAFF = Viewer(uuid4(), uuid4(), Role.STAFF)


class Listening:
    """Somebody who came in with a token of their own."""

    def __init__(self, token: str, sessions: Sessions) -> None:
        self.token: str | None = token
        self.viewer: Viewer | None = STAFF
        self.sessions = sessions
        self.ended: Closing | None = None

    def end(self, closing: Closing) -> None:
        self.ended = closing


async def test_a_thousand_who_came_at_once_are_asked_about_part_by_part_in_time() -> None:
    asked: list[Collection[str]] = []
    everybody = asyncio.Event()
    tokens = [f"op_live_{number:020}" for number in range(1_000)]

    async def look_up(some: Collection[str]) -> dict[str, Viewer]:
        asked.append(some)
        if len({token for part in asked for token in part}) == len(tokens):
            everybody.set()
        return dict.fromkeys((token for token in some if token != tokens[7]), STAFF)

    sessions, sockets = Sessions(look_up), Sockets(every=1)
    listeners = [Listening(token, sessions) for token in tokens]
    for listener in listeners:
        sockets.add(listener)
    watching = asyncio.create_task(sockets.watch())
    async with asyncio.timeout(2):
        await everybody.wait()
    watching.cancel()

    assert max(map(len, asked)) < 300
    assert [one for one in listeners if one.ended] == [listeners[7]]
