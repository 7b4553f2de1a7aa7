"""The servers that are measured. A peer answers the same question from the same tables."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import orjson

from benchmarks.cards import Card, card
from benchmarks.limits import STATEMENTS
from benchmarks.load import Asking
from server.cannot_start import CannotStart
from server.embedded import Servers
from server.settings import CHECKOUT

_QUERY = Path(__file__).with_name("board.graphql")


@dataclass(frozen=True)
class Served:
    """A server at work: its one process, and how it is asked."""

    pid: int
    asking: Asking


class Peer(Protocol):
    """Something that serves the board query by HTTP."""

    @property
    def name(self) -> str:
        """What it is called in the figures."""

    def serving(self, servers: Servers, token: str) -> AbstractContextManager[Served]:
        """The peer in one process of its own for as long as the block runs, on the database."""

    def cards(self, body: bytes) -> list[Card]:
        """What an answer shows, in the order it shows it."""


class OpenPractice:
    """This checkout, by the command that people start, as it runs in production."""

    name = "ours"

    def serving(self, servers: Servers, token: str) -> AbstractContextManager[Served]:
        return _served(("server.cli", "run", "--empty", "--port", "0"), servers, token)

    def cards(self, body: bytes) -> list[Card]:
        return _cards(body)


@dataclass(frozen=True)
class Limit:
    """One of the servers that do no more than has to be done."""

    name: str

    def serving(self, servers: Servers, token: str) -> AbstractContextManager[Served]:
        return _served(("benchmarks.limits", self.name), servers, token)

    def cards(self, body: bytes) -> list[Card]:
        return _cards(body)


PEERS: tuple[Peer, ...] = (OpenPractice(), *(Limit(name) for name in STATEMENTS))


def _cards(body: bytes) -> list[Card]:
    return [card(node) for node in orjson.loads(body)["data"]["tasks"]["nodes"]]


@contextmanager
def _served(module: Sequence[str], servers: Servers, token: str) -> Iterator[Served]:
    """A module of ours at work as a process, which says where."""
    process = subprocess.Popen(
        [sys.executable, "-m", *module],
        cwd=CHECKOUT,
        env=_environment(servers),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Served(process.pid, Asking(_said_port(process), _request(token)))
    finally:
        process.terminate()
        process.wait()


def _environment(servers: Servers) -> dict[str, str]:
    """One caller asks more than any person would: the budget is what a setting lifts."""
    return {
        **os.environ,
        "DATABASE_URL": servers.database_url,
        "MIGRATE_DATABASE_URL": servers.migrate_database_url,
        "REDIS_URL": servers.redis_url,
        "OPENPRACTICE_ENVIRONMENT": "production",
        "OPENPRACTICE_POINTS_PER_MINUTE": "0",
    }


def _said_port(process: "subprocess.Popen[str]") -> int:
    assert process.stdout is not None
    for line in process.stdout:
        if "running at" in line:
            return int(line.rpartition(":")[2])
    raise CannotStart("The server to be measured did not start; what it said stands above.")


def _request(token: str) -> bytes:
    body = json.dumps({"query": _QUERY.read_text()}).encode()
    head = (
        "POST /graphql HTTP/1.1\r\nHost: localhost\r\n"
        f"Authorization: Bearer {token}\r\nContent-Type: application/json\r\n"
        f"Accept: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
