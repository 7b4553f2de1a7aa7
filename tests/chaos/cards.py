"""Pages that show cards: each change brings a card as it is, or takes it away."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.chaos import documents
from tests.chaos.asking import Asking
from tests.chaos.following import Following, Item

_OTHERS = frozenset({"job", "client", "task"})
"""What cards name of things that have cards or pages of their own."""


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
            id: apart(shown.get(id), fresh.get(id))
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


def apart(one: Item | None, other: Item | None) -> object:
    """In which fields two things differ."""
    if one is None or other is None:
        return {
            "shown": one and one.get("title", "it"),
            "fresh": other and other.get("title", "it"),
        }
    return {name: (one.get(name), other.get(name)) for name in {*one, *other}
            if one.get(name) != other.get(name)}  # fmt: skip
