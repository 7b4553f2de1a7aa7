"""`openpractice ledger`: whether the books are whole."""

import asyncio
import sys

import typer

from models.ledger.verification import verify_all
from server.cannot_start import CannotStart
from server.commands.options import Data
from server.connecting import visiting
from server.external import check_database
from server.settings import read_settings

app = typer.Typer(no_args_is_help=True, help="The ledger beneath invoices and payments.")


@app.callback()
def books() -> None:
    """The ledger beneath invoices and payments."""


@app.command()
def verify(folder: Data = None) -> None:
    """Recompute every firm's ledger from its rows, and fail when one of them is wrong."""
    with visiting(read_settings(data=folder), "ledger verify") as settings:
        asyncio.run(check_database(settings))
        verdict = asyncio.run(verify_all(settings.migrate_database_url))
    if verdict.findings:
        raise CannotStart(f"The ledger is not whole: {'; '.join(verdict.findings)}.")
    sys.stdout.write(f"{verdict}\n")
