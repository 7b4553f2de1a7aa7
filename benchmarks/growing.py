"""The same questions to several firms by turns: how long each takes, and how much it looks at."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from graphql import DocumentNode, OperationDefinitionNode, parse

import web
from benchmarks.listening import listening
from benchmarks.load import WrongAnswer
from models.unit_of_work import reading
from models.viewer import Viewer
from schema.engine import Engine
from schema.execution import Context, execute
from schema.staff import staff
from server.progress import Advance

_WARM_UP = 20


@dataclass(frozen=True)
class Question:
    """A document, the operation in it that is meant, and its variables."""

    document: DocumentNode
    operation: str
    variables: Mapping[str, Any] = field(default_factory=dict)


def _lists() -> Iterator[tuple[str, Question]]:
    """Each operation of growth.graphql, by its name."""
    document = parse(Path(__file__).with_name("growth.graphql").read_text())
    for part in document.definitions:
        if isinstance(part, OperationDefinitionNode) and part.name:
            yield part.name.value, Question(document, part.name.value)


_VIEWS = (
    ("MY_TEAMS", "SOON", "CATEGORY"), ("MY_TEAMS", "SOON", "PERSON"),
    ("MY_TEAMS", "ANY", "DUE_WEEK"), ("MINE", "SOON", "CATEGORY"),
    ("EVERYTHING", "ANY", "CATEGORY"), ("EVERYTHING", "SOON", "DUE_WEEK"),
    ("EVERYTHING", "THIS_WEEK", "DUE_WEEK"),
)  # fmt: skip
"""Whose work our pages show, what is due when, and what the columns are. Not the work for one's own
clients: that is as much as these have."""


def _boards() -> Iterator[tuple[str, Question]]:
    """Our pages' own documents, but for one card of each column: so much a firm of ten clients has
    in it, too."""
    for name in ("JobBoard", "TaskBoard", "JobCounts", "TaskCounts"):
        text = web.documents()[name].replace("(first: 30)", "(first: 1)")
        for whose, due, by in _VIEWS:
            filters = {"scope": whose, "due": due}
            variables = {
                "filter": filters,
                "open": {**filters, "includeDone": False},
                "groupBy": by,
            }
            yield f"{name} {whose} {due} {by}", Question(parse(text), name, variables)


QUESTIONS = dict((*_lists(), *_boards()))


@dataclass(frozen=True)
class Cost:
    """What a question costs in a firm: milliseconds, and pages of 8 KiB that PostgreSQL touched."""

    p50: float
    p99: float
    buffers: int


@dataclass(frozen=True)
class Asker:
    """Who asks in one of the firms, through an engine of their own; the `variables` name things of
    that firm, for the questions that are about one."""

    viewer: Viewer
    engine: Engine
    variables: Mapping[str, Any]

    @classmethod
    async def in_firm_of(cls, viewer: Viewer) -> "Asker":
        first = cls(viewer, Engine(), {})
        clients = (await first.ask(QUESTIONS["Clients"]))["clients"]
        return cls(viewer, first.engine, {
            "client": clients["nodes"][-1]["id"], "after": clients["pageInfo"]["endCursor"],
        })  # fmt: skip

    async def ask(self, question: Question) -> Any:
        """The answer's data. Raises WrongAnswer."""
        answer = await execute(staff(), question.document, **self._asking(question))
        if answer.errors:
            raise WrongAnswer(f"{question.operation}: {answer.errors[0]}")
        return answer.data

    async def buffers(self, question: Question) -> int:
        """How many pages its statements touch, by EXPLAIN of each as it was sent."""
        async with reading(self.viewer) as unit:
            async with listening(unit) as sent:
                await self.engine.execute(staff(), question.document, **self._asking(question))
            connection = await unit.connection()
            return sum([await _touched(connection, one.query, one.args) for one in sent])

    def _asking(self, question: Question) -> dict[str, Any]:
        return {
            "variables": {**self.variables, **question.variables},
            "operation_name": question.operation,
            "context": Context(self.viewer, "benchmark", None, self.engine),
        }


async def _touched(connection: Any, sql: str, args: Any) -> int:
    """How many pages a statement touches, be they in memory or not."""
    told = await connection.fetchval(f"explain (analyze, buffers, format json) {sql}", *args)
    plan = json.loads(told)[0]["Plan"]
    return int(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"])


async def measure(
    viewers: Mapping[str, Viewer], rounds: int, advance: Advance
) -> dict[str, dict[str, Cost]]:
    """Each firm's costs by question. Raises WrongAnswer where firms do not show as much."""
    firms = {name: await Asker.in_firm_of(viewer) for name, viewer in viewers.items()}
    await _show_as_much(list(firms.values()))
    took: dict[tuple[str, str], list[float]] = defaultdict(list)
    for number in range(-_WARM_UP, rounds):
        for name, question in QUESTIONS.items():
            for firm_name, firm in firms.items():
                began = perf_counter()
                await firm.ask(question)
                if number >= 0:
                    took[firm_name, name].append(1000 * (perf_counter() - began))
        advance(max(number, 0) + 1, rounds)
    return {
        firm_name: {name: _cost(took[firm_name, name], await firm.buffers(question))
                    for name, question in QUESTIONS.items()}
        for firm_name, firm in firms.items()
    }  # fmt: skip


async def _show_as_much(askers: Sequence[Asker]) -> None:
    """Raises WrongAnswer where an answer does not list as many things in each firm: then it would
    not be the same question."""
    for name, question in QUESTIONS.items():
        shown = [_listed(await asker.ask(question)) for asker in askers]
        if len(set(shown)) > 1:
            raise WrongAnswer(f"{name} does not show as many things in each firm: {shown}.")


def _cost(took: list[float], buffers: int) -> Cost:
    # At least one page, for one firm's are divided by the other's.
    return Cost(median(took), quantiles(took, n=100)[98], max(buffers, 1))


def _listed(found: Any) -> int:
    """How many things stand in the lists of an answer."""
    if not isinstance(found, (dict, list)):
        return 0
    parts = found.values() if isinstance(found, dict) else found
    return sum(map(_listed, parts)) + (len(found) if isinstance(found, list) else 0)
