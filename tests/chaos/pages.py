"""Which pages people have open."""

import random
from collections.abc import Sequence
from itertools import count

from tests.chaos.asking import Asking
from tests.chaos.cards import JobBoard, OneJob, TaskBoard, Timers
from tests.chaos.following import Changes, Following
from tests.chaos.portal import Portal
from tests.chaos.proxy import Road
from tests.chaos.screen import Screen
from tests.chaos.socket_screen import SocketScreen
from tests.chaos.stage import CONTACTS, PEOPLE, Stage
from tests.chaos.stream_screen import StreamScreen

_MUCH = 12
_ALL = {"scope": "EVERYTHING", "due": "ANY"}


class Pages:
    """Opens one page after the other; whose and which follows from the seed."""

    def __init__(self, stage: Stage, roads: list[Road], seed: int) -> None:
        self._stage = stage
        self._roads = roads
        self._seed = seed
        self._numbers = count(1)

    def open(self) -> Screen:
        """The next one: every third the owner's, who sees all; every fifth a contact's; of the
        later ones every seventh where sockets are blocked."""
        number = next(self._numbers)
        chance = random.Random(f"page {self._seed} {number}")
        person = "ada" if number % 3 == 1 else chance.choice(PEOPLE)
        door = "/graphql"
        if number % 5 == 0:
            person, door = chance.choice(CONTACTS), "/portal/graphql"
        key = self._stage.keys[person]
        ask = Asking(self._roads, key, chance, door)
        follows = [Portal(ask)] if person in CONTACTS else self._shown(number, ask, person, chance)
        facts = person, key, follows, self._roads, chance
        if number > 12 and number % 7 == 6:
            return StreamScreen(*facts, ask=ask, door=door)
        return SocketScreen(*facts, ask=ask, door=door, stalls=number % 4 == 0)

    def _shown(
        self, number: int, ask: Asking, person: str, chance: random.Random
    ) -> Sequence[Following]:
        stage, changes = self._stage, Changes(ask)
        match number % 4:
            case 0:
                # Much to read for one who reads slowly.
                return [Changes(ask) for _ in range(_MUCH)]
            case 1:
                return [changes, JobBoard(ask, filter=_ALL), Timers(ask)]
            case 2:
                filter = chance.choice([
                    {**_ALL, "includeDone": False},
                    {**_ALL, "memberId": stage.member(person)},
                    {**_ALL, "clientId": stage.id("client", "bakery")},
                    {**_ALL, "text": "Soon"},
                    {"scope": "MINE", "due": "ANY"},
                ])  # fmt: skip
                return [changes, TaskBoard(ask, filter=filter), JobBoard(ask, filter=filter)]
            case _:
                books = stage.id("job", "books")
                return [changes, TaskBoard(ask, filter=_ALL), OneJob(ask, jobId=books)]
