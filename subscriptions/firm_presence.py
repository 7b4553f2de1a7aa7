"""Who is where in one firm: those who came to this process, and those whom others tell of."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from subscriptions import words
from subscriptions.gathering import Gathering, Key, Presence
from subscriptions.words import Said

GONE_AFTER = 15
"""Seconds without a word after which somebody is not there any more."""
BEAT = 5
"""Seconds after which a process says again who is there."""

Silence = Callable[[], float]
"""For how many seconds nothing has been heard of somebody."""


@dataclass
class Window:
    """Somebody who looks at a place; they are shown there unless their line fell silent."""

    presence: Presence
    silence: Silence
    shown: bool = False


class FirmPresence:
    """`say` tells the other processes; `clock` tells seconds."""

    def __init__(
        self, process: str, say: Callable[[str], None], clock: Callable[[], float]
    ) -> None:
        self.gathering = Gathering(clock)
        self.onlookers = 0
        self.left_at = clock()
        self._process = process
        self._say = say
        self._clock = clock
        self._beats_at = clock() + BEAT
        self._windows: dict[int, Window] = {}
        self._numbers = count()

    def open(self, presence: Presence, silence: Silence) -> int:
        """Somebody comes; gives the number under which they leave."""
        number = next(self._numbers)
        self._windows[number] = Window(presence, silence)
        self._tell(self._changed())
        return number

    def close(self, number: int) -> None:
        """They leave."""
        if self._windows.pop(number).shown:
            self.gathering.lose(self._key(number))
            self._tell({number: None})

    def look(self) -> None:
        """Who fell silent, who speaks again, and of whom no process says anything any more."""
        self.gathering.lapse()
        said = self._changed()
        if self._clock() >= self._beats_at:
            said |= self._here()
        self._tell(said)

    def tell_all(self, *, asks: bool = False) -> None:
        """Say who is here, and ask the others for the same."""
        self._tell(self._here(), asks=asks)

    def hear(self, text: str) -> None:
        """Take what a process says."""
        word = words.read(text)
        if word is None or word.process == self._process:
            return
        for number, presence in word.said.items():
            if presence is None:
                self.gathering.lose((word.process, number))
            else:
                self.gathering.take((word.process, number), presence, GONE_AFTER)
        if word.asks:
            self.tell_all()

    def _key(self, number: int) -> Key:
        return self._process, number

    def _here(self) -> dict[int, Presence | None]:
        self._beats_at = self._clock() + BEAT
        return {number: window.presence for number, window in self._windows.items()
                if window.shown}  # fmt: skip

    def _changed(self) -> dict[int, Presence | None]:
        """The windows that are to be shown since now, or not any more."""
        said: dict[int, Presence | None] = {}
        for number, window in self._windows.items():
            speaks = window.silence() <= GONE_AFTER
            shown = speaks and self.gathering.take(self._key(number), window.presence)
            if shown != window.shown:
                window.shown = shown
                said[number] = window.presence if shown else None
            if not shown:
                self.gathering.lose(self._key(number))
        return said

    def _tell(self, said: Said, *, asks: bool = False) -> None:
        for word in words.written(self._process, said, asks=asks):
            self._say(word)
