"""Letters to people outside, and the port that takes them there."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail in plain words. Names come from people: each stays on the one line it is put on."""

    to: str
    sender: str
    """Whose name it carries: the firm's."""
    subject: str
    text: str


class Addressee(Protocol):
    """A person who can be written to, once there is an address."""

    @property
    def id(self) -> UUID: ...
    @property
    def name(self) -> str: ...
    @property
    def email(self) -> str | None: ...


class Mailer(Protocol):
    """Takes letters, after COMMIT, to where they are read; must neither block nor raise."""

    site: str
    """Where people reach this practice; links in letters begin with it."""

    def post(self, letter: Letter) -> None: ...


class NoPost:
    """The mailer of a process that writes to nobody (commands, migrations)."""

    site = ""

    def post(self, letter: Letter) -> None:  # noqa: ARG002  (the port's own name)
        return None


def on_one_line(name: str) -> str:
    return " ".join(name.split())
