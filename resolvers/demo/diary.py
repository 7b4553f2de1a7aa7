"""A firm's diary: who did what when, noted in any order and read out by the clock."""

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from resolvers.demo.facts import Person

Act = Callable[..., Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Line:
    """One verb, and the facts it is called with."""

    moment: datetime
    by: Person | None
    act: Act
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sitting:
    """What one member did in one go: one unit of work. Nobody (None) is the system."""

    moment: datetime
    by: Person | None
    lines: tuple[Line, ...]


class Diary:
    """Everything that happened, until now."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._lines: list[Line] = []

    def note(self, moment: datetime, by: Person | None, act: Act, **facts: Any) -> None:
        """Somebody did something. The future is not history: raises ValueError."""
        if moment > self._now:
            raise ValueError(f"{act.__name__} lies in the future")
        self._lines.append(Line(moment, by, act, facts))

    def sittings(self) -> list[Sitting]:
        """In the order of the clock; what one person notes at one moment stays in order."""
        told = sorted(self._lines, key=lambda line: line.moment)
        return [
            Sitting(lines[0].moment, lines[0].by, lines)
            for lines in (
                tuple(group) for _, group in groupby(told, lambda line: (line.moment, _who(line)))
            )
        ]


def fingerprint(sittings: list[Sitting]) -> str:
    """Differs when anything in the telling differs."""
    digest = hashlib.sha256()
    for sitting in sittings:
        for line in sitting.lines:
            told = (line.moment.isoformat(), _who(line), line.act.__name__, line.facts)
            digest.update(repr(told).encode())
    return digest.hexdigest()[:12]


def _who(line: Line) -> UUID | None:
    return None if line.by is None else line.by.id
