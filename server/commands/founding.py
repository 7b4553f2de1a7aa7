"""A firm of one's own: what a server that was started empty needs first."""

import sys
from typing import Annotated

import typer

from server.commands.options import Data
from server.commands.practice import in_practice


def found(
    name: Annotated[str, typer.Argument(help="What the firm is called.")],
    *,
    owner: Annotated[str, typer.Option(help="The owner's full name.")],
    email: Annotated[str, typer.Option(help="The address the owner signs in with.")],
    password: Annotated[
        str,
        typer.Option(
            prompt="Password of the owner", confirmation_prompt=True, hide_input=True,
            envvar="OPENPRACTICE_OWNER_PASSWORD", help="12 to 128 characters; asked for.",
        ),
    ],
    country: Annotated[str, typer.Option(help="ISO 3166 code, such as GB.")],
    currency: Annotated[str, typer.Option(help="ISO 4217 code, such as GBP.")],
    time_zone: Annotated[str, typer.Option(help="IANA name, such as Europe/London.")],
    locale: Annotated[str, typer.Option(help="How dates and numbers are written.")] = "en-GB",
    folder: Data = None,
) -> None:  # fmt: skip
    """Found a firm, with an owner who can sign in and take others on."""
    from resolvers import firms

    in_practice(
        "found",
        lambda: firms.found(
            name=name, country=country, currency=currency, locale=locale, time_zone=time_zone,
            owner=owner, email=email, password=password,
        ),
        folder,
    )  # fmt: skip
    sys.stdout.write(f"{name} is founded. {owner} can sign in as {email}.\n")
