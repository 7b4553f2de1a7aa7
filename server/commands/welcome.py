"""What a person reads when everything runs: where to go, and who can sign in."""

from collections.abc import Sequence

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
        console.print("  All of them: openpractice people")
    console.print("  Ctrl-C stops everything.\n")


def _table(people: Sequence[dict[str, str]]) -> Table:
    table = Table("Firm", "Who", "Role", "E-mail", "Password", box=None, padding=(0, 2))
    shown: dict[str, int] = {}
    for person in people:
        firm = person["firm"]
        shown[firm] = shown.get(firm, 0) + 1
        if shown[firm] <= _SHOWN_PER_FIRM:
            first = firm if shown[firm] == 1 else ""
            table.add_row(
                first, person["name"], person["role"], person["email"], person["password"]
            )
    return table
