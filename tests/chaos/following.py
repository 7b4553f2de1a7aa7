"""What a page follows: a snapshot, the changes since, and what both make of what is shown."""

import asyncio
from abc import ABC, abstractmethod
from base64 import urlsafe_b64decode
from collections.abc import Mapping, Sequence
from typing import Any

from tests.chaos import documents
from tests.chaos.asking import Asking, FaultError
from tests.chaos.judge import Counts, Stretch

Item = Mapping[str, Any]

_OTHERS = frozenset({"job", "client", "task"})
"""What cards name of things that have cards or pages of their own."""


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


class Cards(Following):
    """Things by their ids: each change brings the thing as it is, or takes it away."""

    part: str

    def __init__(self, ask: Asking, **variables: Any) -> None:
        super().__init__(ask, **variables)
        self.shown: dict[str, Item] = {}

    def take(self, data: Mapping[str, Any]) -> str:
        self.shown = {card["id"]: card for card in self.cards(data)}
        return self.cursor_of(data)

    def apply(self, changes: Sequence[Item]) -> None:
        for change in changes:
            if change["removed"]:
                self.shown.pop(change["id"], None)
            else:
                self.shown[change["id"]] = change[self.part]

    async def differs(self) -> object:
        data = await self.ask.until_answered(self.question, **self.asked)
        fresh = {card["id"]: _own(card) for card in self.cards(data)}
        shown = {id: _own(card) for id, card in self.shown.items()}
        return {
            id: _apart(shown.get(id), fresh.get(id))
            for id in shown.keys() | fresh.keys()
            if shown.get(id) != fresh.get(id)
        }

    def cards(self, data: Mapping[str, Any]) -> list[Item]:
        board = data[self.board]
        return [
            edge["node"] for column in board["columns"] for edge in column[f"{self.part}s"]["edges"]
        ]

    def cursor_of(self, data: Mapping[str, Any]) -> str:
        return str(data[self.board]["cursor"])

    @property
    def board(self) -> str:
        return f"{self.part}Board"


class JobBoard(Cards):
    field, part = "boardChanges", "job"
    subscription, question = documents.BOARD_CHANGES, documents.JOB_BOARD

    @property
    def asked(self) -> Mapping[str, Any]:
        return {**self.variables, "groupBy": "CATEGORY"}


class TaskBoard(JobBoard):
    field, part = "taskChanges", "task"
    subscription, question = documents.TASK_CHANGES, documents.TASK_BOARD


class OneJob(Cards):
    field, part = "jobChanges", "job"
    subscription, question = documents.JOB_CHANGES, documents.JOB

    @property
    def asked(self) -> Mapping[str, Any]:
        return {"id": self.variables["jobId"]}

    def cards(self, data: Mapping[str, Any]) -> list[Item]:
        return [data["job"]] if data["job"] else []

    def cursor_of(self, data: Mapping[str, Any]) -> str:
        return str(data["streamCursor"])


class Timers(Cards):
    field, part = "timerChanges", "timer"
    subscription, question = documents.TIMER_CHANGES, documents.TIMERS

    def cards(self, data: Mapping[str, Any]) -> list[Item]:
        return list(data["timers"])

    def cursor_of(self, data: Mapping[str, Any]) -> str:
        return str(data["streamCursor"])


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


class Portal(Following):
    """A contact's page: what changed is asked for again, as a whole."""

    field = "portalChanges"
    subscription, question = documents.PORTAL_CHANGES, documents.PORTAL

    def __init__(self, ask: Asking) -> None:
        super().__init__(ask)
        self.shown: Item = {}
        self._wanted = asyncio.Event()
        self._again: asyncio.Task[None] | None = None

    def take(self, data: Mapping[str, Any]) -> str:
        self._show(data)
        return str(data["streamCursor"])

    def apply(self, changes: Sequence[Item]) -> None:
        if not changes:
            return
        self._wanted.set()
        if self._again is None or self._again.done():
            self._again = asyncio.create_task(self._ask_again())

    async def differs(self) -> object:
        if self._again is not None:
            await self._again
        fresh = {**await self.ask.until_answered(self.question)}
        del fresh["streamCursor"]
        return _apart(self.shown, fresh)

    def stop(self) -> None:
        if self._again is not None:
            self._again.cancel()

    def _show(self, data: Mapping[str, Any]) -> None:
        self.shown = {name: part for name, part in data.items() if name != "streamCursor"}

    async def _ask_again(self) -> None:
        while self._wanted.is_set():
            self._wanted.clear()
            self._show(await self.ask.until_answered(self.question))


def _own(part: Any) -> Any:
    """A card without how other things are called: a stream tells when a card's own state changes.
    That its job is called otherwise since is told to whoever follows jobs."""
    match part:
        case dict():
            return {
                name: inner and inner["id"] if name in _OTHERS else _own(inner)
                for name, inner in part.items()
            }
        case list():
            return [_own(inner) for inner in part]
    return part


def _apart(one: Item | None, other: Item | None) -> object:
    """In which fields two things differ."""
    if one is None or other is None:
        return {
            "shown": one and one.get("title", "it"),
            "fresh": other and other.get("title", "it"),
        }
    return {name: (one.get(name), other.get(name)) for name in {*one, *other}
            if one.get(name) != other.get(name)}  # fmt: skip
