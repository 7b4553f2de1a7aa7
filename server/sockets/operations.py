"""The operations of one socket: each a task of its own, whose failure is its own."""

import asyncio
from collections.abc import Callable
from contextlib import aclosing

from graphql import ExecutionResult, OperationType
from starlette.websockets import WebSocketDisconnect

from server.doors import Call, Door
from server.errors import Code, Refusal, coded, present, reason_of
from server.graphql_requests import read_request
from server.metrics import SOCKET_OPERATIONS
from server.operations import Operation, answer, choose, encode, open_stream, pay, told
from server.sockets.frames import Close, Closing, Subscribe, completed, failed, following
from server.sockets.outbox import Outbox


class Operations:
    """What runs on a socket, by the ids the client chose."""

    def __init__(
        self,
        door: Door,
        outbox: Outbox,
        new_call: Callable[[], Call],
        end: Callable[[Closing], None],
    ) -> None:
        self._door = door
        self._outbox = outbox
        self._new_call = new_call
        self._end = end
        self._running: dict[str, asyncio.Task[None]] = {}

    def __len__(self) -> int:
        return len(self._running)

    async def start(self, frame: Subscribe) -> None:
        """Begin an operation. Raises Closing (4409) when its id is in use."""
        if frame.id in self._running:
            raise Closing(Close.SUBSCRIBER_EXISTS, f"Subscriber for {frame.id} already exists")
        if len(self._running) >= self._door.bounds.operations_per_socket:
            most = self._door.bounds.operations_per_socket
            told = f"{most} operations run on this socket already; at most {most} are allowed."
            error = coded(f"{told} End one, or open another socket.", Code.TOO_MANY_OPERATIONS)
            await self._fail(frame.id, Refusal(429, [error]), self._new_call())
            return
        task = asyncio.create_task(self._run(frame), name=f"operation {frame.id}")
        self._running[frame.id] = task
        SOCKET_OPERATIONS.labels(self._door.name).inc()
        task.add_done_callback(lambda done: self._over(frame.id, done))

    def stop(self, operation_id: str) -> None:
        """The client wants no more of it; an id that is not running is long over."""
        task = self._running.pop(operation_id, None)
        if task is not None:
            task.cancel()

    async def stop_all(self) -> None:
        """End everything; returns when each stream has been closed."""
        tasks = list(self._running.values())
        self._running.clear()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _over(self, operation_id: str, task: asyncio.Task[None]) -> None:
        SOCKET_OPERATIONS.labels(self._door.name).dec()
        if self._running.get(operation_id) is task:
            del self._running[operation_id]

    async def _run(self, frame: Subscribe) -> None:
        call = self._new_call()
        try:
            request = read_request(frame.payload, self._door.persisted)
            operation = choose(self._door, request, call)
            await pay(self._door, operation, call)
            if operation.kind is OperationType.SUBSCRIPTION:
                await self._follow(frame.id, operation, call)
            else:
                response = await answer(self._door, operation, call)
                await self._next(frame.id, encode(response, call.request_id))
            await self._complete(frame.id)
        except Closing as closing:
            self._end(closing)
        except WebSocketDisconnect:
            pass
        except Exception as fault:  # noqa: BLE001  (an operation's fault ends that operation alone)
            await self._fail_or_end(frame.id, fault, call)

    async def _follow(self, operation_id: str, operation: Operation, call: Call) -> None:
        call.push = self._outbox.pushing(operation_id)
        stream = await open_stream(self._door, operation, call)
        async with aclosing(stream) as items:
            async for item in items:
                if isinstance(item, ExecutionResult):
                    item = encode(told(item, operation, call.request_id), call.request_id)  # noqa: PLW2901
                await self._next(operation_id, item)

    async def _next(self, operation_id: str, payload: bytes) -> None:
        await self._outbox.send(following(operation_id, payload))

    async def _complete(self, operation_id: str) -> None:
        # The id is free before the client hears so: it may use it again at once.
        self._running.pop(operation_id, None)
        await self._outbox.send(completed(operation_id))

    async def _fail_or_end(self, operation_id: str, fault: Exception, call: Call) -> None:
        reason = reason_of(fault, call.request_id, operation=operation_id)
        try:
            await self._fail(operation_id, reason, call)
        except Closing as closing:
            self._end(closing)
        except WebSocketDisconnect:
            pass

    async def _fail(self, operation_id: str, reason: Refusal, call: Call) -> None:
        if self._running.get(operation_id) is asyncio.current_task():
            del self._running[operation_id]
        errors = present(reason.errors, call.request_id)
        await self._outbox.send(failed(operation_id, errors))
