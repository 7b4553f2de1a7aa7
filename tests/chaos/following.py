"""What a page follows: a snapshot, the changes since, and what both make of what is shown."""

from abc import ABC, abstractmethod
from base64 import urlsafe_b64decode
from collections.abc import Mapping, Sequence
from typing import Any

from tests.chaos import documents
from tests.chaos.asking import Asking, FaultError
from tests.chaos.judge import Counts, Stretch

Item = Mapping[str, Any]


def number_of(cursor: str) -> int:
    """The event's number in a cursor, which is opaque to everybody but the judge."""
    return int.from_bytes(urlsafe_b64decode(cursor)[16:])


class Following(ABC):
    """One subscription of a page, from its first snapshot on."""

    field: str
    subscription: str
    question: str

    def __init__(self, ask: Asking, **variables: Any) -> None:
        self.ask = ask
        self.variables = variables
        self.cursor: str | None = None
        self.stretches: list[Stretch] = []
        self.broken = Counts()

    @property
    def request(self) -> Mapping[str, Any]:
        """The subscription, resumed from where one stands."""
        return {"query": self.subscription, "variables": {**self.variables, "since": self.cursor}}

    async def begin(self) -> None:
        """Take a snapshot, and stand where it stands."""
        data = await self.ask.until_answered(self.question, **self.asked)
        self.cursor = self.take(data)
        at = number_of(self.cursor)
        self.stretches.append(Stretch(at, at))

    def hear(self, item: Item) -> bool:
        """Take in what came; whether the stream goes on."""
        stretch, at = self.stretches[-1], number_of(item["cursor"])
        if item["__typename"] == "Resync":
            stretch.ended = item["reason"]
            self.cursor = None
            return False
        self._must_go_on(at, item.get("changes", ()))
        stretch.hear(self.numbers(item), max(at, stretch.upto))
        self.cursor = item["cursor"]
        self.apply(item.get("changes", ()))
        return True

    def refused(self, errors: Any) -> None:
        """The operation failed: try again from here, unless that is what was refused."""
        codes = [error.get("extensions", {}) for error in errors]
        if not all(code.get("retryable") for code in codes):
            raise FaultError(str(errors))

    def _must_go_on(self, at: int, changes: Sequence[Item]) -> None:
        upto = self.stretches[-1].upto
        if at < upto:
            self.broken.disordered += 1
        elif at == upto and changes:
            self.broken.duplicated += len(changes)
        self.broken.deliveries += len(changes)

    @property
    def asked(self) -> Mapping[str, Any]:
        """The snapshot's variables."""
        return self.variables

    def numbers(self, item: Item) -> Sequence[int]:
        """The numbers of the events that came, where they are told."""
        return ()

    @abstractmethod
    def take(self, data: Mapping[str, Any]) -> str:
        """Show a snapshot; its cursor."""

    def apply(self, changes: Sequence[Item]) -> None:  # noqa: B027  (some show nothing)
        """Show what changed."""

    @abstractmethod
    async def differs(self) -> object:
        """How what is shown differs from what a fresh snapshot shows; nothing when it is level."""

    def stop(self) -> None:  # noqa: B027  (most do nothing by themselves)
        """Whoever leaves does nothing any more."""


class Changes(Following):
    """Every event, one by one: nothing is shown, all is counted."""

    field = "changes"
    subscription, question = documents.CHANGES, documents.HEAD

    def take(self, data: Mapping[str, Any]) -> str:
        return str(data["streamCursor"])

    def numbers(self, item: Item) -> Sequence[int]:
        return [change["seq"] for change in item.get("changes", ())]

    async def missed(self, since: str) -> list[int]:
        """The numbers of all that this viewer may see after a cursor, as a list."""
        found: list[int] = []
        while True:
            data = await self.ask.until_answered(documents.MISSED, since=since)
            page = data["changes"]
            found += [change["seq"] for change in page["changes"]]
            since = page["cursor"]
            if not page["hasMore"]:
                return found

    async def differs(self) -> object:
        assert self.cursor is not None
        return await self.missed(self.cursor)
