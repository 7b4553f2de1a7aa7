"""What a server said last is quoted whole, and without what only a log needs."""

from pathlib import Path

import pytest

from server.embedded.children import last_words

STARTED = "2026-11-25 22:17:17.284 UTC [1101] LOG:  database system is ready\n"
REFUSED = (
    '2026-11-25 22:17:18.101 UTC [1101] FATAL:  lock file "postmaster.pid" already exists\n'
    "2026-11-25 22:17:18.101 UTC [1101] HINT:  Is another postmaster (PID 7) running?\n"
)
LOST = (
    "postgres: could not find the database system\n"
    'Expected to find it in the directory "/p",\n'
    'but could not open file "/p/global/pg_control": No such file or directory\n'
)
FULL = (
    "creating configuration files ... ok\n"
    "running bootstrap script ... 2026-11-25 22:17:18.101 UTC [9] FATAL:  could not write to file:\n"
    "\tNo space left on device\n"
    "child process exited with exit code 1\n"
)
UNREADABLE = "initdb: error: could not access directory: Permission denied\ninitdb: hint: no\n"
TAKEN = "7:M 25 Nov 2026 22:17:18.101 # Could not create server TCP listening socket: in use\n"
SETTLED = (
    "I1126 13:43:50.319519 worker.go:110 Loaded the worker's id\n"
    "I1126 13:43:50.319548 filer.go:181 LockRing: applying an update\n"
)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (STARTED, "database system is ready"),
        (STARTED + REFUSED, 'lock file "postmaster.pid" already exists'),
        (
            LOST,
            (
                "postgres: could not find the database system Expected to find it in the directory"
                ' "/p", but could not open file "/p/global/pg_control": No such file or directory'
            ),
        ),
        (UNREADABLE, "could not access directory: Permission denied"),
        (TAKEN, "Could not create server TCP listening socket: in use"),
        (SETTLED, "LockRing: applying an update"),
        ("", "it said nothing"),
    ],
)
def test_the_sentence_is_whole_and_bare(tmp_path: Path, said: str, told: str) -> None:
    log = tmp_path / "postgres.log"
    log.write_text("2026-11-24 08:00:00.000 UTC [1] FATAL:  long ago\n")
    since = log.stat().st_size
    with log.open("a") as file:
        file.write(said)

    assert last_words(log, since, marks=("FATAL:", "error:")) == told


def test_a_sentence_may_begin_in_the_middle_of_a_line(tmp_path: Path) -> None:
    log = tmp_path / "postgres.log"
    log.write_text(FULL)

    assert last_words(log, 0, marks=("FATAL:",)).startswith(
        "could not write to file: No space left on device"
    )
