"""What some tests need and not every machine has; a skip is said loudly, or is a failure."""

import os
import shutil
from dataclasses import dataclass
from typing import Any

import pytest

from server.embedded.binaries import redis_program, s3_program

# The shell has no browser's own windows to paint, which take as long as the pages.
_BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome",
             "google-chrome-stable")  # fmt: skip
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--renderer-process-limit=1",  # one for each person's window, not for each page they open
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
]


@dataclass(frozen=True)
class Equipment:
    """A marker, the variable that forbids to skip it, and the sentence when it is missing."""

    marker: str
    requirement: str
    missing: str

    def there(self) -> bool:
        return bool(_FOUND_BY[self.marker]())


BROWSER = Equipment("browser", "REQUIRE_BROWSER", "no Chromium was found (apt install chromium)")
REDIS = Equipment("redis", "REQUIRE_REDIS", "no Redis comes with this platform")
FILES = Equipment("files", "REQUIRE_FILES", "no S3 server comes with this platform")
ALL = (BROWSER, REDIS, FILES)


def chromium() -> str | None:
    """The path of an installed Chromium; CHROMIUM names another one."""
    named = os.environ.get("CHROMIUM")
    return named or next((path for name in _BROWSERS if (path := shutil.which(name))), None)


_FOUND_BY = {"browser": chromium, "redis": redis_program, "files": s3_program}


def skip_or_refuse(items: list[pytest.Item]) -> None:
    for equipment in ALL:
        marked = [item for item in items if item.get_closest_marker(equipment.marker)]
        if equipment.there() or not marked:
            continue
        if os.environ.get(equipment.requirement) == "1":
            raise pytest.UsageError(f"{equipment.requirement}=1, but {equipment.missing}.")
        for item in marked:
            item.add_marker(pytest.mark.skip(reason=equipment.missing))


def say_what_was_skipped(reporter: Any) -> None:
    """One loud line for each kind of test that this machine could not run."""
    skipped = reporter.stats.get("skipped", [])
    for equipment in ALL:
        count = sum(equipment.missing in str(report.longrepr) for report in skipped)
        if count:
            reporter.section(f"NOT RUN: {count} {equipment.marker} tests", sep="!", red=True)
            reporter.line(f"{equipment.missing}. {equipment.requirement}=1 makes this a failure.")
