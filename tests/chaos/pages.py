"""Which pages people have open."""

import random
from itertools import count

from tests.chaos.asking import Asking
from tests.chaos.cards import JobBoard, OneJob, TaskBoard, Timers
from tests.chaos.following import Changes, Following
from tests.chaos.portal import Portal
from tests.chaos.proxy import Road
from tests.chaos.screen import Manner, Screen
from tests.chaos.stage import CONTACTS, PEOPLE, Stage

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
        """The next one: every third the owner's, who sees all; every fifth a contact's."""
        number = next(self._numbers)
        chance = random.Random(f"page {self._seed} {number}")
        person = "ada" if number % 3 == 1 else chance.choice(PEOPLE)
        if number % 5 == 0:
            return self._portal(number, chance.choice(CONTACTS), chance)
        ask = Asking(self._roads, self._stage.keys[person], chance)
        stalls = number % 4 == 0
        return Screen(
            person, self._stage.keys[person],
            [Changes(ask), *self._shown(number, ask, person, chance)],
            self._roads, chance, ask=ask, manner=Manner.STALLS if stalls else Manner.READS,
        )  # fmt: skip

    def _portal(self, number: int, contact: str, chance: random.Random) -> Screen:
        door, key = "/portal/graphql", self._stage.keys[contact]
        ask = Asking(self._roads, key, chance, door)
        return Screen(contact, key, [Portal(ask)], self._roads, chance, ask=ask, door=door)

    def _shown(
        self, number: int, ask: Asking, person: str, chance: random.Random
    ) -> list[Following]:
        stage = self._stage
        match number % 4:
            case 0:
                # Much to read for one who reads slowly.
                return [Changes(ask) for _ in range(_MUCH)]
            case 1:
                return [JobBoard(ask, filter=_ALL), Timers(ask)]
            case 2:
                filter = chance.choice([
                    {**_ALL, "includeDone": False},
                    {**_ALL, "memberId": stage.member(person)},
                    {**_ALL, "clientId": stage.id("client", "bakery")},
                    {**_ALL, "text": "Soon"},
                    {"scope": "MINE", "due": "ANY"},
                ])  # fmt: skip
                return [TaskBoard(ask, filter=filter), JobBoard(ask, filter=filter)]
            case _:
                return [TaskBoard(ask, filter=_ALL), OneJob(ask, jobId=stage.id("job", "books"))]
