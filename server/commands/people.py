"""Who can sign in, tokens for scripts, and the demo firms."""

import json
import sys
from typing import Annotated

import typer

from models.permissions import Permission
from server.commands.options import As, Data, InFirm
from server.commands.practice import in_practice, speaking_for
from server.progress import bar
from server.sending import send


def people(folder: Data = None) -> None:
    """Print the demo firms' logins as JSON."""
    from resolvers import demo

    found = in_practice("people", demo.people, folder)
    sys.stdout.write(json.dumps(found, indent=2, ensure_ascii=False) + "\n")


def token(
    name: Annotated[str, typer.Argument(help="What the token is for.")],
    email: As,
    scope: Annotated[
        list[Permission] | None,
        typer.Option(
            help="A permission it carries; several times for several. Without any it reads all"
            " but money."
        ),
    ] = None,
    firm: InFirm = None,
    folder: Data = None,
) -> None:
    """Print a new bearer token, alone on standard output."""
    from resolvers import api_tokens

    async def create() -> str:
        return await api_tokens.create_for(await speaking_for(email, firm), name, scope or [])

    sys.stdout.write(in_practice("token", create, folder) + "\n")


def demo(
    folder: Data = None,
    *,
    refresh: Annotated[
        bool, typer.Option("--refresh", help="Make them anew, dated relative to today.")
    ] = False,
) -> None:
    """Make the two demo firms where there are none."""
    from resolvers import demo as firms

    async def make() -> str:
        if not refresh and await firms.are_there():
            return "The demo firms are there; `openpractice demo --refresh` makes them anew.\n"
        with bar("Making the demo firms") as advance:
            await (firms.refresh if refresh else firms.make)(advance, send=send)
        return ""

    sys.stdout.write(in_practice("demo", make, folder))
