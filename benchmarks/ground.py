"""What every benchmark stands on: servers of its own, and an end that is told in one sentence."""

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks.load import WrongAnswer
from server.cannot_start import CannotStart
from server.embedded import Servers, embedded
from server.embedded.claim import claimed
from server.embedded.folder import Folder
from server.progress import step
from server.stopping import Stopped, stoppable


@contextmanager
def servers(*, durable: bool = False) -> Iterator[Servers]:
    """PostgreSQL and Redis in a folder that is gone afterwards; where it is `durable`, what is
    committed is on the disk until then."""
    folder = Folder.at(Path(tempfile.mkdtemp(prefix="openpractice-bench-")))
    try:
        with claimed(folder, "bench"), ExitStack() as running:
            with step("Starting PostgreSQL"):
                servers = running.enter_context(embedded(folder, durable=durable))
            yield servers
    finally:
        shutil.rmtree(folder.path)


def run(name: str, app: Callable[[], object]) -> None:
    """Run the benchmark's command; what cannot be measured is one sentence and exit code 1."""
    try:
        with stoppable():
            app()
    except (CannotStart, WrongAnswer) as reason:
        sys.stderr.write(f"{name}: {reason}\n")
        sys.exit(1)
    except Stopped:
        sys.exit(130)
