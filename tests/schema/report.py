"""`make engine-report`: which operations of the test-suite graphql-core ran instead, and why.

It runs the tests, with the arguments given, and tells each by its name. The last line on standard
output is what met an engine in the test processes, as JSON; servers that a test starts as processes
of their own are not counted.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from schema import execution
from schema.engine import Engine
from server import running

_FOLDER = "ENGINE_REPORT"
_ASKED: Counter[str] = Counter()
_FELL_BACK: Counter[tuple[str, str]] = Counter()


class Reporting(Engine):
    """An engine that counts what it is asked, and by name what it leaves to graphql-core."""

    def __init__(self, fell_back: Any = lambda _name, _why: None, **more: Any) -> None:
        def told(name: str | None, why: str) -> None:
            _FELL_BACK[name or "(without a name)", why] += 1
            fell_back(name, why)

        super().__init__(told, **more)

    async def execute(self, *asked: Any, **more: Any) -> Any:
        _ASKED["operations"] += 1
        return await super().execute(*asked, **more)


def listen() -> None:
    """At the beginning of a test process, where somebody wants to know."""
    if os.environ.get(_FOLDER):
        for room in (running, execution):
            vars(room)["Engine"] = Reporting


def write_down() -> None:
    """At the end of a test process: what it counted."""
    folder = os.environ.get(_FOLDER)
    if folder:
        told = {"operations": _ASKED["operations"],
                "fell_back": [[*why, count] for why, count in _FELL_BACK.items()]}  # fmt: skip
        Path(folder, f"{os.getpid()}.json").write_text(json.dumps(told))


def main() -> int:
    """Run the tests and tell; the exit code is theirs."""
    with TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pytest", *sys.argv[1:]]
        ended = subprocess.run(command, env={**os.environ, _FOLDER: folder}, check=False)
        told = [json.loads(path.read_text()) for path in Path(folder).iterdir()]
    named: Counter[tuple[str, str]] = Counter()
    reasons: Counter[str] = Counter()
    for name, why, count in (fallen for one in told for fallen in one["fell_back"]):
        named[name, why] += count
        reasons[why] += count
    for (name, why), count in named.most_common():
        sys.stdout.write(f"{count:>8,}  {name}: {why}\n")
    operations = sum(one["operations"] for one in told)
    sys.stdout.write(json.dumps({"operations": operations, "fell_back": reasons}) + "\n")
    return ended.returncode


if __name__ == "__main__":
    sys.exit(main())
