"""`make engine-fuzz`: thousands of random operations by the engine and by graphql-core.

The last line on standard output is how many there were, as JSON.
"""

import json
import os
import sys
from pathlib import Path

import pytest

from tests.schema.counts import COUNTS


def main() -> int:
    """Ask; the exit code is that of the tests."""
    os.environ["EXAMPLES"] = sys.argv[1]
    code = pytest.main(["-q", "--timeout=0", str(Path(__file__).with_name("test_same_answers.py"))])
    sys.stdout.write(json.dumps(COUNTS) + "\n")
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
