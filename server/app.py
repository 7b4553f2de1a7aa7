"""The composition root: opens what a server process stands on and gives every port its adapter."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

import structlog
from starlette.applications import Starlette

import web
from models.connection import before_any_firm
from models.database import Database, install
from models.mail import Mailer
from models.portal_sign_in import SESSION_LIFETIME as PORTAL_LIFETIME
from models.portal_sign_in import SESSION_PREFIX as PORTAL_PREFIX
from models.portal_sign_in import portal_viewers_of
from models.sign_in import viewers_of
from portal.schema import portal
from resolvers.afterwards import settled
from schema.staff import staff
from server.authentication import Sessions
from server.budgets import Buckets, Budget, SharedBudget, Unlimited
from server.doors import Door
from server.garbage import collect_from_here_on
from server.limits import PORTAL, STAFF
from server.mail import Inbox, Smtp, Undelivered
from server.persisted import Persisted
from server.routes import Site, build
from server.running import Runner
from server.settings import Settings
from server.sockets.registry import Sockets
from server.storage import Storage
from server.typesetting import Typst
from server.work_queue import PgQueue
from server.worker import Worker, working
from subscriptions.bus import Bus
from subscriptions.feed import Feeds
from subscriptions.presence import Presences

log = structlog.get_logger("openpractice.app")

POINTS_PER_MINUTE = 60_000
# A stopping server says goodbye over this time, so that its clients do not all return at once.
DRAIN_SECONDS = 4


def create_app(settings: Settings) -> Starlette:
    """The ASGI application; the database, the bus and the feeds open with its lifespan."""
    bus, mailer, files = Bus(settings.redis_url), _mailer(settings), _files(settings)
    sockets, renderer = Sockets(), Typst()
    staff_runner = Runner(staff(), planned=settings.engine)
    portal_runner = Runner(portal(), planned=settings.engine)
    open_house = settings.environment == "development"
    budget = _budget(settings)
    doors = [
        staff_door(staff_runner, budget, open_house=open_house),
        portal_door(portal_runner, budget, open_house=open_house),
    ]

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[dict[str, int]]:
        async with _live(settings, bus, mailer, files) as (feeds, presences):
            staff_runner.feeds = portal_runner.feeds = feeds
            staff_runner.presences = presences
            watch = asyncio.create_task(sockets.watch(), name="sockets watch")
            told = asyncio.create_task(
                _revocations(feeds, doors, sockets, presences), name="access changes"
            )
            collect_from_here_on()
            try:
                yield {"drain_seconds": 0 if open_house else DRAIN_SECONDS}
            finally:
                sockets.drain()
                watch.cancel()
                told.cancel()
                await asyncio.gather(watch, told, return_exceptions=True)
                renderer.close()

    async def database_answers() -> None:
        async with before_any_firm() as connection:
            await connection.fetchval("select 1")

    return build(
        Site(
            doors=doors, sockets=sockets, production=not open_house,
            checks={"database": database_answers},
            inbox=mailer if isinstance(mailer, Inbox) else None, renderer=renderer,
            files_at=settings.s3_public_url or settings.s3_endpoint_url,
        ),
        lifespan,
    )  # fmt: skip


def staff_door(runner: Runner, budget: Budget, *, open_house: bool) -> Door:
    """Where members and their programs come in."""
    return Door(
        name="staff", path="/graphql", sessions=Sessions(viewers_of), bounds=STAFF, budget=budget,
        schema=runner.schema, execute=runner.execute, subscribe=runner.subscribe,
        persisted=Persisted(web.documents("staff").values()), open_house=open_house,
    )  # fmt: skip


def portal_door(runner: Runner, budget: Budget, *, open_house: bool) -> Door:
    """Where clients' contacts come in. What is withdrawn from them ends with their next request."""
    sessions = Sessions(portal_viewers_of, prefix=PORTAL_PREFIX, cookie="openpractice-portal",
                        lifetime=PORTAL_LIFETIME, keep=0)  # fmt: skip
    return Door(
        name="portal", path="/portal/graphql", sessions=sessions, bounds=PORTAL, budget=budget,
        schema=runner.schema, execute=runner.execute, subscribe=runner.subscribe,
        persisted=Persisted(web.documents("portal").values()), open_house=open_house,
    )  # fmt: skip


def _budget(settings: Settings) -> Budget:
    points = settings.points_per_minute
    if points is None:
        points = POINTS_PER_MINUTE if settings.environment == "production" else 0
    if points == 0:
        return Unlimited()
    if settings.redis_url.startswith("memory:"):
        return Buckets(points, 60)
    return SharedBudget(settings.redis_url, points, 60)


def _mailer(settings: Settings) -> Mailer:
    if settings.smtp_url:
        return Smtp(settings.smtp_url, settings.mail_from, settings.site)
    return Inbox(settings.site) if settings.environment == "development" else Undelivered()


def _files(settings: Settings) -> Storage | None:
    return Storage(settings) if settings.s3_endpoint_url else None


@asynccontextmanager
async def at_work(settings: Settings) -> AsyncIterator[Worker]:
    """A worker at work in a process of its own, stopped at the end."""
    async with (
        _practice(settings, Bus(settings.redis_url), _mailer(settings), _files(settings)),
        _background(settings) as worker,
    ):
        yield worker


@asynccontextmanager
async def _practice(
    settings: Settings, bus: Bus, mailer: Mailer, files: Storage | None
) -> AsyncIterator[None]:
    """The mail, the files, the database and the bus, closed in the reverse order."""
    async with AsyncExitStack() as opened:
        if isinstance(mailer, Smtp):
            await opened.enter_async_context(mailer.open())
        if files is not None:
            await opened.enter_async_context(files.open())
        practice = await Database.open(
            settings.database_url, size=settings.pool_size, publisher=bus, mailer=mailer,
            queue=PgQueue(), files=files,
        )  # fmt: skip
        opened.push_async_callback(practice.close)
        await install(practice)
        opened.push_async_callback(settled)
        await bus.start()
        opened.push_async_callback(bus.stop)
        yield


@asynccontextmanager
async def _live(
    settings: Settings, bus: Bus, mailer: Mailer, files: Storage | None
) -> AsyncIterator[tuple[Feeds, Presences]]:
    """The practice, its live side and its background work, closed in the reverse order."""
    async with AsyncExitStack() as opened:
        await opened.enter_async_context(_practice(settings, bus, mailer, files))
        watched = await Database.open(settings.database_url, role="openpractice_feed", size=2)
        opened.push_async_callback(watched.close)
        feeds = Feeds(watched, bus)
        presences = Presences(bus, watched=feeds.watched)
        await feeds.start()
        opened.push_async_callback(feeds.stop)
        await presences.start()
        opened.push_async_callback(presences.stop)
        if settings.background:
            await opened.enter_async_context(_background(settings))
        yield feeds, presences


@asynccontextmanager
async def _background(settings: Settings) -> AsyncIterator[Worker]:
    """A worker on the queue, which is all that its own connections see."""
    queue = await Database.open(settings.database_url, role="openpractice_queue", size=3)
    try:
        worker = Worker(queue)
        async with working(worker):
            yield worker
    finally:
        await queue.close()


async def _revocations(
    feeds: Feeds, doors: Sequence[Door], sockets: Sockets, presences: Presences
) -> None:
    """A role, session or token that changed is looked at at once, not at the next round; so is who
    is where."""
    async for firm_id in feeds.access_changes():
        for door in doors:
            door.sessions.forget_all_of(firm_id)
        try:
            presences.look_again(firm_id)
            await sockets.look_again(firm_id)
        except Exception:
            log.exception("those who listen could not be looked at", firm_id=str(firm_id))
