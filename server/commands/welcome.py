"""What a person reads when everything runs: where to go, and who can sign in."""

import shlex
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from operator import itemgetter

from rich.markup import escape
from rich.table import Table

from server.progress import console_on
from server.settings import Settings

_SHOWN_PER_FIRM = 4


@dataclass(frozen=True)
class Arrival:
    """What there is to enter: whether any firm, and the people of the demo firms."""

    founded: bool
    people: Sequence[dict[str, str]]
    contacts: Sequence[dict[str, str]] = ()
    """Of the demo firms' clients: who may look into the portal."""


def welcome(address: str, settings: Settings, arrival: Arrival) -> None:
    """Print the addresses, and a few people of each demo firm, or how a firm begins."""
    console = console_on(stderr=False)
    console.print(f"\n[bold green]OpenPractice is running[/] at [bold]{address}[/]\n")
    console.print(f"  Board     {address}/board")
    if settings.environment == "development":
        console.print(f"  GraphiQL  {address}/graphql")
    console.print()
    if arrival.people:
        console.print(_table(arrival.people))
        passwords = ", ".join(dict.fromkeys(person["password"] for person in arrival.people))
        more = escape(_command("people", settings))
        console.print(f"\n  Password of all: [bold]{passwords}[/]   (more: {more})")
        if arrival.contacts and settings.environment == "development":
            console.print(
                f"\n  The clients' portal is at {address}/portal: sign in as"
                f" [bold]{arrival.contacts[0]['email']}[/];\n  the letter with the link comes to"
                f" {address}/dev/mail"
            )
    elif not arrival.founded:
        found = escape(_command("found", settings))
        console.print(
            "  There is no firm here yet, so nobody can sign in. Found one, with an owner:"
        )
        console.print(f"  {found} …   (--help says what it takes)")
    console.print("  Ctrl-C stops everything.\n")


def _command(name: str, settings: Settings) -> str:
    """How the command is typed that meets these very servers."""
    typed = [sys.argv[0], name]
    if settings.brings_own_database and "data" in settings.model_fields_set:
        typed += ["--data", str(settings.data)]
    return shlex.join(typed)


def _table(people: Sequence[dict[str, str]]) -> Table:
    """Addresses are there to be copied: a narrow terminal wraps them rather than cut them off."""
    table = Table(box=None, padding=(0, 2), show_header=False)
    for name in ("who", "role", "e-mail"):
        table.add_column(name, overflow="fold")
    for firm, members in groupby(people, itemgetter("firm")):
        table.add_row(f"[bold]{firm}[/]")
        for person in islice(members, _SHOWN_PER_FIRM):
            table.add_row(person["name"], person["role"], person["email"])
    return table
