"""What a person reads when everything runs: where to go, and who can sign in."""

import sys
from collections.abc import Sequence
from itertools import groupby, islice
from operator import itemgetter

from rich.console import Console
from rich.table import Table

_SHOWN_PER_FIRM = 4


def welcome(address: str, people: Sequence[dict[str, str]]) -> None:
    """Print the addresses and a few people of each demo firm."""
    console = Console(highlight=False)
    console.print(f"\n[bold green]OpenPractice is running[/] at [bold]{address}[/]\n")
    console.print(f"  Board     {address}/board")
    console.print(f"  GraphiQL  {address}/graphql\n")
    if people:
        console.print(_table(people))
        passwords = ", ".join(dict.fromkeys(person["password"] for person in people))
        console.print(f"\n  Password of all: [bold]{passwords}[/]   (more: {sys.argv[0]} people)")
    console.print("  Ctrl-C stops everything.\n", soft_wrap=True)


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
