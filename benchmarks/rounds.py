"""Rounds over all peers by turns, so that a machine's good and bad minutes fall on each alike."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks import cores
from benchmarks.cards import CARDS, Card
from benchmarks.load import Answers, Asking, WrongAnswer, ask, keep_asking
from benchmarks.peers import Peer
from benchmarks.serving import Served
from server.progress import Advance, console

CONNECTIONS = (1, 32)
WARM_UP_SECONDS = 2.0
HEADINGS = {
    **{f"rps_c{number}": f"answers/s, {number} at once" for number in CONNECTIONS},
    "cpu_ms": f"CPU ms an answer, {max(CONNECTIONS)} at once",
}

Figures = dict[str, dict[str, float]]
"""A figure for each peer, by what is measured."""


@dataclass(frozen=True)
class Measured:
    """One peer's requests over so many connections, for some seconds."""

    answers: Answers
    cpu_seconds: float

    @property
    def a_second(self) -> float:
        return self.answers.right / self.answers.seconds

    @property
    def cpu_ms(self) -> float:
        return 1000 * self.cpu_seconds / max(self.answers.right, 1)


async def checked(peer: Peer, served: Served, truth: list[Card]) -> Served:
    """The peer with the answer that it will be held to. Raises WrongAnswer."""
    body = await ask(served.asking)
    if len(truth) != CARDS or peer.cards(body) != truth:
        raise WrongAnswer(f"{peer.name} does not show the board's first {CARDS} cards.")
    return Served(served.pid, Asking(served.asking.port, served.asking.request, body))


async def measure(
    peers: Mapping[str, Served], *, rounds: int, seconds: float, advance: Advance
) -> Figures:
    """Warm every peer up, then measure them by turns: medians over the rounds."""
    for served in peers.values():
        await keep_asking(served.asking, max(CONNECTIONS), min(WARM_UP_SECONDS, seconds))
    found: dict[tuple[str, int], list[Measured]] = defaultdict(list)
    turns = [(name, number) for _ in range(rounds) for number in CONNECTIONS for name in peers]
    for done, (name, number) in enumerate(turns):
        found[name, number].append(await _once(peers[name], number, seconds))
        advance(done + 1, len(turns))
    return medians(peers, found)


async def _once(served: Served, connections: int, seconds: float) -> Measured:
    before = cores.used(served.pid)
    answers = await keep_asking(served.asking, connections, seconds)
    if answers.refused:
        console.print(f"With {connections} at once, {answers.refused} were refused: too busy.")
    return Measured(answers, cores.used(served.pid) - before)


def medians(names: Collection[str], found: Mapping[tuple[str, int], Sequence[Measured]]) -> Figures:
    """The figures of those peers, of what was measured of each over so many connections."""
    figures: Figures = {
        f"rps_c{number}": {
            name: round(median(m.a_second for m in found[name, number]), 1) for name in names
        }
        for number in CONNECTIONS
    }
    # What an answer costs a busy server: with its share of what is done between and for many.
    busy = max(CONNECTIONS)
    figures["cpu_ms"] = {
        name: round(median(m.cpu_ms for m in found[name, busy]), 2) for name in names
    }
    return figures
