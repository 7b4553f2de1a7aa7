"""Questions asked at once are answered together, each with its own answer."""

import asyncio
from collections.abc import Sequence

import pytest

from subscriptions.rounds import Rounds


class Oracle:
    """Answers with ten times the question, once it is let."""

    def __init__(self) -> None:
        self.rounds: list[list[int]] = []
        self.asked, self.may_answer = asyncio.Event(), asyncio.Event()

    async def answer(self, questions: Sequence[int]) -> Sequence[int]:
        self.rounds.append(list(questions))
        self.asked.set()
        await self.may_answer.wait()
        if 13 in questions:
            raise LookupError("not that one")
        return [10 * question for question in questions]


async def test_who_asks_meanwhile_is_answered_in_the_next_round() -> None:
    oracle = Oracle()
    rounds = Rounds(oracle.answer, most=3)
    asking = [asyncio.create_task(rounds.ask(1))]
    await oracle.asked.wait()
    asking += [asyncio.create_task(rounds.ask(number)) for number in (2, 3, 4, 5)]
    await asyncio.sleep(0)
    asking[2].cancel()
    oracle.may_answer.set()
    answers = await asyncio.gather(*asking, return_exceptions=True)

    assert [answer for answer in answers if isinstance(answer, int)] == [10, 20, 40, 50]
    assert isinstance(answers[2], asyncio.CancelledError)
    assert oracle.rounds == [[1], [2, 4], [5]]


async def test_what_fails_fails_its_round_alone() -> None:
    oracle = Oracle()
    oracle.may_answer.set()
    rounds = Rounds(oracle.answer)

    with pytest.raises(LookupError, match="not that one"):
        await rounds.ask(13)
    assert await rounds.ask(2) == 20
