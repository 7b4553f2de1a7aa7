"""Cancelling code at exactly the await that a test names."""

import asyncio
from collections.abc import Coroutine, Generator
from typing import Any


class Interrupted:
    """Awaits the coroutine and cancels the task around it at its suspension number `at`.

    With `answered`, what was waited for has come already and the task has not seen it yet: the
    moment at which an answer, a lock or a connection is lost most easily.
    """

    def __init__(self, act: Coroutine[Any, Any, None], at: int, *, answered: bool) -> None:
        self._act = act
        self._at = at
        self._answered = answered
        self.suspensions = 0

    def __await__(self) -> Generator[Any, None, None]:
        task = asyncio.current_task()
        assert task is not None
        step, error = self._act.send, None
        while True:
            try:
                waited_for = self._act.throw(error) if error else step(None)
            except StopIteration:
                return
            if self.suspensions == self._at:
                if self._answered and waited_for is not None:
                    waited_for.add_done_callback(lambda _: task.cancel())
                else:
                    task.cancel()
            self.suspensions += 1
            try:
                error = None
                yield waited_for
            except BaseException as thrown:  # noqa: BLE001  (the coroutine is to see it)
                error = thrown
