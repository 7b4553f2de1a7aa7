"""`openpractice worker`: the background work alone, in a process of its own."""

import asyncio
import signal

from server.cannot_start import CannotStart
from server.external import check_bus, check_database, check_files, check_scanner
from server.logs import configure_logs
from server.progress import console
from server.settings import Settings, read_settings


def worker() -> None:
    """Do the background work of the servers at DATABASE_URL until Ctrl-C or SIGTERM."""
    settings = read_settings()
    configure_logs(settings)
    if settings.brings_own_database:
        raise CannotStart(
            "DATABASE_URL is not set: `openpractice run` does the work of the servers it starts."
        )
    asyncio.run(_work(settings))


async def _work(settings: Settings) -> None:
    from server.app import at_work

    await check_bus(settings)
    check_scanner(settings)
    await check_files(settings)
    await check_database(settings)
    asked_to_stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(each, asked_to_stop.set)
    async with at_work(settings):
        console.print("At work.")
        await asked_to_stop.wait()
        console.print("Finishing what is begun …")
