"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

Data = Annotated[
    Path | None,
    typer.Option("--data", help="The folder of the embedded servers. [default: .data]"),
]
As = Annotated[
    str,
    typer.Option("--as", metavar="EMAIL", help="The member on whose behalf it is done."),
]
InFirm = Annotated[
    str | None,
    typer.Option(
        "--firm", metavar="NAME", help="Which firm, by name or id, where --as has several."
    ),
]
