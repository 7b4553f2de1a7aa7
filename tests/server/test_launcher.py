"""`openpractice run` as a real process: what it starts it stops, and a kill leaves nothing broken."""

import asyncio
import os
import re
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import psutil
import pytest

from server.embedded import Servers
from server.embedded.account import account_for
from server.embedded.claim import holder_of
from server.embedded.folder import Folder
from server.settings import CHECKOUT
from tests.server.launcher import COMMAND, gone, lives, refusal, running, say


@pytest.fixture(scope="module", autouse=True)
def no_process_is_left(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What these tests start is gone with them."""
    base = str(tmp_path_factory.getbasetemp())
    before = _processes_on(base)
    yield
    assert _processes_on(base) - before == set()


def _processes_on(folder: str) -> set[psutil.Process]:
    named = psutil.process_iter(["cmdline"])
    return {process for process in named if folder in " ".join(process.info["cmdline"] or [])}


async def test_ctrl_c_ends_well_and_leaves_no_child(tmp_path: Path) -> None:
    async with running(tmp_path / "practice") as launched:
        family = launched.family()
        assert {"postgres", "redis-server", "weed"} <= {process.name() for process in family}
        assert await lives(launched.address)

        assert await launched.end(signal.SIGINT) == 0

    assert await gone(family) == []
    assert not (tmp_path / "practice/postgres/postmaster.pid").exists()


async def test_two_server_processes_end_with_a_closed_terminal(begun: Path) -> None:
    async with running(begun, "--workers", "2") as launched:
        family = launched.family()
        assert await lives(launched.address)

        assert await launched.end(signal.SIGHUP) == 0

    assert await gone(family) == []


async def test_a_start_after_kill_9_heals_what_was_left(begun: Path) -> None:
    async with running(begun, "--workers", "2") as launched:
        left = launched.family()
        await launched.end(signal.SIGKILL)
        names = ("postgres", "redis-server", "weed")
        servers = [process for process in left if process.name() in names]
        assert any(process.is_running() for process in servers)
    port = launched.address.rpartition(":")[2]

    async with running(begun, "--workers", "2", "--port", port) as again:
        assert await gone(left) == []
        assert await lives(again.address)


async def test_a_postmaster_killed_beside_its_launcher_is_replaced(begun: Path) -> None:
    async with running(begun) as launched:
        left = launched.family()
        for process in left:
            process.kill()
        await launched.end(signal.SIGKILL)

    async with running(begun) as again:
        assert await lives(again.address)


@pytest.mark.parametrize("workers", ["1", "3"])
async def test_the_end_of_postgresql_is_the_end_of_all_and_is_told(
    begun: Path, workers: str
) -> None:
    async with running(begun, "--workers", workers) as launched:
        family = launched.family()
        postmaster = int((begun / "postgres/postmaster.pid").read_text().splitlines()[0])

        psutil.Process(postmaster).kill()
        _, complaint = await asyncio.wait_for(launched.process.communicate(), 15)

    assert launched.process.returncode == 1
    assert b"Traceback" not in complaint, complaint.decode()
    # Which of its words were the last is PostgreSQL's own affair.
    assert re.fullmatch(
        r"openpractice: PostgreSQL has ended \(SIGKILL\), and nothing goes on without it; its last"
        rf" words: \w.+ \(more in {re.escape(str(begun))}/postgres\.log\)",
        complaint.decode().splitlines()[-1],
    )
    assert await gone(family) == []


async def test_a_first_start_that_was_cut_off_is_made_again(begun: Path) -> None:
    assert not (begun / "first-start").exists()
    # As it stands after a kill in the middle of initdb, before the first start came to its end.
    (begun / "first-start").touch()
    (begun / "postgres").rename(begun / "postgres.unfinished")

    async with running(begun) as launched:
        assert await lives(launched.address)
        assert not (begun / "postgres.unfinished").exists()


async def test_a_demo_that_was_cut_off_is_forgotten_with_its_database(begun: Path) -> None:
    async with running(begun):
        await _as_owner(begun, "create table half_made ()")
    (begun / "first-start").touch()

    async with running(begun):
        assert await _as_owner(begun, "select to_regclass('half_made')") is None


async def _as_owner(folder: Path, sql: str) -> object:
    holder = holder_of(Folder(folder))
    assert holder is not None
    servers = Servers(Folder(folder), holder.database_port, 0)
    connection = await asyncpg.connect(servers.migrate_database_url)
    try:
        return await connection.fetchval(sql)
    finally:
        await connection.close()


async def test_a_second_run_on_one_folder_says_who_holds_it_while_commands_are_let_in(
    begun: Path,
) -> None:
    folder = str(begun)
    async with running(begun) as launched:
        sentence = await refusal("run", "--port", "0", "--data", folder)
        assert sentence == (
            f"Another OpenPractice (process {launched.process.pid}, {launched.address}) is using "
            f"{folder}: stop it, or choose another folder with --data."
        )
        assert await say("migrate", "--check", "--data", folder) == (0, "", "")

    # And without a `run` the command starts what it needs, and stops it.
    assert await say("migrate", "--check", "--data", folder) == (0, "", "")
    assert not (begun / "postgres/postmaster.pid").exists()


async def test_a_busy_port_is_told_before_anything_is_started(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        sentence = await refusal("run", "--port", port, "--data", str(tmp_path / "practice"))

    assert sentence == (
        f"Port {port} on 127.0.0.1 is already in use: "
        "stop what is using it, or choose another with --port."
    )
    assert not (tmp_path / "practice/postgres").exists()


async def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o555)
    ordinary = account_for(closed)
    before = ordinary.command([], reaching=[Path(COMMAND[0]), CHECKOUT / "server", closed])

    sentence = await refusal(
        "run", "--port", "0", "--data", str(closed / "practice"), before=tuple(before)
    )

    assert sentence == (
        f"The data folder {closed}/practice cannot be used (permission denied): "
        "choose another folder with --data."
    )


async def test_a_file_in_the_folders_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "practice").touch()

    sentence = await refusal("run", "--port", "0", "--data", str(tmp_path / "practice"))

    assert sentence == f"{tmp_path}/practice is not a folder: choose another folder with --data."


async def test_a_folder_full_of_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.odt").touch()

    sentence = await refusal("run", "--port", "0", "--data", str(tmp_path))

    assert "is neither empty nor a folder that OpenPractice has made" in sentence
    assert os.listdir(tmp_path) == ["thesis.odt"]


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ("postgres/PG_VERSION", "is not what PostgreSQL left there (no PG_VERSION)"),
        ("postgres/global/pg_control", "could not find the database system Expected to find it in"),
        ("postgres/base", "PostgreSQL cannot work with"),
        ("passwords.json", "passwords.json is missing, and without it nobody can sign in"),
    ],
)
async def test_a_broken_folder_is_told_and_left_as_it_is(
    tmp_path: Path, begun: Path, damage: str, told: str
) -> None:
    (begun / damage).rename(tmp_path / "kept")

    assert told in await refusal("run", "--port", "0", "--data", str(begun))


async def test_a_folder_of_an_older_postgresql_is_told(begun: Path) -> None:
    (begun / "postgres/PG_VERSION").write_text("16\n")

    sentence = await refusal("run", "--port", "0", "--data", str(begun))

    assert "was written by PostgreSQL 16, this is 18" in sentence


async def test_a_command_on_a_folder_where_nothing_was_started_says_how_to(tmp_path: Path) -> None:
    sentence = await refusal("people", "--data", str(tmp_path / "nowhere"))

    assert sentence == (
        f"There is nothing in {tmp_path}/nowhere yet: "
        f"start it with `openpractice run --data {tmp_path}/nowhere`."
    )


async def test_a_setting_that_makes_no_sense_is_told() -> None:
    sentence = await refusal("run", OPENPRACTICE_PORT="eighty")

    assert "The setting" in sentence
    assert "port" in sentence.lower()
