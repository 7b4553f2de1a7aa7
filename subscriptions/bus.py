"""The bus: tells every process that a firm's stream has grown. It carries hints, never data.

A lost hint costs a second (the feeds' poll), so nothing here waits for Redis or fails because of
it. What nobody keeps goes the same way in words, on a channel of each firm's own: who is where.
broadcaster's own Redis back end hears nothing with redis-py 8 and dies when Redis does: ours
stands in its place.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import suppress
from typing import Any
from uuid import UUID

import structlog
from broadcaster import Broadcast, BroadcastBackend, Event
from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import AuthenticationError, RedisError, ResponseError
from redis.exceptions import ConnectionError as ConnectionLost

from subscriptions.coalescing import EVERYTHING, Everything, Hint, Hints

log = structlog.get_logger("openpractice.bus")

CHANNEL = "openpractice:hints"
_WORDS = "openpractice:words:{}"
_MOST_WORDS = 1024
_SECONDS_TO_ANSWER = 2
_FIRST_PAUSE, _LONGEST_PAUSE = 0.05, 2


class Bus:
    """Hints from every process to every process; `memory://` serves one process alone.

    After `ping_seconds` of silence Redis is asked whether it is still there.
    """

    def __init__(self, url: str, *, ping_seconds: int = 10) -> None:
        self._redis = None if url.startswith("memory:") else RedisBackend(url, ping_seconds)
        self._broadcast = Broadcast(url, backend=self._redis)
        self._outgoing = Hints()
        self._words: asyncio.Queue[tuple[str, str]] = asyncio.Queue(_MOST_WORDS)
        self._readers: set[Hints] = set()
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def degraded(self) -> bool:
        """Whether Redis is not heard at the moment: changes then take up to a second."""
        return self._redis is not None and not self._redis.hears

    async def start(self) -> None:
        """Begin to listen and to speak; returns at once, also while Redis is away."""
        await self._broadcast.connect()
        self._tasks = [
            asyncio.create_task(self._speak(), name="bus speaks"),
            asyncio.create_task(self._speak_words(), name="bus speaks in words"),
            asyncio.create_task(self._listen(), name="bus listens"),
        ]

    async def stop(self) -> None:
        """Say what is still to be said, if Redis takes it at once, and hang up."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        with suppress(RedisError, OSError):
            async with asyncio.timeout(1):
                for hint in self._outgoing.take_all():
                    await self._say(hint)
                while not self._words.empty():
                    await self._broadcast.publish(*self._words.get_nowait())
        await self._broadcast.disconnect()

    def hint(self, firm_id: UUID) -> None:
        """Say that the firm's stream has grown; never blocks, never raises."""
        self._outgoing.put(firm_id)

    async def hints(self) -> AsyncGenerator[Hint, None]:
        """The firms whose streams have grown, or that any may have: at first, since nobody
        listened before, and whenever something may have been missed."""
        heard = Hints()
        heard.put(EVERYTHING)
        self._readers.add(heard)
        try:
            while True:
                yield await heard.get()
        finally:
            self._readers.discard(heard)

    def say(self, firm_id: UUID, word: str) -> None:
        """Tell all who listen in the firm, at once or never; never blocks, never raises."""
        with suppress(asyncio.QueueFull):
            self._words.put_nowait((_WORDS.format(firm_id.hex), word))

    async def words(self, firm_id: UUID) -> AsyncGenerator[str | Everything, None]:
        """What is said in the firm, one's own words too; EVERYTHING where some may have been
        missed, at first for one. One listener a firm: broadcaster's first-subscriber path races."""
        async with self._broadcast.subscribe(_WORDS.format(firm_id.hex)) as subscriber:
            while True:
                word = (await subscriber.get()).message
                yield EVERYTHING if word == EVERYTHING.value else word

    async def _speak(self) -> None:
        while True:
            hint = await self._outgoing.get()
            try:
                await self._say(hint)
            except asyncio.CancelledError:
                self._outgoing.put(hint)  # said once more by `stop`: twice does no harm
                raise
            except Exception as error:  # noqa: BLE001  (a hint may be lost, the speaker may not)
                log.debug("a hint was lost", reason=repr(error))

    async def _say(self, hint: Hint) -> None:
        text = hint.value if isinstance(hint, Everything) else hint.hex
        await self._broadcast.publish(CHANNEL, text)

    async def _speak_words(self) -> None:
        while True:
            said = await self._words.get()
            try:
                await self._broadcast.publish(*said)
            except Exception as error:  # noqa: BLE001  (a word may be lost, the speaker may not)
                log.debug("a word was lost", reason=repr(error))

    async def _listen(self) -> None:
        # One subscriber that never pauses: broadcaster's queues know no bound, ours do.
        async with self._broadcast.subscribe(CHANNEL) as subscriber:
            while True:
                hint = _hint((await subscriber.get()).message)
                for reader in self._readers:
                    reader.put(hint)


class NotLetIn(Exception):
    """Redis is there, and refuses whoever comes with this URL; why, or what to look at."""


async def knock(url: str, seconds: int) -> None:
    """Ask Redis for an answer, within that time. Raises NotLetIn, or OSError when none comes.

    While it runs the bus outlives every failure of Redis; what a start can tell, this tells it.
    """
    redis = _redis(url, connect_seconds=seconds)
    try:
        async with asyncio.timeout(seconds):
            await redis.ping()
    except AuthenticationError as error:
        raise NotLetIn("is the password right?") from error
    except ResponseError as error:
        raise NotLetIn(f"{error}.") from error
    except RedisError as error:
        raise ConnectionError(str(error)) from error
    finally:
        await redis.aclose()


def _redis(url: str, *, connect_seconds: int = _SECONDS_TO_ANSWER) -> Redis:
    # No retries of redis-py's own: it would reconnect without a word, and what was said
    # meanwhile would be missed without a word. No time-out of its own either: that is
    # asyncio.wait_for, which on Python 3.11 may swallow a cancellation, and then whoever
    # stops the bus waits for ever.
    return Redis.from_url(
        url,
        retry=Retry(NoBackoff(), 0),
        socket_timeout=None,
        socket_connect_timeout=connect_seconds,
    )


def _answering() -> asyncio.Timeout:
    """How long Redis may take. Raises TimeoutError, which is an OSError."""
    return asyncio.timeout(_SECONDS_TO_ANSWER)


def _hint(text: str) -> Hint:
    try:
        return UUID(hex=text)
    except ValueError:
        return EVERYTHING


class RedisBackend(BroadcastBackend):
    """broadcaster's back end on Redis that outlives Redis.

    There is no queue: whoever asks for the next message reads it from the connection, and makes
    that connection again when it is lost. Each confirmation of a subscription comes out as
    `EVERYTHING`, at exactly the point from which on nothing is missed.
    """

    def __init__(self, url: str, ping_seconds: int) -> None:
        self._redis = _redis(url)
        self._pubsub: PubSub | None = None
        self._channels: set[str] = set()
        self._wanted = asyncio.Event()
        self._lock = asyncio.Lock()
        self._ping_seconds = ping_seconds
        self._pause: float = _FIRST_PAUSE
        self.hears = False

    async def connect(self) -> None:
        """Nothing yet: listening begins with the first subscription."""

    async def disconnect(self) -> None:
        await self._hang_up()
        await self._redis.aclose()

    async def subscribe(self, group: str) -> None:
        async with self._lock:
            self._channels.add(group)
            self._wanted.set()
            if self._pubsub is not None:
                with suppress(RedisError, OSError):  # the reader meets the same failure, and mends
                    async with _answering():
                        await self._pubsub.subscribe(group)

    async def unsubscribe(self, group: str) -> None:
        async with self._lock:
            self._channels.discard(group)
            if not self._channels:
                self._wanted.clear()
            if self._pubsub is not None:
                with suppress(RedisError, OSError):
                    async with _answering():
                        await self._pubsub.unsubscribe(group)

    async def publish(self, channel: str, message: Any) -> None:
        async with _answering():
            try:
                await self._redis.publish(channel, message)
            except ConnectionLost:  # which an idle connection only notices when it is used
                await self._redis.publish(channel, message)

    async def next_published(self) -> Event:
        """The next message; waits through every failure of Redis."""
        while True:
            await self._wanted.wait()
            try:
                event = await self._read()
            except Exception as error:  # noqa: BLE001  (broadcaster's listener would die of it)
                await self._lost(error)
            else:
                if event is not None:
                    return event

    async def _read(self) -> Event | None:
        pubsub = self._pubsub or await self._listening()
        message = await pubsub.get_message(timeout=self._ping_seconds)
        if message is None:
            # Silence, or a connection that hangs half-open: redis-py would never tell.
            async with _answering():
                await pubsub.ping()
            message = await pubsub.get_message(timeout=_SECONDS_TO_ANSWER)
        if message is None:
            raise TimeoutError("Redis does not answer")
        if message["type"] == "subscribe":
            self.hears, self._pause = True, _FIRST_PAUSE
            return Event(message["channel"].decode(), EVERYTHING.value)
        if message["type"] == "message":
            return Event(message["channel"].decode(), message["data"].decode())
        return None

    async def _listening(self) -> PubSub:
        async with self._lock:
            self._pubsub = self._redis.pubsub()
            async with _answering():
                await self._pubsub.subscribe(*self._channels)
            return self._pubsub

    async def _lost(self, error: Exception) -> None:
        if self._pause == _FIRST_PAUSE:
            log.warning("Redis is away; changes take up to a second", reason=repr(error))
        await self._hang_up()
        await asyncio.sleep(self._pause)
        self._pause = min(self._pause * 2, _LONGEST_PAUSE)

    async def _hang_up(self) -> None:
        self.hears = False
        pubsub, self._pubsub = self._pubsub, None
        if pubsub is not None:
            with suppress(RedisError, OSError):
                await pubsub.aclose()  # type: ignore[no-untyped-call]
