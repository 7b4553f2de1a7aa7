"""The servers that are measured. Each answers the same question from the same tables, with the
same security work."""

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

from benchmarks.cards import Card, card
from benchmarks.choosing import chosen
from benchmarks.limits import STATEMENTS
from benchmarks.node import RIVALS, program

_BOARD = Path(__file__).with_name("board.graphql")


@dataclass(frozen=True)
class Peer:
    """Something that serves the board query by HTTP."""

    name: str
    """What it is called in the figures."""
    command: Callable[[], Sequence[str]]
    """What starts it. Raises CannotStart when what it needs is not there."""
    question: Path = _BOARD
    list: str = "tasks"
    id: str = "id"
    """What the question calls the list of cards, and the id of each thing."""

    def cards(self, body: bytes) -> Sequence[Card]:
        """What an answer shows, in the order it shows it."""
        nodes = orjson.loads(body)["data"][self.list]["nodes"]
        return [card(node, id=self.id) for node in nodes]


def _python(*module: str) -> Callable[[], Sequence[str]]:
    return lambda: (sys.executable, "-m", *module)


def _node(name: str) -> Callable[[], Sequence[str]]:
    return lambda: program(name)


PEERS = (
    # This checkout, by the command that people start, as it runs in production.
    Peer("ours", _python("server.cli", "run", "--empty", "--port", "0")),
    Peer("idiomatic", _python("benchmarks.rivals.idiomatic.server")),
    Peer(
        "postgraphile", _node("postgraphile.mjs"),
        question=RIVALS / "postgraphile.graphql", list="allTasks", id="rowId",
    ),
    Peer("mercurius_jit", _node("mercurius.mjs")),
    *(Peer(name, _python("benchmarks.limits", name)) for name in STATEMENTS),
)  # fmt: skip


def those(names: Iterable[str]) -> Sequence[Peer]:
    """The peers of these names; without any name, all."""
    return chosen(PEERS, names)
