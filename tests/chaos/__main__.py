"""`make chaos`: people work and watch while servers, lines and databases fail under them.

The last line on standard output is what came of it, as JSON; the exit code is 1 when anything was
lost, came twice or in disorder, or somebody stayed behind. The same seed gives the same plan.
"""

import json
import logging
import random
import shutil
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
import uvloop

from server.stopping import Stopped, or_stopped
from tests.chaos.run import chaos

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def main(
    seconds: Annotated[float, typer.Option(min=5, help="How long things fail.")] = 120,
    seed: Annotated[int | None, typer.Option(help="Whose plan; a new one unless said.")] = None,
) -> None:
    """Let everything fail for a while, and judge what came of it."""
    seed = random.SystemRandom().randrange(1_000_000) if seed is None else seed
    _say(f"seed {seed}, {seconds:g} seconds")
    # What it says about a database that is away is what this is about.
    logging.getLogger("asyncpg").setLevel(logging.CRITICAL)
    folder = Path(tempfile.mkdtemp(prefix="openpractice-chaos-"))
    try:
        counts, wrong = uvloop.run(or_stopped(chaos(folder, seed, seconds, _say)))
    except Stopped:
        shutil.rmtree(folder, ignore_errors=True)
        raise typer.Exit(1) from None
    for sentence in wrong:
        _say(sentence[:2000])
    well = counts.clean and not wrong
    if well:
        shutil.rmtree(folder, ignore_errors=True)
    else:
        _say(f"seed {seed}; the logs are in {folder}")
    sys.stdout.write(json.dumps(asdict(counts)) + "\n")
    raise typer.Exit(not well)


def _say(what: str) -> None:
    sys.stderr.write(what + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    app()
