"""Those who change things: by the API until they are answered, and straight in the database."""

import asyncio
import random
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import asyncpg

from models.errors import PracticeError
from models.tasks import Task
from models.unit_of_work import unit_of_work
from tests.cast import House
from tests.chaos import acts_of_contacts, acts_of_office, acts_of_work  # noqa: F401  (add acts)
from tests.chaos.acts import Act, acts
from tests.chaos.asking import Asking, FaultError
from tests.chaos.stage import Stage

_AWAY = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError,
         asyncpg.InternalClientError, PracticeError)  # fmt: skip


class Writer:
    """One person who does one thing after the other, each under a key of its own."""

    def __init__(
        self, name: str, person: str, stage: Stage, ask: Asking, chance: random.Random
    ) -> None:
        self.said: list[str] = []
        """The texts of comments that the server has said it took."""
        self.faults: list[str] = []
        self.done = 0
        self.refused = 0
        self._name = name
        self._person = person
        self._stage = stage
        self._ask = ask
        self._chance = chance

    async def work(self, over: asyncio.Event) -> None:
        """Until it is over; what is begun is brought to an answer."""
        while not over.is_set():
            chance = self._chance
            comments = self._ask.door == "/graphql" and chance.random() < 0.15
            await self._do(self._comment() if comments else
                           acts.next(self._person, self._stage, chance))  # fmt: skip
            with suppress(TimeoutError):
                async with asyncio.timeout(chance.uniform(0, 0.15)):
                    await over.wait()
        await self._ask.close()

    def _comment(self) -> Act:
        """One whose text tells it from all others."""
        body = f"{self._name} {self.done + self.refused}"
        said = {"jobId": self._stage.one("job", self._chance), "body": body}
        return Act("addComment", said, "comment", "made: comment { id }")

    async def _do(self, act: Act) -> None:
        key = f"{self._name}-{self.done + self.refused}"
        said = {**act.input, "idempotencyKey": key}
        try:
            data = await self._ask.until_answered(act.document, input=said)
        except FaultError as fault:
            self.faults.append(f"{act.name}: {fault}")
            self.refused += 1
            return
        answer = data[act.name]
        if answer["errors"]:
            self.refused += 1
            self._must_be_a_refusal(act, answer["errors"])
        else:
            self.done += 1
            self._learn(act, answer)

    def _must_be_a_refusal(self, act: Act, errors: list[Mapping[str, Any]]) -> None:
        if any(error["code"] in ("IDEMPOTENCY_MISMATCH", "INTERNAL") for error in errors):
            self.faults.append(f"{act.name}: {errors}")

    def _learn(self, act: Act, answer: Mapping[str, Any]) -> None:
        known = self._stage.known
        if act.name == "addComment":
            self.said.append(act.input["body"])
        if act.makes and answer["made"]:
            known[act.makes].append(answer["made"]["id"])
            known["item"] += [item["id"] for item in answer["made"].get("items", ())]
        if act.ends is not None and act.ends[1] in known[act.ends[0]]:
            known[act.ends[0]].remove(act.ends[1])


async def change_their_mind(house: House, chance: random.Random, over: asyncio.Event) -> None:
    """Transactions beside those of the servers, which last, and mostly come to nothing."""
    while not over.is_set():
        with suppress(_NotAfterAllError, *_AWAY):
            async with unit_of_work(house.ada):
                await Task.add(title="Not after all")
                await asyncio.sleep(chance.uniform(0, 0.3))
                raise _NotAfterAllError
        with suppress(*_AWAY):
            async with unit_of_work(house.ada):
                task = await Task.load(house.tidy)
                await task.change({"title": f"Tidy {chance.random()}"}, None)
                await asyncio.sleep(chance.uniform(0, 0.2))


class _NotAfterAllError(Exception):
    pass
