"""`make engine-report`: which operations of the test-suite graphql-core ran instead, and why.

It runs the tests, with the arguments given. The last line on standard output is what was counted in
the test processes, as JSON; servers that a test starts as processes of their own are not.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from prometheus_client import Counter as Metric

from server.metrics import FELL_BACK, OPERATIONS

_FOLDER = "ENGINE_REPORT"


def write_down() -> None:
    """At the end of a test process: what it counted, where somebody wants to know."""
    folder = os.environ.get(_FOLDER)
    if folder:
        told = {"operations": sum(_counts(OPERATIONS).values()), "fell_back": _counts(FELL_BACK)}
        Path(folder, f"{os.getpid()}.json").write_text(json.dumps(told))


def _counts(metric: Metric) -> dict[str, int]:
    return {
        " ".join(sample.labels.values()): int(sample.value)
        for family in metric.collect()
        for sample in family.samples
        if sample.name.endswith("_total")
    }


def main() -> int:
    """Run the tests and tell; the exit code is theirs."""
    with TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pytest", *sys.argv[1:]]
        ended = subprocess.run(command, env={**os.environ, _FOLDER: folder}, check=False)
        told = [json.loads(path.read_text()) for path in Path(folder).iterdir()]
    fell_back: Counter[str] = Counter()
    for one in told:
        fell_back.update(one["fell_back"])
    operations = sum(one["operations"] for one in told)
    for why, count in fell_back.most_common():
        sys.stdout.write(f"{count:>8,}  {why}\n")
    sys.stdout.write(json.dumps({"operations": operations, "fell_back": dict(fell_back)}) + "\n")
    return ended.returncode


if __name__ == "__main__":
    sys.exit(main())
