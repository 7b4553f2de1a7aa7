"""The same questions to several firms by turns: how long each takes, and how much it looks at."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from graphql import OperationDefinitionNode, parse

from benchmarks.listening import listening
from benchmarks.load import WrongAnswer
from models.unit_of_work import reading
from models.viewer import Viewer
from schema.engine import Engine
from schema.execution import Context, execute
from schema.staff import staff
from server.progress import Advance

_DOCUMENT = parse(Path(__file__).with_name("growth.graphql").read_text())
QUESTIONS = tuple(
    part.name.value
    for part in _DOCUMENT.definitions
    if isinstance(part, OperationDefinitionNode) and part.name
)
_WARM_UP = 20


@dataclass(frozen=True)
class Grown:
    """What a question costs in a firm: milliseconds, and pages of 8 KiB that PostgreSQL touched."""

    p50: float
    p99: float
    buffers: int


@dataclass(frozen=True)
class Asked:
    """Who asks in it, and of what."""

    viewer: Viewer
    engine: Engine
    variables: Mapping[str, Any]

    @classmethod
    async def of(cls, viewer: Viewer) -> "Asked":
        asking = cls(viewer, Engine(), {})
        clients = (await asking.ask("Clients"))["clients"]
        return cls(viewer, asking.engine, {
            "client": clients["nodes"][-1]["id"], "after": clients["pageInfo"]["endCursor"],
        })  # fmt: skip

    async def ask(self, question: str) -> Any:
        """The answer's data. Raises WrongAnswer."""
        context = Context(self.viewer, "benchmark", None, self.engine)
        answer = await execute(
            staff(), _DOCUMENT, variables=self.variables, operation_name=question, context=context
        )
        if answer.errors:
            raise WrongAnswer(f"{question}: {answer.errors[0]}")
        return answer.data

    async def buffers(self, question: str) -> int:
        """How many pages its statements touch, by EXPLAIN of each as it was sent."""
        context = Context(self.viewer, "benchmark", None, self.engine)
        async with reading(self.viewer) as unit:
            async with listening(unit) as sent:
                await self.engine.execute(
                    staff(), _DOCUMENT, variables=self.variables, operation_name=question,
                    context=context,
                )  # fmt: skip
            connection = await unit.connection()
            return sum([await _touched(connection, one.query, one.args) for one in sent])


async def _touched(connection: Any, sql: str, args: Any) -> int:
    told = await connection.fetchval(f"explain (analyze, buffers, format json) {sql}", *args)
    plan = json.loads(told)[0]["Plan"]
    return int(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"])


async def measure(
    viewers: Mapping[str, Viewer], rounds: int, advance: Advance
) -> dict[str, dict[str, Grown]]:
    """Each firm's figures by question; answers show as many different things in all, or WrongAnswer
    is raised."""
    firms = {name: await Asked.of(viewer) for name, viewer in viewers.items()}
    took: dict[tuple[str, str], list[float]] = defaultdict(list)
    for question in QUESTIONS:
        shown = {len(set(_ids(await firm.ask(question)))) for firm in firms.values()}
        if len(shown) > 1:
            raise WrongAnswer(f"{question} does not show as many things in both: {sorted(shown)}.")
    for number in range(-_WARM_UP, rounds):
        for question in QUESTIONS:
            for name, firm in firms.items():
                began = perf_counter()
                await firm.ask(question)
                if number >= 0:
                    took[name, question].append(1000 * (perf_counter() - began))
        advance(max(number, 0) + 1, rounds)
    return {
        name: {question: _grown(took[name, question], await firm.buffers(question))
               for question in QUESTIONS}
        for name, firm in firms.items()
    }  # fmt: skip


def _grown(took: list[float], buffers: int) -> Grown:
    return Grown(median(took), quantiles(took, n=100)[98], max(buffers, 1))


def _ids(found: Any) -> Iterator[str]:
    """Of what stands in an answer."""
    if isinstance(found, dict) and "id" in found:
        yield found["id"]
    if isinstance(found, (dict, list)):
        for part in found.values() if isinstance(found, dict) else found:
            yield from _ids(part)
