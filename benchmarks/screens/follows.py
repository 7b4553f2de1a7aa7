"""How a screen comes to follow: what it says to a server, word for word."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from benchmarks.screens.wire import TEXT, masked, upgrade

PROTOCOL = "graphql-transport-ws"
DOCUMENT = Path(__file__).with_name("screen.graphql").read_text()

EVERYTHING: Mapping[str, Any] = {"scope": "EVERYTHING", "due": "ANY"}
"""The filter of a screen that shows all there is."""


@dataclass(frozen=True)
class Follows:
    """What is subscribed to at a port, by screens that are told apart by their number."""

    port: int
    tokens: Sequence[str] = ()
    """Whose screens they are, by turns; of nobody: a bare socket that is sent all there is."""
    filters: Sequence[Mapping[str, Any]] = (EVERYTHING,)
    """What they show, by turns."""
    since: str | None = None

    def greeting(self, number: int) -> list[bytes]:
        """What screen `number` says, each part when the one before was answered."""
        if not self.tokens:
            return [upgrade(self.port, "/", None)]
        token = self.tokens[number % len(self.tokens)]
        shown = self.filters[number % len(self.filters)]
        subscribe = {
            "id": f"{number:08}-0000-4000-8000-000000000000", "type": "subscribe",
            "payload": {"query": DOCUMENT, "variables": {"since": self.since, "filter": shown}},
        }  # fmt: skip
        return [
            upgrade(self.port, "/graphql", PROTOCOL),
            _text({"type": "connection_init", "payload": {"token": token}}),
            _text(subscribe),
        ]


def _text(said: Mapping[str, Any]) -> bytes:
    return masked(TEXT, orjson.dumps(said))
