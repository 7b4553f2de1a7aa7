"""What somebody does by chance: a call of one mutation. A refusal is as good as a success."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.chaos.stage import Stage

MEMBERS = ("ada", "ben", "cleo", "dan")
BILLERS = ("ada", "ben", "cleo")
WORDS = ("Soon", "Later", "At once", "Bank papers", "VAT", "Loan", "Lease", "Wages")
MOST = {"task": 50, "job": 20, "comment": 40, "entry": 40, "invoice": 15, "client": 10,
        "request": 12, "message": 40, "recurrence": 4, "line": 40}  # fmt: skip
"""How much there may be of a kind before no more is made: a board has to stay readable."""


@dataclass(frozen=True)
class Act:
    """A mutation and its input. What it makes becomes known as a `makes`, by `answer`, which calls
    it `made`; what it ends is known no more."""

    name: str
    input: Mapping[str, Any]
    makes: str = ""
    answer: str = ""
    ends: tuple[str, str] | None = None

    @property
    def document(self) -> str:
        kind = self.name[0].upper() + self.name[1:]
        return (
            f"mutation($input: {kind}Input!)"
            f" {{ {self.name}(input: $input) {{ errors {{ code }} {self.answer} }} }}"
        )


Maker = Callable[[Stage, random.Random], Act | None]
"""Makes an act up; None where there is nothing to be done to."""


class Acts:
    """Acts by how often they are done and by whom."""

    def __init__(self) -> None:
        self._made: list[tuple[float, Sequence[str], Maker]] = []

    def add(self, weight: float, people: Sequence[str] = MEMBERS) -> Callable[[Maker], Maker]:
        def keep(maker: Maker) -> Maker:
            self._made.append((weight, people, maker))
            return maker

        return keep

    def of_one(
        self, weight: float, name: str, kind: str, *, key: str = "id", ends: bool = False,
        people: Sequence[str] = MEMBERS, **choices: Sequence[Any],
    ) -> None:  # fmt: skip
        """What is done to one thing of a kind; the rest of the input is one of its choices each."""

        @self.add(weight, people)
        def make(stage: Stage, chance: random.Random) -> Act | None:
            id = stage.one(kind, chance)
            if id is None:
                return None
            said = {field: chance.choice(values) for field, values in choices.items()}
            return Act(name, {key: id, **said}, ends=(kind, id) if ends else None)

    def next(self, person: str, stage: Stage, chance: random.Random) -> Act:
        """Something that this person does now."""
        able = [(weight, maker) for weight, people, maker in self._made if person in people]
        weights = [weight for weight, _ in able]
        while True:
            ((_, maker),) = chance.choices(able, weights)
            act = maker(stage, chance)
            if act is not None and not _is_enough(act, stage):
                return act


def _is_enough(act: Act, stage: Stage) -> bool:
    return len(stage.known[act.makes]) >= MOST.get(act.makes, 100)


acts = Acts()
"""All of them; the modules acts_of_… add to it."""
