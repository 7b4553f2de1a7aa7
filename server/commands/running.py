"""`openpractice run`: everything that is needed, started; everything that was started, stopped."""

import asyncio
from contextlib import suppress
from typing import Annotated

import asyncpg
import typer

from server.commands.options import Data
from server.commands.practice import practice
from server.commands.welcome import Arrival, welcome
from server.connecting import Host, hosting
from server.embedded.logins import forget_database
from server.external import (
    check_bus,
    check_database,
    check_files,
    check_scanner,
    migrate_database,
)
from server.logs import configure_logs
from server.progress import bar, console, step
from server.sending import send
from server.serving import listen, serve
from server.settings import Settings, read_settings
from server.stopping import Stopped


def run(
    port: Annotated[
        int | None, typer.Option(help="The port to listen on; 0 picks one. [default: 8000]")
    ] = None,
    folder: Data = None,
    workers: Annotated[int | None, typer.Option(help="Server processes. [default: 1]")] = None,
    host: Annotated[
        str | None, typer.Option(help="The address to listen on. [default: 127.0.0.1]")
    ] = None,
    *,
    empty: Annotated[bool, typer.Option("--empty", help="Make no demo firms.")] = False,
) -> None:
    """Start OpenPractice and serve until Ctrl-C."""
    settings = read_settings(port=port, data=folder, workers=workers, host=host)
    configure_logs(settings)
    with (
        hosting(settings) as held,
        listen(settings, patiently=held.after_a_kill) as listener,
        held.started() as reached,
    ):
        arrival = asyncio.run(_prepare(reached, held, empty=empty))
        address = f"http://{_name_of(settings.host)}:{listener.getsockname()[1]}"

        def ready() -> None:
            held.ready(address)
            welcome(address, settings, arrival)

        # To be stopped is how a server's work ends well; before this line it is a failure.
        with held.files_watched(), suppress(Stopped):
            serve(reached.with_(public_url=settings.public_url or address), listener, ready)
        console.print("Stopping …")


async def _prepare(settings: Settings, held: Host, *, empty: bool) -> Arrival:
    """Migrate, and furnish a database that has no firm yet; returns whom one meets there."""
    await check_bus(settings)
    check_scanner(settings)
    if held.files is None:
        await check_files(settings)
    if held.servers is not None and held.first_start and held.settings.brings_own_database:
        await forget_database(held.servers.superuser_url)
    await check_database(settings)
    with step("Bringing the database up to date"):
        await migrate_database(settings)
        held.wait_for_files()
    async with practice(settings):
        from resolvers import demo

        founded = await _has_firms(settings)
        if not empty and not founded:
            with bar("Making the demo firms") as advance:
                await demo.make(advance, send=send)
        held.first_start_is_over()
        return Arrival(founded=founded or not empty, people=await demo.people(),
                       contacts=await demo.contacts())  # fmt: skip


async def _has_firms(settings: Settings) -> bool:
    connection = await asyncpg.connect(settings.migrate_database_url)
    try:
        return bool(await connection.fetchval("select exists (select from firm)"))
    finally:
        await connection.close()


def _name_of(host: str) -> str:
    """What to type into a browser on this machine."""
    everywhere_or_here = ("127.0.0.1", "0.0.0.0", "::", "::1")  # noqa: S104 - compared, not bound
    return "localhost" if host in everywhere_or_here else host
