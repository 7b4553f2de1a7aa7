"""Questions that come while others are being answered are answered together, in the next round."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextvars import Context
from dataclasses import dataclass
from typing import Generic, TypeVar

Q = TypeVar("Q")
A = TypeVar("A")


@dataclass(eq=False, slots=True)
class _Asked(Generic[Q, A]):
    question: Q
    answer: asyncio.Future[A]


class Rounds(Generic[Q, A]):
    """Answers by `answer`, which takes at most `most` questions and gives as many answers: the
    first who asks is answered at once, and a thousand who ask meanwhile cost a few rounds more."""

    def __init__(
        self, answer: Callable[[Sequence[Q]], Awaitable[Sequence[A]]], *, most: int = 500
    ) -> None:
        self._answer = answer
        self._most = most
        self._waiting: list[_Asked[Q, A]] = []
        self._going: asyncio.Task[None] | None = None

    async def ask(self, question: Q) -> A:
        """The answer. Raises what kept its round from being answered."""
        answer = asyncio.get_running_loop().create_future()
        self._waiting.append(_Asked(question, answer))
        if self._going is None:
            # A context of its own: whoever asked first may be in a unit of work.
            self._going = asyncio.create_task(self._go(), name="rounds", context=Context())
        return await answer  # type: ignore[no-any-return]

    def stop(self) -> None:
        """Answer no more; whoever waits is ended by whoever runs them."""
        if self._going is not None:
            self._going.cancel()

    async def _go(self) -> None:
        try:
            while self._waiting:
                some, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
                await self._round([asked for asked in some if not asked.answer.done()])
        finally:
            self._going = None

    async def _round(self, some: Sequence[_Asked[Q, A]]) -> None:
        try:
            answers = await self._answer([asked.question for asked in some])
        except Exception as error:  # noqa: BLE001  (told to each of them)
            for asked in some:
                if not asked.answer.done():
                    asked.answer.set_exception(error)
            return
        for asked, answer in zip(some, answers, strict=True):
            if not asked.answer.done():
                asked.answer.set_result(answer)
