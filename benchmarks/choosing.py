"""Which of a benchmark's peers are measured."""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from server.cannot_start import CannotStart


class Named(Protocol):
    """Whatever is asked for by its name."""

    @property
    def name(self) -> str: ...


P = TypeVar("P", bound=Named)


def chosen(peers: Sequence[P], names: Iterable[str]) -> Sequence[P]:
    """The peers of these names, in the order of the figures; without any name, all."""
    known = {peer.name for peer in peers}
    wanted = set(names) or known
    if wanted - known:
        raise CannotStart(f"--only takes one of {', '.join(peer.name for peer in peers)}.")
    return [peer for peer in peers if peer.name in wanted]
