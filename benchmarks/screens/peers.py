"""The servers that tell many screens, and what starts each."""

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from benchmarks.choosing import chosen
from benchmarks.node import RIVALS, program
from server.cannot_start import CannotStart

OURS = "ours"
_ENVIRONMENT = RIVALS / ".venv" / "bin" / "python"


@dataclass(frozen=True)
class Peer:
    """Something that tells screens what happens."""

    name: str
    """What it is called in the figures."""
    command: Callable[[], Sequence[str]]
    """What starts it. Raises CannotStart when what it needs is not there."""
    speaks_graphql: bool = True
    """Whether one subscribes; else whoever connects is sent everything."""


def _ours() -> Sequence[str]:
    return (sys.executable, "-m", "server.cli", "run", "--empty", "--port", "0")


def _idiomatic() -> Sequence[str]:
    if not _ENVIRONMENT.exists():
        raise CannotStart(
            "idiomatic needs an environment of its own, since broadcaster hears nothing with"
            " redis-py 8: `make bench-fanout` makes it. `--only ours --only …` does without."
        )
    return (str(_ENVIRONMENT), "-m", "benchmarks.rivals.broadcasting")


def _limit() -> Sequence[str]:
    return (sys.executable, "-m", "benchmarks.screens.limit")


PEERS = (
    # This checkout, by the command that people start, as it runs in production.
    Peer(OURS, _ours),
    Peer("graphql_ws", lambda: program("graphql_ws.mjs")),
    Peer("idiomatic", _idiomatic),
    Peer("ws_bare", lambda: program("ws_bare.mjs"), speaks_graphql=False),
    Peer("limit", _limit, speaks_graphql=False),
)


def those(names: Iterable[str]) -> Sequence[Peer]:
    """The peers of these names; without any name, all."""
    return chosen(PEERS, names)
