"""`openpractice`: the one command, and what it says when it cannot go on."""

import sys

import typer

from server.cannot_start import CannotStart
from server.commands import (
    contract,
    database,
    forgetting,
    founding,
    imports,
    ledger,
    people,
    restoring,
    running,
    working,
)
from server.garbage import collect_from_here_on
from server.logs import log_beside_the_answer
from server.stopping import Stopped, stoppable

app = typer.Typer(
    name="openpractice",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="The operational backbone of a professional firm.",
)
app.command()(running.run)
app.command()(working.worker)
app.command()(founding.found)
app.command()(people.people)
app.command()(people.token)
app.command()(people.demo)
app.command()(database.migrate)
app.command()(restoring.restored)
app.command()(forgetting.forget)
app.command()(contract.export_schema)
app.add_typer(imports.app, name="import")
app.add_typer(ledger.app, name="ledger")


def main() -> None:
    """Run a command. A reason that a person can mend is one sentence and exit code 1."""
    collect_from_here_on()
    log_beside_the_answer()
    try:
        with stoppable():
            app()
    except CannotStart as reason:
        sys.stderr.write(f"openpractice: {reason}\n")
        sys.exit(1)
    except Stopped:
        sys.exit(130)


if __name__ == "__main__":
    main()
