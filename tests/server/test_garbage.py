"""When a process of ours looks for garbage."""

import subprocess
import sys

_TOLD = """
import gc, server.cli
before = gc.isenabled()
from server.garbage import collect_from_here_on
collect_from_here_on()
print(before, gc.isenabled(), gc.get_freeze_count() > 10_000)
"""


def test_it_does_once_all_is_imported_and_never_among_that() -> None:
    told = subprocess.run([sys.executable, "-c", _TOLD], capture_output=True, text=True, check=True)

    assert told.stdout == "False True True\n"
