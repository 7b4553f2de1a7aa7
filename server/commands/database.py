"""Migrations, by hand or as a check."""

import asyncio
import sys
from typing import Annotated

import typer

from models.migrations import pending
from server.cannot_start import CannotStart
from server.commands.options import Data
from server.connecting import visiting
from server.external import check_database, migrate_database
from server.settings import read_settings


def migrate(
    folder: Data = None,
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; fail when something is pending.")
    ] = False,
) -> None:
    """Bring the database up to date."""
    with visiting(read_settings(data=folder), "migrate") as settings:
        asyncio.run(check_database(settings))
        if check:
            waiting = asyncio.run(pending(settings.migrate_database_url))
            if waiting:
                raise CannotStart(f"The database has not seen {', '.join(waiting)} yet.")
            return
        for name in asyncio.run(migrate_database(settings)):
            sys.stdout.write(f"applied {name}\n")
