"""The GraphQL contracts as text: printed, or compared with the files that are checked in."""

import sys
from typing import Annotated

import typer

from server.cannot_start import CannotStart
from server.settings import CHECKOUT


def export_schema(
    *,
    portal: Annotated[bool, typer.Option("--portal", help="The clients' schema.")] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Compare both with the files that are checked in.")
    ] = False,
) -> None:
    """Print the staff schema in GraphQL's schema language."""
    if check:
        _compare("schema/schema.graphql", _sdl(portal=False), "")
        _compare("portal/schema.graphql", _sdl(portal=True), " --portal")
        return
    sys.stdout.write(_sdl(portal=portal))


def _sdl(*, portal: bool) -> str:
    from portal.schema import portal_schema
    from schema.staff import staff_schema

    schema = portal_schema() if portal else staff_schema()
    return schema.as_str().rstrip() + "\n"


def _compare(name: str, now: str, option: str) -> None:
    file = CHECKOUT / name
    kept = file.read_text() if file.exists() else ""
    if kept != now:
        raise CannotStart(
            f"{name} is not what the code says: "
            f"`openpractice export-schema{option} > {name}`, and look at the difference."
        )
