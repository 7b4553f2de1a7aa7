"""A peer at work: one process that says where it is asked."""

import json
import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from benchmarks.load import Asking
from benchmarks.peers import Peer
from server.cannot_start import CannotStart
from server.embedded import Servers
from server.settings import CHECKOUT


@dataclass(frozen=True)
class Served:
    """A server at work: its one process, and how it is asked."""

    pid: int
    asking: Asking


@contextmanager
def serving(peer: Peer, command: Sequence[str], servers: Servers, token: str) -> Iterator[Served]:
    """The peer in a process of its own for as long as the block runs, on the database."""
    with started(peer.name, command, environment(servers)) as (pid, port):
        yield Served(pid, Asking(port, _request(peer, token)))


@contextmanager
def started(
    name: str, command: Sequence[str], environment: Mapping[str, str]
) -> Iterator[tuple[int, int]]:
    """A server in a process of its own for as long as the block runs: the process, and the port
    that it says."""
    process = subprocess.Popen(
        command, cwd=CHECKOUT, env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        yield process.pid, _said_port(name, process)
    finally:
        process.terminate()
        process.wait()


def environment(servers: Servers) -> dict[str, str]:
    """Everybody's production. One caller asks more than any person would: the budget is what a
    setting lifts."""
    return {
        **os.environ,
        "DATABASE_URL": servers.database_url,
        "MIGRATE_DATABASE_URL": servers.migrate_database_url,
        "REDIS_URL": servers.redis_url,
        "OPENPRACTICE_ENVIRONMENT": "production",
        "OPENPRACTICE_POINTS_PER_MINUTE": "0",
        "NODE_ENV": "production",
        "GRAPHILE_ENV": "production",
    }


def _said_port(name: str, process: "subprocess.Popen[str]") -> int:
    assert process.stdout is not None
    for line in process.stdout:
        if "running at" in line:
            return int(line.rpartition(":")[2])
    raise CannotStart(f"{name} did not start; what it said stands above.")


def _request(peer: Peer, token: str) -> bytes:
    body = json.dumps({"query": peer.question.read_text()}).encode()
    head = (
        "POST /graphql HTTP/1.1\r\nHost: localhost\r\n"
        f"Authorization: Bearer {token}\r\nContent-Type: application/json\r\n"
        f"Accept: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
