"""What is counted while screens are served, in memory that two processes share."""

from ctypes import c_int64
from multiprocessing.context import BaseContext
from typing import Any

EVENTS = 1 << 16
"""How many events may be on their way at once."""
DIGITS = 8
MARK = b'"title":"Event '
"""What stands in every message, before the number of its event."""


def title(number: int) -> str:
    """What the card of an event is called from then on."""
    return f"Event {number:0{DIGITS}}"


class _Number:
    """A number that the holder of the screens writes and everybody reads."""

    def __init__(self, place: int) -> None:
        self._place = place

    def __get__(self, tally: "Tally", _kind: type) -> int:
        return int(tally.numbers[self._place])

    def __set__(self, tally: "Tally", value: int) -> None:
        tally.numbers[self._place] = value


class Tally:
    """Counts of one measurement after the other; none of them ever goes back but `reached`."""

    messages = _Number(0)
    """Events that came: one for each screen and event, however many come in one frame."""
    frames = _Number(1)
    ready = _Number(2)
    """Screens that have subscribed."""
    lost = _Number(3)
    """Screens that the server closed, or did not let in."""
    reached = _Number(4)
    """Screens that show the event waited for, and when the last of them came to, in ns."""
    reached_at = _Number(5)

    def __init__(self, context: BaseContext) -> None:
        self.numbers: Any = context.RawArray(c_int64, 6)
        self.moments: Any = context.RawArray(c_int64, EVENTS)
        """When each event was committed or published, by its number modulo `EVENTS`."""

    def moment(self, number: int) -> int:
        """When that event was committed or published, in ns."""
        return int(self.moments[number % EVENTS])
